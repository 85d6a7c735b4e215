// The shortest path between two things, picked by name or from the picture, and told in words.
import { fill, h } from "../../core/dom.js";
import { combobox } from "./combobox.js";
import { mark } from "./style.js";
import { between, shortest } from "./ways.js";
import { curie, edgeKey, nodeOf, relation, status } from "./words.js";

/** @returns {root, read(params, edges) -> {nodes, edges}, open()} */
export function pathPanel(app, scene) {
  const name = (node) => curie(app, app.network.nodes.term[node]);
  const from = combobox(app, scene, { label: app.t("network.path.from"), choose: (node) => app.go({ from: name(node) }), clear: () => app.go({ from: null }) });
  const to = combobox(app, scene, { label: app.t("network.path.to"), choose: (node) => app.go({ to: name(node) }), clear: () => app.go({ to: null }) });
  const result = h("div", { class: "result", "aria-live": "polite" });
  const root = h("section", { class: "path", hidden: true, "aria-label": app.t("network.path") },
    h("div", { class: "head" }, h("h2", {}, app.t("network.path")),
      h("button", { type: "button", class: "swap", onclick: () => app.go({ from: app.params.to ?? null, to: app.params.from ?? null }) }, app.t("network.path.swap")),
      h("button", { type: "button", class: "close", "aria-label": app.t("network.path.close"), onclick: () => { root.hidden = true; app.go({ from: null, to: null }); } }, "×")),
    from.root, to.root, result);

  const read = (params, edges) => {
    const [start, end] = [nodeOf(app, params.from), nodeOf(app, params.to)];
    for (const [box, node] of [[from, start], [to, end]]) if (document.activeElement !== box.input || node >= 0) box.set(node);
    if (params.from || params.to) root.hidden = false;
    if (start < 0 || end < 0) {
      fill(result, h("p", { class: "hint" }, app.t("network.path.pick")));
      return { nodes: [start, end].filter((node) => node >= 0), edges: [], whole: false };
    }
    const nodes = start === end ? [start] : shortest(app.network, start, end, edges);
    if (!nodes) {
      fill(result, h("p", {}, app.t("network.path.none")));
      return { nodes: [], edges: [], whole: false };
    }
    const steps = nodes.slice(1).map((node, i) => between(app.network, nodes[i], node, edges));
    fill(result, h("p", { class: "hint" }, app.t("network.path.steps", { count: app.number(steps.length) })),
      h("ol", {}, nodes.map((node, i) => h("li", {}, thing(app, scene, node), i < steps.length && h("ul", {}, steps[i].map((edge) => h("li", {}, told(app, edge, node))))))));
    return { nodes, edges: steps.flat(), whole: true };
  };
  return { root, read, open() { root.hidden = false; from.input.focus(); } };
}

function thing(app, scene, node) {
  const { term, status: states } = app.network.nodes;
  const look = scene.look(scene.kindOf[node]);
  return h("button", { type: "button", class: "thing", onclick: () => app.go({ node: curie(app, term[node]), edge: null }) }, mark(look.colour, look.shape, states[node]), app.label(term[node]));
}

/** A relation of the path in words, in the direction in which it is stated. */
function told(app, edge, from) {
  const { source, property, status: states } = app.network.edges;
  const forward = source[edge] === from;
  return h("button", { type: "button", class: `relation ${forward ? "forward" : "back"}`, onclick: () => app.go({ edge: edgeKey(app, edge), node: null }) },
    h("span", { "aria-hidden": "true" }, forward ? "↓ " : "↑ "), relation(app, property[edge]), " ",
    !forward && h("span", { class: "unseen" }, app.t("network.path.back")),
    h("small", { class: `state-${states[edge]}` }, status(app, states[edge])));
}
