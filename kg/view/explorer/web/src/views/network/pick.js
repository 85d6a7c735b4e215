// Which node or edge lies at a point: a grid over the nodes, and the edges in turn.
import { course, sizeOf } from "./painter.js";

const CELLS = 128;

export class Grid {
  constructor(scene) {
    this.scene = scene;
    this.version = -1;
  }

  /** The shown node nearest to a point of the screen, where the point is on it or nearly so; else -1. */
  node(camera, x, y, slack = 4) {
    this.#build();
    const reach = slack + 16 * camera.growth;
    let [best, nearest] = [-1, Infinity];
    for (const node of this.#within(camera.worldX(x - reach), camera.worldY(y - reach), camera.worldX(x + reach), camera.worldY(y + reach))) {
      const away = Math.hypot(camera.x(this.scene.x[node]) - x, camera.y(this.scene.y[node]) - y) - sizeOf(this.scene, camera, node);
      if (away < nearest) [best, nearest] = [node, away];
    }
    return nearest <= slack ? best : -1;
  }

  /** The shown node nearest to another in a direction of the screen, or -1. */
  beside(camera, from, dx, dy) {
    let [best, nearest] = [-1, Infinity];
    const [x0, y0] = from < 0 ? [camera.worldX(camera.width / 2), camera.worldY(camera.height / 2)] : [this.scene.x[from], this.scene.y[from]];
    for (let node = 0; node < this.scene.nodes.length; node += 1) {
      if (!this.scene.nodes[node] || node === from) continue;
      const [x, y] = [this.scene.x[node] - x0, this.scene.y[node] - y0];
      const ahead = x * dx + y * dy;
      const aside = Math.abs(x * dy - y * dx);
      if (ahead > 0 && aside <= ahead * 1.2 && ahead + 1.5 * aside < nearest) [best, nearest] = [node, ahead + 1.5 * aside];
    }
    return best;
  }

  #build() {
    if (this.version === this.scene.version) return;
    this.version = this.scene.version;
    const box = this.scene.box() ?? [0, 0, 1, 1];
    this.left = box[0];
    this.top = box[1];
    this.step = Math.max(box[2] - box[0], box[3] - box[1], 1e-6) / CELLS;
    this.cells = new Map();
    for (let node = 0; node < this.scene.nodes.length; node += 1) {
      if (!this.scene.nodes[node]) continue;
      const key = this.#at(this.scene.x[node], this.left) * (CELLS + 1) + this.#at(this.scene.y[node], this.top);
      if (this.cells.has(key)) this.cells.get(key).push(node); else this.cells.set(key, [node]);
    }
  }

  #at(value, from) { return Math.min(CELLS, Math.max(0, Math.floor((value - from) / this.step))); }

  #within(left, top, right, bottom) {
    const found = [];
    for (let i = this.#at(left, this.left); i <= this.#at(right, this.left); i += 1) {
      for (let j = this.#at(top, this.top); j <= this.#at(bottom, this.top); j += 1) found.push(...this.cells.get(i * (CELLS + 1) + j) ?? []);
    }
    return found;
  }
}

/** The shown edge nearest to a point of the screen, of some where there are any, no further than so many pixels; else -1. */
export function edgeAt(scene, camera, x, y, among = null, reach = 5) {
  const { source, target } = scene.network.edges;
  const picked = among?.length ? new Set(among) : null;
  const [wx, wy, slack] = [camera.worldX(x), camera.worldY(y), reach / camera.scale];
  let [best, nearest] = [-1, reach];
  for (let i = 0; i < source.length; i += 1) {
    if (!scene.edges[i] || (picked && !picked.has(i))) continue;
    const [a, b] = [source[i], target[i]];
    const room = slack + (scene.bend[i] ? Math.hypot(scene.x[a] - scene.x[b], scene.y[a] - scene.y[b]) * Math.abs(scene.bend[i]) : 0);
    if (wx < Math.min(scene.x[a], scene.x[b]) - room || wx > Math.max(scene.x[a], scene.x[b]) + room) continue;
    if (wy < Math.min(scene.y[a], scene.y[b]) - room || wy > Math.max(scene.y[a], scene.y[b]) + room) continue;
    const away = distance(course(scene, camera, i), x, y);
    if (away < nearest) [best, nearest] = [i, away];
  }
  return best;
}

function distance(way, x, y) {
  if (!way.bent) return toSegment(x, y, way.x1, way.y1, way.x2, way.y2);
  let nearest = Infinity;
  let [px, py] = [way.x1, way.y1];
  for (let i = 1; i <= 12; i += 1) {
    const t = i / 12;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
    const [qx, qy] = [a * way.x1 + b * way.cx + c * way.x2, a * way.y1 + b * way.cy + c * way.y2];
    nearest = Math.min(nearest, toSegment(x, y, px, py, qx, qy));
    [px, py] = [qx, qy];
  }
  return nearest;
}

function toSegment(x, y, x1, y1, x2, y2) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const part = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x1 - part * dx, y - y1 - part * dy);
}
