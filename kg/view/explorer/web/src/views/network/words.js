// Relations in words.
import { STATES } from "../../core/network.js";
import { termOf } from "../../core/terms.js";

const SKOS = "http://www.w3.org/2004/02/skos/core#";
const concepts = new WeakMap();

/** A relation in words: its name; where it is a kind of effect or coupling, that one thing acts on the other so. */
export function relation(app, property) {
  if (app.graph.terms[property] === termOf(`${SKOS}broader`)) return app.t("network.broader");
  const name = app.label(property);
  return kindsOf(app.graph).has(property) ? app.t("network.acts", { name }) : name;
}

/** The status of a node or edge in words. */
export const status = (app, state) => app.t(`network.${STATES[state]}`);

/** The compact IRI of a term. */
export const curie = (app, term) => app.graph.curie(app.graph.iri(term));

/** An edge as the address has it: source, property and target. */
export function edgeKey(app, edge) {
  const { source, property, target } = app.network.edges;
  const { term } = app.network.nodes;
  return [term[source[edge]], property[edge], term[target[edge]]].map((each) => curie(app, each)).join("|");
}

/** The edges that the address means; several where more than one statement says the same. */
export function edgesOf(app, key) {
  const [from, how, to] = String(key ?? "").split("|").map((text) => app.graph.number(app.graph.expand(text)));
  const { network } = app;
  const [source, target] = [network.node(from), network.node(to)];
  if (source < 0 || target < 0) return [];
  return [...network.edgesAt(source)].filter((edge) => (
    network.edges.property[edge] === how && network.edges.source[edge] === source && network.edges.target[edge] === target));
}

/** The node that a compact IRI of the address means, or -1. */
export function nodeOf(app, text) {
  const number = text ? app.graph.number(app.graph.expand(text)) : -1;
  return number < 0 ? -1 : app.network.node(number);
}

/** Terms that stand in a scheme of concepts: kinds of relations rather than relations. */
function kindsOf(graph) {
  if (!concepts.has(graph)) {
    const { s, p } = graph.quads;
    const scheme = graph.terms.indexOf(termOf(`${SKOS}inScheme`));
    const found = new Set();
    for (let i = 0; i < p.length; i += 1) if (p[i] === scheme) found.add(s[i]);
    concepts.set(graph, found);
  }
  return concepts.get(graph);
}
