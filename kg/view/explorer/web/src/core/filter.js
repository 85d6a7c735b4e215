// Which nodes and edges are shown: facets as the address has them, and what passes them.
//
// Each of class, chain, place, source and status is a list parted by spaces: IRIs, compact or in full (`none` for what is of no
// chain, place or source), and for status `actual`, `proposed`, `missing`. Within a facet any one is enough; all
// facets in use must be met.
import { STATES } from "./network.js";
import { termOf } from "./terms.js";

export const FACETS = ["class", "chain", "place", "source", "status"];
export const NONE = "none";
const SUBCLASS = termOf("http://www.w3.org/2000/01/rdf-schema#subClassOf");
const BELONGS = { place: 1, chain: 2 };
const kept = new WeakMap();

/** The facets of an address, each a list of texts. */
export function parse(params) {
  return Object.fromEntries(FACETS.map((facet) => [facet, [...new Set(String(params[facet] ?? "").split(/\s+/).filter(Boolean))]]));
}

/** A list as the address has it; null where it is empty. */
export const format = (values) => (values.length ? values.join(" ") : null);

/** Whether any facet is in use. */
export const active = (filter) => FACETS.some((facet) => filter[facet].length > 0);

/** For each node 1 where it passes all facets, else 0. */
export function visible(app, filter) {
  const { failed } = tally(app, filter);
  return failed.map((count) => (count ? 0 : 1));
}

/** For each edge 1 where both ends are shown and its own status and sources pass, else 0. */
export function visibleEdges(app, filter, nodes) {
  const { source, target, status } = app.network.edges;
  const shown = new Uint8Array(source.length);
  const states = new Set(filter.status.map((name) => STATES.indexOf(name)));
  const stated = filter.source.length ? statedBy(app, new Set(filter.source.map((value) => app.graph.curie(app.graph.expand(value))))) : null;
  for (let i = 0; i < source.length; i += 1) {
    shown[i] = nodes[source[i]] && nodes[target[i]] && (!states.size || states.has(status[i])) && (!stated || stated[i]) ? 1 : 0;
  }
  return shown;
}

/** By facet, how many nodes each of its values would show, the other facets being as they are: Map of value to number. */
export function counts(app, filter) {
  const { failed, masks } = tally(app, filter);
  return Object.fromEntries(FACETS.map((facet) => [facet, new Map([...members(app, facet)].map(([value, nodes]) => {
    let count = 0;
    for (const node of nodes) if (failed[node] === 0 || (failed[node] === 1 && masks[facet] && !masks[facet][node])) count += 1;
    return [value, count];
  }))]));
}

/** The nodes of each value of a facet. */
export function members(app, facet) {
  const found = kept.get(app.network) ?? {};
  kept.set(app.network, found);
  found[facet] ??= READERS[facet](app);
  return found[facet];
}

/** The kind of the things that others belong to: of those that lead only to their own kind, what most others lead to. */
function rootKind(network, belongs) {
  const { source, target, belongs: how } = network.edges;
  const { kind } = network.nodes;
  const into = new Map();
  const leading = new Set();
  for (let i = 0; i < source.length; i += 1) {
    if (how[i] !== BELONGS[belongs] || kind[source[i]] === kind[target[i]]) continue;
    leading.add(kind[source[i]]);
    into.set(kind[target[i]], (into.get(kind[target[i]]) ?? 0) + 1);
  }
  const roots = [...into].filter(([each]) => !leading.has(each)).sort((a, b) => b[1] - a[1]);
  return roots.length ? roots[0][0] : -1;
}

/** The classes above each class that occurs, up to its kind; the nearest first. */
export function lineages(app) {
  const { s, p, o } = app.graph.quads;
  const above = new Map();
  const subclass = app.graph.terms.indexOf(SUBCLASS);
  for (let i = 0; i < p.length; i += 1) {
    if (p[i] !== subclass) continue;
    if (above.has(s[i])) above.get(s[i]).add(o[i]); else above.set(s[i], new Set([o[i]]));
  }
  const closure = (start) => {
    const found = new Set([start]);
    for (const each of found) for (const upper of above.get(each) ?? []) found.add(upper);
    return [...found];
  };
  const { class: classes, kind } = app.network.nodes;
  const found = new Map();
  classes.forEach((each, node) => {
    if (found.has(each)) return;
    const line = closure(each).filter((upper) => upper !== kind[node] && closure(upper).includes(kind[node]));
    found.set(each, each === kind[node] ? [each] : [each, ...line.filter((upper) => upper !== each), kind[node]]);
  });
  return found;
}

