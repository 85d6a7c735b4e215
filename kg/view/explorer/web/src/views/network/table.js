// The things as a table: the way to every node for keyboards and screen readers.
import { fill, h } from "../../core/dom.js";
import { fold } from "../../core/search.js";
import { STATES } from "../../core/network.js";
import { mark } from "./style.js";
import { curie } from "./words.js";

const PAGE = 50;

/** @returns {root, update()} */
export function table(app, scene) {
  const { nodes } = app.network;
  const collator = new Intl.Collator(app.language === "zh" ? "zh-CN" : "en");
  const labels = new Map();
  const name = (term) => {
    if (!labels.has(term)) labels.set(term, app.label(term));
    return labels.get(term);
  };
  const columns = [
    { id: "name", text: (node) => name(nodes.term[node]) },
    { id: "class", text: (node) => name(nodes.class[node]) },
    { id: "status", text: (node) => app.t(`network.${STATES[nodes.status[node]]}`), value: (node) => nodes.status[node] },
    { id: "degree", value: (node) => nodes.degree[node] },
    ...["pagerank", "betweenness"].filter((each) => each in nodes).map((id) => ({ id, value: (node) => nodes[id][node], digits: 4 })),
  ];
  const figure = ({ value, digits }, node) => (digits ? value(node).toLocaleString(app.language === "zh" ? "zh-CN" : "en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }) : app.number(value(node)));
  let [by, down, page, text] = ["degree", true, 0, ""];
  let rows = [];
  const filter = h("input", { type: "search", placeholder: app.t("network.table.filter"), "aria-label": app.t("network.table.filter"), oninput: () => { text = fold(filter.value.trim()); page = 0; order(); } });
  const told = h("p", { role: "status", class: "hint" });
  const heads = columns.map(({ id }) => h("th", { scope: "col" }, h("button", { type: "button", onclick: () => {
    [by, down] = [id, by === id ? !down : !["name", "class", "status"].includes(id)];
    page = 0;
    order();
  } }, app.t(`network.column.${id}`), h("span", { class: "way", "aria-hidden": "true" }))));
  const body = h("tbody", {});
  const turn = (by_) => () => { page += by_; render(); };
  const back = h("button", { type: "button", onclick: turn(-1) }, app.t("network.table.back"));
  const next = h("button", { type: "button", onclick: turn(1) }, app.t("network.table.next"));
  const root = h("section", { class: "things", "aria-label": app.t("network.show.table") },
    h("div", { class: "head" }, filter, told, back, next),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": app.t("network.show.table") }, h("table", {}, h("thead", {}, h("tr", {}, heads)), body)));

  const order = () => {
    rows = [];
    scene.nodes.forEach((shown, node) => { if (shown && (!text || fold(name(nodes.term[node])).includes(text) || fold(name(nodes.class[node])).includes(text))) rows.push(node); });
    const { value, text: words } = columns.find((each) => each.id === by);
    const way = down ? -1 : 1;
    if (value) rows.sort((a, b) => way * (value(a) - value(b)) || a - b);
    else {
      const keys = new Map(rows.map((node) => [node, words(node)]));
      rows.sort((a, b) => way * collator.compare(keys.get(a), keys.get(b)) || a - b);
    }
    render();
  };
  const render = () => {
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    page = Math.min(Math.max(page, 0), pages - 1);
    columns.forEach(({ id }, i) => {
      if (id === by) heads[i].setAttribute("aria-sort", down ? "descending" : "ascending"); else heads[i].removeAttribute("aria-sort");
      heads[i].querySelector(".way").textContent = id !== by ? "" : down ? " ▾" : " ▴";
    });
    fill(body, rows.slice(page * PAGE, (page + 1) * PAGE).map((node) => h("tr", { class: nodes.term[node] === app.selected ? "chosen" : null },
      columns.map((column) => (column.id === "name" ? h("th", { scope: "row" }, button(node)) : h("td", { class: column.value && !column.text ? "number" : null }, column.text ? column.text(node) : figure(column, node)))))));
    told.textContent = rows.length ? app.t("network.table.rows", { from: app.number(page * PAGE + 1), to: app.number(Math.min(rows.length, (page + 1) * PAGE)), count: app.number(rows.length) }) : app.t("network.nothing");
    back.disabled = page === 0;
    next.disabled = page >= pages - 1;
  };
  const button = (node) => {
    const look = scene.look(scene.kindOf[node]);
    return h("button", { type: "button", class: "thing", "aria-current": nodes.term[node] === app.selected ? "true" : null, onclick: () => app.go({ node: curie(app, nodes.term[node]), edge: null }) }, mark(look.colour, look.shape, nodes.status[node]), name(nodes.term[node]));
  };
  let version = -1;
  return {
    root,
    update() {
      if (version !== scene.version) order(); else render();
      version = scene.version;
    },
  };
}
