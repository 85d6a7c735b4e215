// What is drawn: for each node its place, size, colour and shape, and which nodes and edges are shown.
import { COLOURS, OTHER, SHAPES } from "./style.js";

const SIZES = ["pagerank", "degree", "betweenness", "same"];
export const COLOURINGS = ["class", "community"];
const SMALLEST = 2.4;
const LARGEST = 13;
const MOST_BENT = 60_000;

export class Scene {
  constructor(network) {
    this.network = network;
    const { nodes } = network;
    this.kinds = byNumber(nodes.kind);
    const place = new Map(this.kinds.map(([kind], i) => [kind, i]));
    this.kindOf = Uint8Array.from(nodes.kind, (kind) => place.get(kind));
    this.shapeOf = this.kindOf.map((kind) => kind % SHAPES.length);
    this.colourOf = new Uint8Array(network.size);
    this.radius = new Float32Array(network.size);
    this.x = Float32Array.from(nodes.x);
    this.y = Float32Array.from(nodes.y);
    this.nodes = new Uint8Array(network.size).fill(1);
    this.edges = new Uint8Array(network.edges.source.length).fill(1);
    this.count = network.size;
    this.bend = bends(network);
    this.version = 0;
    this.setColour("class");
    this.setSize("pagerank");
  }

  /** The measures by which nodes can be sized. */
  get sizes() { return SIZES.filter((name) => name === "same" || name in this.network.nodes); }

  setColour(how) {
    if (this.colouring === how) return;
    this.colouring = how;
    this.#colour();
  }

  /** Kinds have colours of their own; of communities those that have most of what is shown. */
  #colour() {
    const { community } = this.network.nodes;
    if (this.colouring === "community") {
      const place = new Map(byNumber(community.filter((_each, node) => this.nodes[node])).map(([each], i) => [each, Math.min(i, OTHER)]));
      this.colourOf = Uint8Array.from(community, (each) => place.get(each) ?? OTHER);
    } else this.colourOf = this.kindOf.map((kind) => kind % COLOURS);
    this.#group();
  }

  setSize(how) {
    if (this.sizing === how) return;
    this.sizing = how;
    const values = this.network.nodes[how];
    const most = values ? values.reduce((a, b) => Math.max(a, b), 0) : 0;
    const small = this.network.size > 20_000 ? SMALLEST / 2 : SMALLEST;
    this.radius = Float32Array.from({ length: this.network.size }, (_each, node) => (
      most > 0 ? small + (LARGEST - small) * Math.sqrt(values[node] / most) : small * 1.6));
    const weight = values ?? this.network.nodes.degree;
    this.rank = Uint32Array.from(weight.keys()).sort((a, b) => weight[b] - weight[a] || a - b);
    this.version += 1;
  }

  /** Show some nodes and edges. */
  show(nodes, edges) {
    this.nodes = nodes;
    this.edges = edges;
    this.count = nodes.reduce((sum, shown) => sum + shown, 0);
    if (this.colouring === "community") this.#colour();
    this.version += 1;
  }

  /** The marks of a kind, by its place among the kinds. */
  look(kind) { return { colour: kind % COLOURS, shape: kind % SHAPES.length }; }

  /** The box about some nodes, or about all that are shown: [left, top, right, bottom]; null where there are none. */
  box(nodes = null) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    const add = (node) => {
      left = Math.min(left, this.x[node]); right = Math.max(right, this.x[node]);
      top = Math.min(top, this.y[node]); bottom = Math.max(bottom, this.y[node]);
    };
    if (nodes) for (const node of nodes) add(node);
    else for (let node = 0; node < this.nodes.length; node += 1) if (this.nodes[node]) add(node);
    return left > right ? null : [left, top, right, bottom];
  }

  /** Nodes that look alike lie together, so that each look is drawn at one stroke. */
  #group() {
    const look = (node) => (this.colourOf[node] * SHAPES.length + this.shapeOf[node]) * 3 + this.network.nodes.status[node];
    const looks = Uint32Array.from({ length: this.network.size }, (_each, node) => look(node));
    const order = Uint32Array.from(looks.keys()).sort((a, b) => looks[a] - looks[b] || a - b);
    this.groups = [];
    let from = 0;
    for (let i = 1; i <= order.length; i += 1) {
      if (i < order.length && looks[order[i]] === looks[order[from]]) continue;
      const node = order[from];
      this.groups.push({ colour: this.colourOf[node], shape: this.shapeOf[node], status: this.network.nodes.status[node], nodes: order.subarray(from, i) });
      from = i;
    }
    this.version += 1;
  }
}

/** The kinds that occur with how many nodes each has, the most first. */
function byNumber(kinds) {
  const found = new Map();
  for (const kind of kinds) found.set(kind, (found.get(kind) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/** How far each edge bows out, so that several between the same two nodes do not lie on one another. */
function bends({ size, edges: { source, target } }) {
  const bend = new Float32Array(source.length);
  if (source.length > MOST_BENT) return bend;
  const pairs = new Map();
  for (let i = 0; i < source.length; i += 1) {
    const key = Math.min(source[i], target[i]) * size + Math.max(source[i], target[i]);
    if (pairs.has(key)) pairs.get(key).push(i); else pairs.set(key, [i]);
  }
  for (const same of pairs.values()) {
    if (same.length < 2) continue;
    same.forEach((edge, i) => { bend[edge] = (i - (same.length - 1) / 2) * (source[edge] < target[edge] ? 1 : -1) * Math.min(0.2, 0.8 / same.length); });
  }
  return bend;
}
