// What the panel shows of a thing: names, kinds, state, ways to it, faults, findings, and every fact with its source.
import { h } from "../core/dom.js";
import { literal } from "../core/terms.js";
import { STATES } from "../core/network.js";
import { groups, quadsOf } from "./facts.js";
import { faultsView, findingsView, groupView, termView } from "./rows.js";

const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const PLACE = 1;
const CHAIN = 2;
const DIRECTIONS = ["out", "into", "used", "inside"];

/** The parts of the panel for a term. */
export function thingView(app, data, term) {
  const quads = quadsOf(app.graph, term);
  const about = { data, shown: term };
  const faults = [...new Set([...data.faultsOf(term), ...(data.issuesIn.get(term) ?? [])])];
  const total = DIRECTIONS.reduce((sum, each) => sum + quads[each].length, 0);
  return [
    kinds(app, data, term, quads),
    address(app, app.graph.iri(term)),
    ways(app, term),
    faultsView(app, faults, term),
    findingsView(app, data.findingsOf(term)),
    total === 0 && h("p", { class: "nothing" }, app.t("details.nothing")),
    DIRECTIONS.map((direction) => factsView(app, about, direction, quads[direction])),
  ];
}

export function factsView(app, about, direction, quads) {
  if (!quads.length) return null;
  return h("section", { class: `facts ${direction}` },
    h("h3", {}, app.t(`details.${direction}`), " ", h("span", { class: "count" }, app.t("details.facts", { count: app.number(quads.length) }))),
    groups(app, quads, direction).map((group) => groupView(app, about, group)));
}

/** Its kinds, its name in the other language, the passage that it is, and whether it is so yet. */
function kinds(app, data, term, quads) {
  const { p, o } = app.graph.quads;
  const type = app.graph.number(RDF_TYPE);
  const node = app.network.node(term);
  const types = [...new Set(quads.out.filter((quad) => p[quad] === type).map((quad) => o[quad]))];
  const narrow = node < 0 ? -1 : app.network.nodes.class[node];
  types.sort((a, b) => (b === narrow) - (a === narrow));
  const said = [...new Set(quads.out.filter((quad) => data.states.has(p[quad])).map((quad) => o[quad]))];
  const state = node < 0 || said.length ? null : STATES[app.network.nodes.status[node]];
  const passage = app.graph.passage(term, app.language);
  const other = app.graph.labels[app.language === "zh" ? "en" : "zh"].get(term);
  return h("div", { class: "kinds" },
    other !== undefined && literal(app.graph.terms[other]).value !== app.label(term) && h("p", { class: "other" }, h("bdi", { lang: app.language === "zh" ? "en" : "zh-CN" }, literal(app.graph.terms[other]).value)),
    passage && h("p", { class: "other" }, h("bdi", {}, app.t("details.passage.of", { source: passage.sourceLabel })), passage.section && h("bdi", {}, ` § ${passage.section}`), passage.anchor && h("q", {}, passage.anchor)),
    h("ul", { class: "chips" },
      types.map((each) => h("li", {}, termView(app, each))),
      said.map((each) => h("li", { class: `state ${stateOf(app, each)}` }, termView(app, each))),
      state && state !== "actual" && h("li", { class: `state ${state}` }, app.t(`details.state.${state}`))));
}

/** How a state that is said of a thing is drawn: what is so, what is missing, and all that is not so yet. */
function stateOf(app, term) {
  const name = app.graph.curie(app.graph.iri(term)).split(":").pop();
  return STATES.includes(name) ? name : "proposed";
}

/** The IRI as text, and a button that copies it; where the clipboard may not be used, the text is marked. */
function address(app, iri) {
  const text = h("code", { tabindex: "-1" }, h("bdi", {}, iri));
  const said = h("span", { role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(iri);
      said.textContent = app.t("details.copied");
    } catch {
      getSelection().selectAllChildren(text);
      said.textContent = app.t("details.marked");
    }
  };
  return h("p", { class: "address" }, text, " ", h("button", { type: "button", class: "copy", onclick: copy }, app.t("details.copy")), " ", said);
}

/** Buttons that lead to the thing in the views that can show it. */
function ways(app, term) {
  const key = app.graph.curie(app.graph.iri(term));
  const node = app.network.node(term);
  const edge = node < 0 ? app.network.edges.via.indexOf(term + 1) : -1;
  const found = [];
  if (node >= 0) found.push(["network", {}]);
  else if (edge >= 0) found.push(["network", { node: null, edge: edgeKey(app, edge) }]);
  if (node >= 0 && ends(app, node, PLACE)) found.push(["map", {}]);
  if (node >= 0 && ends(app, node, CHAIN)) found.push(["chain", { chain: key }]);
  if (app.questions.some((each) => each.name === "said-about")) found.push(["query", { query: "said-about", thing: key }]);
  return h("p", { class: "ways" }, h("span", {}, app.t("details.show"), " "), found.map(([view, params]) =>
    h("button", { type: "button", "data-to": view, onclick: () => app.go({ view, ...params }) }, app.t(`${view}.title`))));
}

/** An edge as the address names it. */
export function edgeKey(app, edge) {
  const { source, target, property } = app.network.edges;
  const { term } = app.network.nodes;
  return [term[source[edge]], property[edge], term[target[edge]]].map((each) => app.graph.curie(app.graph.iri(each))).join("|");
}

/** Whether a thing is of a kind to which others belong as to a place, or as to a chain. */
function ends(app, node, belongs) {
  const { nodes, edges } = app.network;
  return edges.belongs.some((each, edge) => each === belongs && nodes.kind[edges.target[edge]] === nodes.kind[node]);
}
