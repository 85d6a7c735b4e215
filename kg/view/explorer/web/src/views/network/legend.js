// What the marks of the picture mean; it can be folded away.
import { fill, h } from "../../core/dom.js";
import { STATES } from "../../core/network.js";
import { OTHER, line, mark } from "./style.js";

/** @returns {root, update()} */
export function legend(app, scene) {
  const body = h("div", { class: "key" });
  const root = h("details", { class: "legend", open: window.innerWidth > 700 }, h("summary", {}, app.t("network.legend")), body);
  const update = () => {
    fill(body, kinds(app, scene), scene.colouring === "community" && communities(app, scene),
      h("h3", {}, app.t("network.legend.things")),
      h("ul", {}, STATES.map((state, i) => h("li", {}, mark(OTHER, 0, i), app.t(`network.thing.${state}`)))),
      h("h3", {}, app.t("network.legend.relations")),
      h("ul", {}, STATES.map((state, i) => h("li", {}, line(i), app.t(`network.relation.${state}`)))),
      h("p", {}, app.t(`network.size.${scene.sizing}.means`)));
  };
  return { root, update };
}

function kinds(app, scene) {
  const number = new Array(scene.kinds.length).fill(0);
  scene.nodes.forEach((shown, node) => { if (shown) number[scene.kindOf[node]] += 1; });
  const neutral = scene.colouring === "community";
  return [
    h("h3", {}, app.t(neutral ? "network.legend.shapes" : "network.legend.kinds")),
    h("ul", {}, scene.kinds.map(([kind], i) => number[i] > 0 && h("li", {}, mark(neutral ? OTHER : scene.look(i).colour, scene.look(i).shape), app.label(kind), h("span", { class: "count" }, app.number(number[i]))))),
  ];
}

/** Communities by the name of what is most central in each. */
function communities(app, scene) {
  const { term } = scene.network.nodes;
  const first = new Map();
  const number = new Map();
  for (const node of scene.rank) {
    if (!scene.nodes[node]) continue;
    const each = scene.colourOf[node];
    if (!first.has(each)) first.set(each, node);
    number.set(each, (number.get(each) ?? 0) + 1);
  }
  return [
    h("h3", {}, app.t("network.legend.communities")),
    h("ul", {}, [...first.keys()].sort((a, b) => a - b).map((each) => h("li", {}, mark(each, 0),
      each === OTHER ? app.t("network.community.other") : app.t("network.community.of", { name: app.label(term[first.get(each)]) }),
      h("span", { class: "count" }, app.number(number.get(each)))))),
  ];
}
