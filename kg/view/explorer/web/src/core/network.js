// The network that is drawn: nodes and edges by number, as kg/view/explorer/network.py gives them.

export const STATES = ["actual", "proposed", "missing"];
const PLACE = 1;
const CHAIN = 2;

export class Network {
  constructor(nodes, edges) {
    this.nodes = nodes; // term, kind, class, status, x, y, degree, community, pagerank, perhaps betweenness
    this.edges = edges; // source, target, property, status, via (plus one), belongs
    this.size = nodes.term.length;
    this.byTerm = new Map();
    nodes.term.forEach((term, node) => this.byTerm.set(term, node));
    this.#index();
  }

  /** The node of a term, or -1. */
  node(term) { return this.byTerm.get(term) ?? -1; }

  /** The edges at a node, in either direction. */
  edgesAt(node) { return this.at.subarray(this.starts[node], this.starts[node + 1]); }

  /** The other end of an edge. */
  other(edge, node) { return this.edges.source[edge] === node ? this.edges.target[edge] : this.edges.source[edge]; }

  /** Nodes of a place: the place, what lies in it over any number of steps, and what is said to be of these. */
  ofPlace(place) { return this.#belonging(place, PLACE); }

  /** Nodes of a chain: the chain, its stages and statements, and what performs or names these. */
  ofChain(chain) { return this.#belonging(chain, CHAIN); }

  #belonging(root, kind) {
    const found = new Set([root]);
    let reached = [root];
    while (reached.length) {
      const next = [];
      for (const node of reached) {
        // What lies in a place or chain passes it on; what merely is of one does not.
        if (node !== root && this.nodes.kind[node] !== this.nodes.kind[root]) continue;
        for (const edge of this.edgesAt(node)) {
          const source = this.edges.source[edge];
          if (this.edges.target[edge] === node && this.edges.belongs[edge] === kind && !found.has(source)) {
            found.add(source);
            next.push(source);
          }
        }
      }
      reached = next;
    }
    if (kind === CHAIN) this.#withPerformers(found);
    return found;
  }

  /** Who performs, lacks or names the stages of a chain belongs to it as well. */
  #withPerformers(found) {
    for (const node of [...found]) {
      for (const edge of this.edgesAt(node)) {
        if (this.edges.target[edge] === node && this.edges.belongs[edge] === CHAIN) found.add(this.edges.source[edge]);
      }
    }
  }

  #index() {
    const { source, target } = this.edges;
    const starts = new Uint32Array(this.size + 1);
    for (let i = 0; i < source.length; i += 1) {
      starts[source[i] + 1] += 1;
      if (target[i] !== source[i]) starts[target[i] + 1] += 1;
    }
    for (let i = 0; i < this.size; i += 1) starts[i + 1] += starts[i];
    const next = starts.slice();
    const at = new Uint32Array(starts[this.size]);
    for (let i = 0; i < source.length; i += 1) {
      at[next[source[i]]++] = i;
      if (target[i] !== source[i]) at[next[target[i]]++] = i;
    }
    this.starts = starts;
    this.at = at;
  }
}
