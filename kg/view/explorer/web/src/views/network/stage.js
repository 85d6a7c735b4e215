// The canvas: a bitmap of nodes and edges that is painted anew when there is time, and over it what is picked, and names.
import { h } from "../../core/dom.js";
import { Camera } from "./camera.js";
import { emphasise, ring } from "./emphasis.js";
import { Labels } from "./labels.js";
import { paint } from "./painter.js";
import { Grid, edgeAt } from "./pick.js";
import { readColours } from "./style.js";

const CHEAP = 11;
const SLICE = 20;
const REST = 110;
const LABEL_AREA = 11_000;
const MOST_LABELS = 110;

const same = (one, two) => one.scale === two.scale && one.left === two.left && one.top === two.top;

export class Stage {
  /** @param told {picture(drawn, total), inset() -> {left, right, top}, covered() -> boxes} */
  constructor(app, scene, told) {
    Object.assign(this, { app, scene, told });
    this.canvas = h("canvas", { class: "picture", tabindex: 0, role: "application", "aria-label": app.t("network.canvas"), "aria-describedby": "network-keys" });
    this.context = this.canvas.getContext("2d");
    this.camera = new Camera();
    this.grid = new Grid(scene);
    this.labels = new Labels(app, scene);
    this.layers = [0, 1].map(() => ({ canvas: document.createElement("canvas"), camera: null, version: -1 }));
    this.still = { canvas: document.createElement("canvas"), camera: null, taken: false };
    this.moved = 0;
    this.emphasis = { nodes: [], edges: [], words: false };
    this.marks = { selected: -1, hover: -1, hoverEdge: -1, cursor: -1 };
    this.cost = scene.network.size + scene.network.edges.source.length < 3_000 ? 0 : Infinity;
    this.waiting = 0;
    this.frames = 0;
    this.window = "";
    this.placed = null;
  }

  /** Follow the size of the element; what was fitted is fitted anew only when the window itself has changed. */
  resize() {
    const { clientWidth: width, clientHeight: height } = this.canvas.parentElement ?? { clientWidth: 0, clientHeight: 0 };
    if (width < 2 || height < 2) return false;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    if (width === this.camera.width && height === this.camera.height && ratio === this.ratio) return false;
    Object.assign(this.camera, { width, height });
    this.ratio = ratio;
    for (const canvas of [this.canvas, this.still.canvas, ...this.layers.map((layer) => layer.canvas)]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    for (const layer of [...this.layers, this.still]) layer.camera = null;
    this.work = null;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const size = `${window.innerWidth} ${window.innerHeight}`;
    if (size !== this.window && this.camera.fitted) this.fit(false);
    this.window = size;
    this.#ask(true);
    return true;
  }

  /** Read the colours of the theme and paint anew. */
  recolour() {
    this.colours = readColours(this.canvas);
    for (const layer of this.layers) layer.version = -1;
    this.work = null;
    this.redraw();
  }

  /** Show some nodes, or all that are shown, in full. */
  fit(smooth = true, nodes = null) {
    if (!this.camera.width) return;
    const box = this.scene.box(nodes);
    if (!box) return;
    const inset = this.told.inset();
    const whole = this.camera.toFit(this.scene.box(), this.closest(), inset);
    this.camera.base = whole.scale;
    this.camera.boost = Math.min(1.9, Math.max(1, (400 / Math.max(1, this.scene.count)) ** 0.25));
    this.camera.go(nodes ? this.camera.toFit(box, this.camera.base * 8, inset) : whole, !nodes, performance.now(), smooth && this.camera.scale !== 0.01);
    this.redraw();
  }

  /** A few nodes are not blown up to fill the picture. */
  closest() {
    const { x, y } = this.scene.network.nodes;
    const side = Math.max(...[x, y].map((values) => values.reduce((a, b) => Math.max(a, b), 0)), 1);
    return Math.max(this.camera.width, 1) / (side * 0.02);
  }

  /** Bring a node into sight: to the middle, closer where asked. */
  reveal(node, closer = false) {
    const [x, y] = [this.scene.x[node], this.scene.y[node]];
    const margin = 40;
    const { scale, left, top } = this.camera.travel?.to ?? this.camera;
    const [sx, sy] = [x * scale + left, y * scale + top];
    const seen = sx > margin && sy > margin && sx < this.camera.width - margin && sy < this.camera.height - margin;
    if (seen && !closer) return;
    this.camera.go(this.camera.toPoint(x, y, closer ? Math.max(scale, this.camera.base * 3) : scale), false);
    this.redraw();
  }

  /** Paint the names and marks anew, and the rest where it has changed. */
  redraw() {
    this.placed = null;
    this.#ask();
  }

  mark(changes) {
    Object.assign(this.marks, changes);
    this.redraw();
  }

  pan(dx, dy) {
    this.camera.pan(dx, dy);
    this.moved = performance.now();
    this.#ask();
  }

  zoom(factor, x, y) {
    this.camera.zoom(factor, x, y);
    this.moved = performance.now();
    this.redraw();
  }

  nodeAt(x, y) { return this.grid.node(this.camera, x, y); }

  edgeAt(x, y) { return edgeAt(this.scene, this.camera, x, y, this.emphasis.edges); }

  destroy() { cancelAnimationFrame(this.waiting); }

  #ask(now = false) {
    if (now) this.#frame(performance.now());
    else if (!this.waiting) this.waiting = requestAnimationFrame((time) => { this.waiting = 0; this.#frame(time); });
  }

  #frame(now) {
    if (!this.camera.width || !this.canvas.isConnected) return;
    this.colours ??= readColours(this.canvas);
    const moves = this.camera.step(now);
    if (moves) {
      this.placed = null;
      this.moved = now;
    }
    this.frames += 1;
    const rests = now - this.moved > REST;
    if (this.#stale() && (this.cost <= CHEAP || rests || !this.still.camera)) this.#paint(this.cost <= CHEAP ? Infinity : SLICE);
    const stale = this.#stale();
    if (!stale || !this.still.camera) this.#compose(this.dragging);
    else this.#shift();
    if (moves || stale) this.#ask();
  }

  #stale() {
    const [front] = this.layers;
    return !front.camera || front.version !== this.scene.version || !same(front.camera, this.camera);
  }

  /** Paint on for so many milliseconds; what is complete comes to the front. */
  #paint(most) {
    const [, back] = this.layers;
    const begun = performance.now();
    const context = back.canvas.getContext("2d", { willReadFrequently: true });
    if (!this.work || this.work.version !== this.scene.version || !same(this.work.camera, this.camera)) {
      context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
      context.globalAlpha = 1;
      context.clearRect(0, 0, this.camera.width, this.camera.height);
      const camera = Object.assign(new Camera(), this.camera, { travel: null });
      this.work = { camera, version: this.scene.version, steps: paint(context, this.scene, camera, this.colours), spent: 0 };
    }
    let step;
    do {
      step = this.work.steps.next();
      // To read a point makes the browser draw what it has put off, so that the time is known.
      if (most !== Infinity || step.done) context.getImageData(0, 0, 1, 1);
    } while (!step.done && performance.now() - begun < most);
    this.work.spent += performance.now() - begun;
    if (!step.done) return;
    Object.assign(back, { camera: this.work.camera, version: this.work.version });
    this.layers.reverse();
    this.cost = this.work.spent;
    this.work = null;
    this.told.picture(step.value.drawn, step.value.total);
  }

