// Names beside nodes, the more important first, none upon another.
import { course } from "./painter.js";
import { relation } from "./words.js";

const CELL = 64;
const MOST_TRIES = 1_500;
const MOST_MARKS = 150;
const LONGEST = 34;
const LONGEST_WIDE = 17;
const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/** A name of a length that fits into a picture. */
function short(name) {
  const most = WIDE.test(name) ? LONGEST_WIDE : LONGEST;
  const letters = [...name.slice(0, 4 * most)];
  return letters.length > most ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : letters.join("");
}

/** Keeps boxes apart: a grid of cells that each know what lies in them. */
class Boxes {
  #cells = new Map();

  /** Take a place where it is free; whether it was. */
  take(left, top, right, bottom) {
    const cells = [];
    for (let i = Math.floor(left / CELL); i <= Math.floor(right / CELL); i += 1) {
      for (let j = Math.floor(top / CELL); j <= Math.floor(bottom / CELL); j += 1) {
        const key = i * 4_096 + j;
        for (const box of this.#cells.get(key) ?? []) {
          if (left < box[2] && right > box[0] && top < box[3] && bottom > box[1]) return false;
        }
        cells.push(key);
      }
    }
    const box = [left, top, right, bottom];
    for (const key of cells) if (this.#cells.has(key)) this.#cells.get(key).push(box); else this.#cells.set(key, [box]);
    return true;
  }
}

export class Labels {
  #names = new Map();
  #widths = new Map();

  constructor(app, scene) {
    this.app = app;
    this.scene = scene;
  }

  /** The names that fit, as {text, x, y, bold}: those that must be shown, then others by rank; none in what is covered. */
  place(context, camera, must, colours, most, covered) {
    const { scene } = this;
    const boxes = new Boxes();
    for (const box of covered) boxes.take(...box);
    const placed = [];
    const size = 12;
    // Whether the node is in sight at all.
    const add = (node, bold) => {
      const [x, y, radius] = [camera.x(scene.x[node]), camera.y(scene.y[node]), scene.radius[node] * camera.growth];
      if (x < 0 || y < 0 || x > camera.width || y > camera.height) return false;
      const text = this.#name(node);
      const width = this.#width(context, text, colours, bold);
      const spots = [[x + radius + 4, y], [x - radius - 4 - width, y], [x - width / 2, y - radius - size * 0.75], [x - width / 2, y + radius + size * 0.85]];
      for (const [left, middle] of spots) {
        if (left < 2 || left + width > camera.width - 2) continue;
        if (!boxes.take(left - 3, middle - size * 0.65, left + width + 3, middle + size * 0.65)) continue;
        placed.push({ text, x: left, y: middle, bold, node });
        break;
      }
      return true;
    };
    // Names keep off the larger marks; where there are few, off all.
    for (const node of scene.rank.subarray(0, MOST_MARKS)) {
      const [x, y, radius] = [camera.x(scene.x[node]), camera.y(scene.y[node]), scene.radius[node] * camera.growth];
      if (scene.nodes[node] && (radius > 5 || scene.count < MOST_MARKS) && x > 0 && y > 0 && x < camera.width && y < camera.height) boxes.take(x - radius, y - radius, x + radius, y + radius);
    }
    for (const node of must) add(node, true);
    const seen = new Set(must);
    let tries = 0;
    for (let i = 0; i < scene.rank.length && placed.length < most && tries < MOST_TRIES; i += 1) {
      const node = scene.rank[i];
      if (scene.nodes[node] && !seen.has(node) && add(node, false)) tries += 1;
    }
    return { placed, boxes };
  }

  /** The words of relations along their edges, where there is room for them. */
  relations(context, camera, edges, colours, boxes) {
    const placed = [];
    for (const edge of edges) {
      const way = course(this.scene, camera, edge);
      const text = short(relation(this.app, this.scene.network.edges.property[edge]));
      const width = this.#width(context, text, colours, false);
      if (Math.hypot(way.x2 - way.x1, way.y2 - way.y1) < width + 30) continue;
      const [x, y] = [(way.x1 + way.x2) / 4 + way.cx / 2 - width / 2, (way.y1 + way.y2) / 4 + way.cy / 2];
      if (boxes.take(x - 2, y - 7, x + width + 2, y + 7)) placed.push({ text, x, y, bold: false, soft: true });
    }
    return placed;
  }

  /** The font of a label. */
  font(colours, bold) { return `${bold ? "600 " : ""}12px ${colours.font}`; }

  #name(node) {
    if (!this.#names.has(node)) this.#names.set(node, short(this.app.label(this.scene.network.nodes.term[node])));
    return this.#names.get(node);
  }

  #width(context, text, colours, bold) {
    const key = bold ? `!${text}` : text;
    if (!this.#widths.has(key)) {
      context.font = this.font(colours, bold);
      this.#widths.set(key, context.measureText(text).width);
    }
    return this.#widths.get(key);
  }
}
