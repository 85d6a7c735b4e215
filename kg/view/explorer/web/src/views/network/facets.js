// The filters beside the picture: class with its narrower classes, chain, place, source and status, with counts.
import { FACETS, NONE, active, counts, format, lineages, members } from "../../core/filter.js";
import { STATES } from "../../core/network.js";
import { fold } from "../../core/search.js";
import { fill, h } from "../../core/dom.js";
import { OTHER, mark } from "./style.js";
import { curie } from "./words.js";

const FEW = 8;
const MOST = 200;

/** @returns {root, update(filter)} */
export function facets(app, scene) {
  const groups = new Map(FACETS.map((facet) => [facet, group(app, scene, facet)]));
  const clear = h("button", { type: "button", class: "clear", onclick: () => app.go(Object.fromEntries(FACETS.map((facet) => [facet, null]))) }, app.t("network.filter.clear"));
  const root = h("section", { class: "filters", id: "network-filters", "aria-label": app.t("network.filters") },
    h("div", { class: "head" }, h("h2", {}, app.t("network.filters")), clear), [...groups.values()].map((each) => each.root));
  const update = (filter) => {
    clear.hidden = !active(filter);
    const found = counts(app, filter);
    for (const [facet, each] of groups) each.update(filter[facet], found[facet]);
  };
  return { root, update };
}

/** The name of a value of a facet. */
export function nameOf(app, facet, value) {
  if (value === NONE) return app.t(`network.none.${facet}`);
  if (facet === "status") return STATES.includes(value) ? app.t(`network.${value}`) : value;
  const number = app.graph.number(app.graph.expand(value));
  return number < 0 ? value : app.label(number);
}

function group(app, scene, facet) {
  const values = facet === "class" ? tree(app, scene) : [...members(app, facet)]
    .map(([value, nodes]) => ({ value, count: nodes.length, depth: 0, name: nameOf(app, facet, value), mark: facet === "status" ? mark(OTHER, 0, STATES.indexOf(value)) : null }))
    .sort((a, b) => (facet === "status" ? 0 : (a.value === NONE) - (b.value === NONE) || b.count - a.count || a.name.localeCompare(b.name)));
  let chosen = [];
  let found = new Map();
  let all = facet === "class" || facet === "status";
  let text = "";
  const rows = new Map();
  const list = h("ul", {});
  const search = h("input", { type: "search", "aria-label": app.t("network.filter.find", { facet: app.t(`network.facet.${facet}`) }), placeholder: app.t("network.filter.search"),
    oninput: () => { text = fold(search.value.trim()); render(); } });
  const more = h("button", { type: "button", class: "more", onclick: () => { all = !all; render(); } });
  const badge = h("span", { class: "badge", hidden: true });

  const render = () => {
    rows.clear();
    const passing = values.filter(({ value, name }) => chosen.includes(value) || !text || fold(name).includes(text));
    const shown = all || text ? passing.slice(0, MOST) : passing.filter(({ value }, i) => i < FEW || chosen.includes(value));
    const strange = chosen.filter((value) => !values.some((each) => each.value === value)).map((value) => ({ value, name: value, depth: 0, mark: null }));
    fill(list, [...strange, ...shown].map(row));
    more.hidden = facet === "class" || facet === "status" || Boolean(text) || values.length <= FEW;
    more.textContent = all ? app.t("network.filter.fewer") : app.t("network.filter.all", { count: app.number(values.length) });
    number();
  };
  const row = ({ value, name, depth, mark: sign }) => {
    const box = h("input", { type: "checkbox", checked: chosen.includes(value), onchange: () => {
      const next = box.checked ? [...chosen, value] : chosen.filter((each) => each !== value);
      app.go({ [facet]: format(next) });
    } });
    const count = h("span", { class: "count" });
    const item = h("li", { class: `depth-${Math.min(depth, 3)}` }, h("label", {}, box, sign && sign.cloneNode(true), h("span", { class: "name", title: name }, name), count));
    rows.set(value, { box, count, item });
    return item;
  };
  const number = () => {
    for (const [value, { box, count, item }] of rows) {
      box.checked = chosen.includes(value);
      count.textContent = app.number(found.get(value) ?? 0);
      item.classList.toggle("nothing", !found.get(value));
    }
    badge.hidden = !chosen.length;
    badge.textContent = String(chosen.length);
  };
  const root = h("details", { open: facet === "class" || facet === "chain" || facet === "status" },
    h("summary", {}, app.t(`network.facet.${facet}`), badge),
    h("p", { class: "hint" }, app.t(`network.hint.${facet}`)),
    values.length > 2 * FEW && facet !== "class" && search, list, more);
  return {
    root,
    update(next, numbers) {
      const same = next.every((value) => rows.has(value)) && rows.size;
      chosen = next;
      found = numbers;
      if (next.length) root.open = true;
      if (same) number(); else render();
    },
  };
}

/** The classes that occur, each under its broader one, with the marks of their kinds. */
function tree(app, scene) {
  const lines = lineages(app);
  const { class: classes } = app.network.nodes;
  const below = new Map();
  const add = (upper, lower) => { if (below.has(upper)) below.get(upper).add(lower); else below.set(upper, new Set([lower])); };
  for (const each of new Set(classes)) {
    const line = lines.get(each);
    for (let i = 0; i + 1 < line.length; i += 1) add(line[i + 1], line[i]);
  }
  const counted = members(app, "class");
  const found = [];
  const put = (term, depth, look) => {
    const value = curie(app, term);
    const count = counted.get(value)?.length ?? 0;
    if (found.some((each) => each.value === value)) return;
    found.push({ value, count, depth, name: app.label(term), mark: depth ? null : mark(look.colour, look.shape) });
    const size = (lower) => counted.get(curie(app, lower))?.length ?? 0;
    for (const lower of [...below.get(term) ?? []].sort((a, b) => size(b) - size(a))) put(lower, depth + 1, look);
  };
  scene.kinds.forEach(([kind], i) => put(kind, 0, scene.look(i)));
  return found;
}
