// What the panel shows of a relation between two things: the passages that state it, or the statement behind it.
import { h } from "../core/dom.js";
import { propertyName, quadsOf } from "./facts.js";
import { faultsView, termView, whereView } from "./rows.js";
import { edgeKey, factsView } from "./thing.js";

/** The terms of an edge as the address names it, or null where the graph does not know them all. */
export function edgeOf(app, key) {
  const terms = key.split("|").map((each) => app.graph.number(app.graph.expand(each)));
  return terms.length === 3 && terms.every((term) => term >= 0) ? terms : null;
}

/** The name of a relation: source, property, target. */
export function edgeName(app, [source, property, target]) {
  return `${app.label(source)} — ${propertyName(app, property)} → ${app.label(target)}`;
}

/** The parts of the panel for an edge. */
export function edgeView(app, data, [source, property, target]) {
  const { s, p, o } = app.graph.quads;
  const about = { data, shown: -1 };
  const direct = quadsOf(app.graph, source).out.filter((quad) => p[quad] === property && o[quad] === target && s[quad] === source);
  const statements = statementsOf(app, source, property, target);
  if (!direct.length && !statements.length) return [h("p", { class: "nothing" }, app.t("details.norelation"))];
  const things = [source, target];
  return [
    h("p", { class: "relation" }, termView(app, source), h("span", { class: "via" }, " — ", termView(app, property), " → "), termView(app, target)),
    faultsView(app, statements.flatMap((statement) => data.faultsOf(statement)), -1),
    direct.length > 0
      ? h("section", {}, h("h3", {}, app.t("details.stated")), h("ul", { class: "said" }, direct.map((quad) => whereView(app, about, quad, things))))
      : h("p", { class: "nothing" }, app.t("details.unsaid")),
    statements.map((statement) => h("section", { class: "statement" },
      h("h3", {}, app.t("details.statement"), app.t("details.colon"), termView(app, statement)),
      factsView(app, { data, shown: statement }, "out", quadsOf(app.graph, statement).out))),
    othersView(app, source, property, target),
  ];
}

/** The statements that stand between the two things. */
function statementsOf(app, source, property, target) {
  const { edges, nodes } = app.network;
  const node = app.network.node(source);
  if (node < 0) return [];
  const found = [...app.network.edgesAt(node)].filter((edge) => edges.via[edge] > 0 && edges.property[edge] === property
    && nodes.term[edges.source[edge]] === source && nodes.term[edges.target[edge]] === target);
  return [...new Set(found.map((edge) => edges.via[edge] - 1))];
}

function othersView(app, source, property, target) {
  const { edges, nodes } = app.network;
  const node = app.network.node(source);
  if (node < 0) return null;
  const keys = new Map();
  for (const edge of app.network.edgesAt(node)) {
    const ends = [nodes.term[edges.source[edge]], nodes.term[edges.target[edge]]];
    if (ends.includes(target) && !(ends[0] === source && edges.property[edge] === property)) keys.set(edgeKey(app, edge), [ends[0], edges.property[edge], ends[1]]);
  }
  if (!keys.size) return null;
  return h("section", {}, h("h3", {}, app.t("details.others")), h("ul", { class: "findings" }, [...keys].map(([key, terms]) =>
    h("li", {}, h("button", { type: "button", class: "thing", onclick: () => app.go({ node: null, edge: key }) }, h("bdi", {}, edgeName(app, terms)))))));
}