  /** Move the last complete picture, names and all, until there is time for another. */
  #shift() {
    const { context, camera, still } = this;
    if (!still.taken) {
      still.canvas.getContext("2d").drawImage(this.canvas, 0, 0);
      still.taken = true;
    }
    const ratio = camera.scale / still.camera.scale;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = this.colours.paper;
    context.fillRect(0, 0, camera.width, camera.height);
    context.drawImage(still.canvas, camera.left - still.camera.left * ratio, camera.top - still.camera.top * ratio, camera.width * ratio, camera.height * ratio);
  }

  #compose(moves) {
    const { context, camera, colours } = this;
    const [front] = this.layers;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, camera.width, camera.height);
    const dim = this.emphasis.nodes.length > 0;
    if (front.camera && front.camera.width === camera.width && front.camera.height === camera.height) {
      const ratio = camera.scale / front.camera.scale;
      context.globalAlpha = dim ? 0.2 : 1;
      context.drawImage(front.canvas, camera.left - front.camera.left * ratio, camera.top - front.camera.top * ratio, camera.width * ratio, camera.height * ratio);
      context.globalAlpha = 1;
    }
    emphasise(context, this.scene, camera, colours, this.emphasis, this.marks);
    this.#names(moves, dim);
    ring(context, this.scene, camera, colours, this.marks);
    if (this.layers[0].camera) Object.assign(this.still, { camera: camera.copy(), taken: false });
  }

  /** Names are placed anew when the scale changes or the hand rests; while it pans they move along. */
  #names(moves, dim) {
    const { context, camera, colours, scene } = this;
    if (!this.placed || this.placed.scale !== camera.scale || !moves) {
      const must = [this.marks.hover, this.marks.cursor, this.marks.selected, ...this.emphasis.nodes.slice(0, 80)].filter((node) => node >= 0 && scene.nodes[node]);
      const room = Math.min(MOST_LABELS, (camera.width * camera.height * camera.growth) / LABEL_AREA);
      const { placed, boxes } = this.labels.place(context, camera, [...new Set(must)], colours, dim ? 0 : room, this.told.covered());
      const words = this.emphasis.words ? this.labels.relations(context, camera, this.emphasis.edges, colours, boxes) : [];
      this.placed = { list: [...placed, ...words], scale: camera.scale, left: camera.left, top: camera.top };
    }
    const [dx, dy] = [camera.left - this.placed.left, camera.top - this.placed.top];
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = colours.paper;
    for (const { text, x, y, bold, soft } of this.placed.list) {
      context.font = this.labels.font(colours, bold);
      context.fillStyle = soft ? colours.soft : colours.ink;
      context.strokeText(text, x + dx, y + dy);
      context.fillText(text, x + dx, y + dy);
    }
  }
}
