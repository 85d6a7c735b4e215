// The view "findings": what the analyses found, worst first, with filters; one opened with its parts and passages.
import { download, fill, h } from "../../core/dom.js";
import { load } from "./data.js";
import { csv, keyOf, termOf } from "./evidence.js";
import { countsOf, facets, filtered, read, searchable } from "./filter.js";
import { opened } from "./opened.js";
import text from "./text.js";

const PAGE = 50;
const FILTERS = ["kind", "place", "chain", "about", "source", "text", "severity", "sort", "page"];

/** Make the view; `update` is called with the parameters of the address each time they change. */
function create(app) {
  const parts = {
    filters: h("form", { class: "filters", "aria-label": app.t("findings.filters"), onsubmit: (event) => event.preventDefault() }),
    head: h("div", { class: "head" }),
    pinned: h("div", { class: "pinned" }),
    list: h("ol", { class: "list" }),
    pages: h("nav", { class: "pages", "aria-label": app.t("findings.pages") }),
  };
  const narrow = matchMedia("(max-width: 900px)").matches;
  const root = h("div", { class: "view-findings" },
    h("details", { class: "side", open: !narrow }, h("summary", {}, app.t("findings.filters")), parts.filters),
    h("section", { class: "found", "aria-label": app.t("findings.title") }, parts.head, parts.pinned, parts.list, parts.pages));
  let data = null;
  let filters = null;
  let params = {};
  let before = "";
  let alive = true;

  load().then((found) => {
    data = found;
    if (!alive) return;
    if (!data) return void fill(root, h("p", { class: "nothing" }, app.t("findings.none")));
    searchable(app, data);
    filters = facets(app, data, (changes, replace) => app.go({ page: null, finding: null, ...changes }, replace));
    fill(parts.filters, filters.parts);
    draw();
  });

  const draw = () => {
    if (!filters) return;
    const wanted = read(app, data, params);
    const rows = filtered(app, data, wanted);
    const open = data.finding.indexOf(termOf(app, params.finding));
    const place = rows.indexOf(open);
    const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
    const page = Math.min(last, Math.max(0, (Math.round(Number(params.page)) || 1) - 1));
    const signature = JSON.stringify([...FILTERS, "finding"].map((name) => params[name]));
    if (signature === before) return;
    before = signature;
    filters.update(wanted, countsOf(data, wanted));
    const shown = place >= 0 && !params.page ? Math.floor(place / PAGE) : page;
    const here = rows.slice(shown * PAGE, (shown + 1) * PAGE);
    fill(parts.head, head(app, data, rows, params));
    fill(parts.pinned, open >= 0 && !here.includes(open) ? [h("p", {}, app.t(place < 0 ? "findings.pinned" : "findings.pinned.page")), h("ol", { class: "list" }, item(open, true))] : null);
    parts.list.start = shown * PAGE + 1;
    fill(parts.list, here.map((row) => item(row, row === open)));
    if (!rows.length) fill(parts.list, h("li", { class: "nothing" }, app.t("findings.nothing")));
    fill(parts.pages, last > 0 ? pager(app, shown, last) : null);
    if (open >= 0) root.querySelector(".item.open")?.scrollIntoView({ block: "nearest" });
  };

  const item = (row, open) => {
    const key = keyOf(app, data.finding[row]);
    const toggle = h("button", {
      type: "button", class: "line", "aria-expanded": open ? "true" : "false", "data-finding": key,
      onclick: () => { app.go({ finding: open ? null : key }); refocus(key); },
    }, bar(app, data.severity[row] / 1000), h("span", { class: "kind" }, app.label(data.kinds[data.kind[row]][0])), h("span", { class: "label" }, name(row)));
    return h("li", { class: `item${open ? " open" : ""}` }, toggle, open ? opened(app, data, row) : null);
  };

  // The names of findings may be in one language only: what they are about has names in both.
  const name = (row) => {
    const own = app.graph.labels[app.language].has(data.finding[row]);
    const about = own ? null : h("span", { class: "sub" }, data.about[row].map((term) => app.label(term)).join(app.language === "zh" ? "、" : ", "));
    return [h("span", { lang: own ? null : "en" }, app.label(data.finding[row])), about];
  };

  const refocus = (key) => root.querySelector(`[data-finding="${CSS.escape(key)}"]`)?.focus();

  return {
    root,
    update(next) { params = next; draw(); },
    resize() {},
    destroy() { alive = false; },
  };
}

/** A severity from 0 to 1 as a bar and a number. */
function bar(app, value) {
  return h("span", { class: "severity", title: app.t("findings.severity") },
    h("span", { class: "bar", "aria-hidden": "true" }, h("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none" }, h("rect", { width: Math.round(value * 100), height: 10 }))),
    h("span", { class: "number" }, value.toFixed(2)));
}

function head(app, data, rows, params) {
  const clear = Object.fromEntries(FILTERS.map((name) => [name, null]));
  const some = FILTERS.some((name) => name !== "sort" && name !== "page" && params[name]);
  return [
    h("p", { class: "count", role: "status" }, app.t("findings.count", { count: app.number(rows.length), all: app.number(data.size) })),
    some ? h("button", { type: "button", class: "clear", onclick: () => app.go({ ...clear, finding: null }) }, app.t("findings.clear")) : null,
    h("label", {}, app.t("findings.sort"), h("select", { name: "sort", onchange: (event) => app.go({ sort: event.target.value, page: null }) },
      ["severity", "kind", "name"].map((each) => h("option", { value: each, selected: (params.sort ?? "severity") === each }, app.t(`findings.sort.${each}`))))),
    h("button", { type: "button", class: "csv", onclick: () => download("findings.csv", table(app, data, rows)) }, app.t("findings.csv")),
  ];
}

function pager(app, page, last) {
  const step = (to, key) => h("button", { type: "button", disabled: to < 0 || to > last, onclick: () => app.go({ page: String(to + 1), finding: null }) }, app.t(key));
  return [step(page - 1, "findings.previous"), h("span", {}, app.t("findings.page", { page: app.number(page + 1), pages: app.number(last + 1) })), step(page + 1, "findings.next")];
}

/** The findings of the list as CSV. */
function table(app, data, rows) {
  const iris = (terms) => terms.map((term) => app.graph.iri(term)).join(" ");
  return csv([
    ["finding", "kind", "label", "severity", "explanation", "about", "about_label", "passages", "command"],
    ...rows.map((row) => [
      app.graph.iri(data.finding[row]), app.label(data.kinds[data.kind[row]][0]), app.label(data.finding[row]), data.severity[row] / 1000,
      data.explanation[row] < 0 ? "" : app.label(data.explanation[row]), iris(data.about[row]),
      data.about[row].map((term) => app.label(term)).join("; "), iris(data.passages[row]), data.commands[data.command[row]],
    ]),
  ]);
}

export default { id: "findings", text, create };
