// Names of nodes, folded, so that a few letters or characters of any of them find the node.

/** A text without differences of width, ligature and case. */
export const fold = (text) => text.normalize("NFKC").toUpperCase().toLowerCase();

const SLICE = 4_000;

class Names {
  #order;
  #texts = [];

  /** Reads the names a slice at a time, while the page is idle; `find` reads what is left. */
  constructor(app) {
    this.app = app;
    const { degree } = app.network.nodes;
    this.#order = Uint32Array.from(degree.keys()).sort((a, b) => degree[b] - degree[a] || a - b);
    const later = () => { if (this.#read(SLICE)) setTimeout(later, 20); };
    setTimeout(later, 200);
  }

  /**
   * The nodes of which a name has all words of a text, and how many there are: first whole names, then beginnings of
   * names, then beginnings of words, then any part; the better connected first.
   */
  find(text, most = 12) {
    this.#read(Infinity);
    const whole = fold(text.trim());
    const words = whole.split(/\s+/).filter(Boolean);
    const found = [[], [], [], []];
    let total = 0;
    for (let i = 0; words.length && i < this.#texts.length; i += 1) {
      const names = this.#texts[i];
      if (!words.every((word) => names.includes(word))) continue;
      total += 1;
      const rank = names.includes(`\n${whole}\n`) ? 0 : names.includes(`\n${whole}`) ? 1 : names.includes(` ${words[0]}`) ? 2 : 3;
      if (found[rank].length < most) found[rank].push(this.#order[i]);
    }
    return { nodes: found.flat().slice(0, most), total };
  }

  #read(most) {
    const { graph, network } = this.app;
    const end = Math.min(this.#order.length, this.#texts.length + most);
    for (let i = this.#texts.length; i < end; i += 1) {
      const term = network.nodes.term[this.#order[i]];
      this.#texts.push(fold(`\n${[...graph.names(term), graph.curie(graph.iri(term))].join("\n")}\n`));
    }
    return end < this.#order.length;
  }
}

const indexes = new WeakMap();

/** The names of the network, read once. */
export function names(app) {
  if (!indexes.has(app.network)) indexes.set(app.network, new Names(app));
  return indexes.get(app.network);
}
