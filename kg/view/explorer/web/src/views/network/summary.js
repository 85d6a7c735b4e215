// The opening picture of a large graph: how many things of each kind each chain has, and the best connected things.
import { NONE, members } from "../../core/filter.js";
import { fill, h } from "../../core/dom.js";
import { nameOf } from "./facets.js";
import { mark } from "./style.js";
import { curie } from "./words.js";

/** Above so many things the view opens on the summary. */
export const MOST_DRAWN = 5_000;
const TOP = 30;
const MOST_ROWS = 60;

/** @returns {root, update()} */
export function summary(app, scene) {
  const root = h("section", { class: "summary", "aria-label": app.t("network.show.summary") });
  let version = -1;
  const update = () => {
    if (version === scene.version) return;
    version = scene.version;
    const shown = scene.nodes.reduce((sum, each) => sum + each, 0);
    fill(root,
      h("div", { class: "head" }, h("p", {}, app.t(shown > MOST_DRAWN ? "network.summary.read" : "network.summary.few", { nodes: app.number(shown) })),
        h("button", { type: "button", class: "primary draw", onclick: () => app.go({ show: "picture" }) }, app.t(shown > MOST_DRAWN ? "network.summary.draw" : "network.summary.picture", { nodes: app.number(shown) }))),
      h("div", { class: "parts" }, matrix(app, scene), top(app, scene)));
  };
  return { root, update };
}

function matrix(app, scene) {
  const kinds = scene.kinds.map(([kind]) => curie(app, kind));
  const rows = [...members(app, "chain")].map(([chain, nodes]) => {
    const counts = new Array(kinds.length).fill(0);
    for (const node of nodes) if (scene.nodes[node]) counts[scene.kindOf[node]] += 1;
    return { chain, counts, sum: counts.reduce((a, b) => a + b, 0) };
  }).filter(({ sum }) => sum > 0).sort((a, b) => (a.chain === NONE) - (b.chain === NONE) || b.sum - a.sum);
  const most = Math.max(1, ...rows.flatMap(({ counts }) => counts));
  const cell = (count, chain, kind, label) => h("td", { class: count ? `heat-${Math.ceil(5 * Math.log1p(count) / Math.log1p(most))}` : null },
    count > 0 && h("button", { type: "button", "aria-label": label, title: label, onclick: () => app.go({ chain, class: kind, show: null, focus: null }) }, app.number(count)));
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": app.t("network.summary.matrix") }, h("table", { class: "matrix" },
    h("caption", {}, app.t("network.summary.matrix")),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, app.t("network.facet.chain")), scene.kinds.map(([kind], i) => h("th", { scope: "col" }, h("button", { type: "button", onclick: () => app.go({ class: kinds[i], show: null, focus: null }) }, mark(scene.look(i).colour, scene.look(i).shape), app.label(kind)))))),
    h("tbody", {}, rows.slice(0, MOST_ROWS).map(({ chain, counts }) => {
      const name = nameOf(app, "chain", chain);
      return h("tr", {}, h("th", { scope: "row" }, h("button", { type: "button", onclick: () => app.go({ chain, show: null, focus: null }) }, name)),
        counts.map((count, i) => cell(count, chain, kinds[i], app.t("network.summary.cell", { chain: name, class: app.label(scene.kinds[i][0]), count: app.number(count) }))));
    }))));
}

function top(app, scene) {
  const { degree, term, status } = app.network.nodes;
  const order = [...scene.nodes.keys()].filter((node) => scene.nodes[node]).sort((a, b) => degree[b] - degree[a] || a - b).slice(0, TOP);
  return h("div", { class: "top" }, h("h3", {}, app.t("network.summary.top")),
    h("ol", {}, order.map((node) => {
      const look = scene.look(scene.kindOf[node]);
      const name = curie(app, term[node]);
      return h("li", {}, h("button", { type: "button", class: "thing", onclick: () => app.go({ focus: name, steps: null, node: name, edge: null, show: null }) },
        mark(look.colour, look.shape, status[node]), h("span", { class: "name" }, app.label(term[node])), h("span", { class: "count" }, app.number(degree[node]))));
    })));
}