function tally(app, filter) {
  const failed = new Uint8Array(app.network.size);
  const masks = {};
  for (const facet of FACETS) {
    if (!filter[facet].length) continue;
    const mask = new Uint8Array(app.network.size);
    for (const value of filter[facet]) for (const node of members(app, facet).get(app.graph.curie(app.graph.expand(value))) ?? []) mask[node] = 1;
    mask.forEach((met, node) => { if (!met) failed[node] += 1; });
    masks[facet] = mask;
  }
  return { failed, masks };
}

const curie = (app, term) => app.graph.curie(app.graph.iri(term));

const READERS = {
  class(app) {
    const lines = lineages(app);
    const found = new Map();
    app.network.nodes.class.forEach((each, node) => {
      for (const upper of lines.get(each)) {
        if (found.has(upper)) found.get(upper).push(node); else found.set(upper, [node]);
      }
    });
    return new Map([...found].map(([term, nodes]) => [curie(app, term), nodes]));
  },
  chain: (app) => belonging(app, "chain", (node) => app.network.ofChain(node)),
  place: (app) => belonging(app, "place", (node) => app.network.ofPlace(node)),
  source(app) {
    const found = new Map();
    const { g, s, o } = app.graph.quads;
    const { network } = app;
    for (let i = 0; i < g.length; i += 1) {
      const passage = app.graph.passages.get(g[i]);
      if (!passage) continue;
      for (const node of [network.node(s[i]), network.node(o[i])]) {
        if (node < 0) continue;
        if (found.has(passage.source)) found.get(passage.source).add(node); else found.set(passage.source, new Set([node]));
      }
    }
    return withNone(network, new Map([...found].map(([term, nodes]) => [curie(app, term), [...nodes]])));
  },
  status(app) {
    const { nodes, edges } = app.network;
    const found = STATES.map(() => new Set());
    nodes.status.forEach((state, node) => found[state].add(node));
    // What is proposed or missing between two things is shown with both its ends.
    edges.status.forEach((state, edge) => { if (state) found[state].add(edges.source[edge]).add(edges.target[edge]); });
    return new Map(STATES.map((name, state) => [name, [...found[state]]]));
  },
};

function belonging(app, facet, reach) {
  const { network } = app;
  const kind = rootKind(network, facet);
  const found = new Map();
  network.nodes.kind.forEach((each, node) => {
    if (each === kind) found.set(curie(app, network.nodes.term[node]), [...reach(node)]);
  });
  return withNone(network, found);
}

function withNone(network, found) {
  const some = new Uint8Array(network.size);
  for (const nodes of found.values()) for (const node of nodes) some[node] = 1;
  const rest = [...some.keys()].filter((node) => !some[node]);
  return rest.length ? found.set(NONE, rest) : found;
}

/** For each edge 1 where a passage of one of some sources has it: as a quad, or through the statement between its ends. */
function statedBy(app, sources) {
  const { graph, network } = app;
  const { source, property, via } = network.edges;
  const { g, s, p, o } = graph.quads;
  const stated = new Uint8Array(source.length);
  const told = new Set();
  const wanted = new Map();
  for (let i = 0; i < g.length; i += 1) {
    const from = graph.passages.get(g[i])?.source;
    if (from === undefined) continue;
    if (!wanted.has(from)) wanted.set(from, sources.has(curie(app, from)));
    if (!wanted.get(from)) continue;
    told.add(s[i]);
    const [one, two] = [network.node(s[i]), network.node(o[i])];
    if (one < 0 || two < 0) continue;
    const fewer = network.starts[one + 1] - network.starts[one] < network.starts[two + 1] - network.starts[two] ? one : two;
    for (const edge of network.edgesAt(fewer)) {
      if (property[edge] === p[i] && source[edge] === one && network.edges.target[edge] === two) stated[edge] = 1;
    }
  }
  for (let i = 0; i < via.length; i += 1) if (via[i] && told.has(via[i] - 1)) stated[i] = 1;
  return stated;
}
