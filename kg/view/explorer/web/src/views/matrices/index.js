// The view "matrices": gaps, overlap, fields by industries; a table, and beside it the facts behind the picked cell.
import { download, fill, h } from "../../core/dom.js";
import { load as loadFindings } from "../findings/data.js";
import { csv, keyOf, termOf, thing } from "../findings/evidence.js";
import { load } from "./data.js";
import { fields } from "./fields.js";
import { gaps } from "./gaps.js";
import { grid } from "./grid.js";
import { overlap } from "./overlap.js";
import text from "./text.js";

const MODELS = { gaps, overlap, fields };
const MOST = 100; // rows and columns that are drawn
const FEW_EMPTY = 6; // rows without a record that are drawn all the same
const APART = ["row", "column", "node", "lang", "embed"]; // of the address: what does not change the table
const ABOUT = ["chain", "aspect", "level", "group", "least", "place", "all", "order", "rows", "columns", "state", "row", "column"];

/** Make the view; `update` is called with the parameters of the address each time they change. */
function create(app) {
  const parts = {
    tabs: h("div", { class: "kinds", role: "group", "aria-label": app.t("matrices.which") }),
    choices: h("span", { class: "choices" }),
    filters: ["rows", "columns"].map((name) => h("input", { name, type: "search", size: 12, oninput: (event) => app.go({ [name]: event.target.value }, true) })),
    rest: h("span", { class: "choices" }),
    legend: h("div", { class: "legend", role: "group", "aria-label": app.t("matrices.legend") }),
    notes: h("p", { class: "notes", role: "status" }),
    hover: h("p", { class: "hover" }, app.t("matrices.hint")),
    table: h("div", { class: "table" }),
    facts: h("aside", { class: "facts-panel", "aria-label": app.t("matrices.facts"), hidden: true }),
  };
  const root = h("div", { class: "view-matrices" },
    h("div", { class: "top" }, parts.tabs, h("form", { class: "controls", onsubmit: (event) => event.preventDefault() },
      parts.choices, parts.filters.map((field) => h("label", {}, app.t(`matrices.filter.${field.name}`), field)), parts.rest)),
    h("div", { class: "how" }, parts.legend, parts.notes),
    h("div", { class: "both" }, h("div", { class: "matrix" }, parts.table, parts.hover), parts.facts));
  let shown = null;
  let data = null;
  let findings = null;
  let params = {};
  let alive = true;

  Promise.all([load(), loadFindings()]).then(([matrices, found]) => {
    [data, findings] = [matrices, found];
    if (!alive) return;
    if (data) draw();
    else fill(root, h("p", { class: "nothing" }, app.t("matrices.none")));
  });

  const draw = () => {
    if (!data) return;
    const kind = params.matrix in MODELS && Object.hasOwn(MODELS, params.matrix) ? params.matrix : "gaps";
    const signature = JSON.stringify([kind, ...Object.entries(params).filter(([name]) => !APART.includes(name)).sort()]);
    if (shown?.signature !== signature) {
      const model = MODELS[kind](app, data, params, findings);
      shown = { signature, kind, model, ...(model ? arranged(app, model, params) : { rows: [], columns: [] }) };
      focusKept(parts.tabs, () => fill(parts.tabs, Object.keys(MODELS).map((each) => tab(app, each, kind))));
      focusKept(parts.choices, () => fill(parts.choices, model ? choices(app, shown) : null));
      focusKept(parts.rest, () => fill(parts.rest, model ? rest(app, shown, params) : null));
      for (const field of parts.filters) if (document.activeElement !== field) field.value = params[field.name] ?? "";
      focusKept(parts.legend, () => fill(parts.legend, model ? legend(app, shown, params) : null));
      fill(parts.notes, shown.notes?.map((note) => h("span", {}, `${note} `)));
      table();
    }
    pick();
    parts.table.dataset.matrix = kind;
  };

  const table = () => {
    const { model, rows, columns } = shown;
    if (!model || !rows.length || !columns.length) {
      shown.grid = null;
      fill(parts.table, h("p", { class: "nothing" }, app.t(model ? "matrices.nothing" : "matrices.none")));
      return;
    }
    shown.grid = grid({
      colon: app.t("details.colon"),
      rows, columns, label: model.label, corner: model.corner, blank: model.blank,
      cell(r, c) {
        const cell = model.cell(rows[r], columns[c]);
        if (!cell || !params.state || model.key(rows[r], columns[c]) === params.state) return cell;
        return { ...cell, class: `${cell.class ?? ""} dim` };
      },
    }, {
      pick: (r, c) => app.go({ row: keyOf(app, rows[r].term), column: keyOf(app, columns[c].term) }),
      head: (term) => app.select(term),
      hover: (words) => { parts.hover.textContent = words || app.t("matrices.hint"); },
    });
    fill(parts.table, shown.grid.root);
  };

  const pick = () => {
    const { rows, columns, model } = shown;
    const [row, column] = [termOf(app, params.row), termOf(app, params.column)];
    const [r, c] = [rows.findIndex((each) => each.term === row), columns.findIndex((each) => each.term === column)];
    const [one, two] = [model?.rows.find((each) => each.term === row), model?.columns.find((each) => each.term === column)];
    root.classList.toggle("has-facts", Boolean(one && two));
    parts.facts.hidden = !one || !two;
    shown.grid?.mark(r, c);
    if (parts.facts.hidden) return;
    const key = `${shown.signature} ${row} ${column}`;
    if (parts.facts.dataset.cell === key) return;
    parts.facts.dataset.cell = key;
    fill(parts.facts,
      h("div", { class: "title" },
        h("h2", {}, thing(app, row), " × ", thing(app, column)),
        h("button", { type: "button", class: "close", "aria-label": app.t("matrices.close"), title: app.t("matrices.close"), onclick: () => app.go({ row: null, column: null }) }, "×")),
      model.facts(one, two));
    parts.facts.scrollTop = 0;
    if (matchMedia("(max-width: 900px)").matches) parts.facts.scrollIntoView({ block: "nearest" });
  };

  return {
    root,
    update(next) { params = next; draw(); },
    resize() {},
    destroy() { alive = false; },
  };
}

function tab(app, kind, shown) {
  const clear = Object.fromEntries(ABOUT.map((name) => [name, null]));
  return h("button", { type: "button", "aria-pressed": kind === shown ? "true" : "false", onclick: () => app.go({ ...clear, matrix: kind }) }, app.t(`matrices.${kind}`));
}

/** Rows and columns as they are asked for: filtered, without empty ones, in order, not too many; and what to say of it. */
function arranged(app, model, params) {
  const order = model.orders.includes(params.order) ? params.order : model.orders[0];
  const notes = [...model.notes];
  const all = params.all === "1";
  const named = (lines, words) => {
    const wanted = (words ?? "").trim().toLowerCase();
    return wanted ? lines.filter((line) => [line.name, ...app.graph.names(line.term)].some((name) => name.toLowerCase().includes(wanted))) : lines;
  };
  let rows = named(model.rows, params.rows);
  let columns = named(model.columns, params.columns);
  const empty = rows.filter((row) => row.total === 0).length;
  const hidden = model.hides && !all && empty > FEW_EMPTY;
  if (hidden) {
    rows = rows.filter((row) => row.total > 0);
    notes.push(app.t("matrices.empty", { count: app.number(empty) }));
  }
  const most = (lines, key) => {
    if (lines.length <= MOST) return lines;
    notes.push(app.t(key, { shown: app.number(MOST), count: app.number(lines.length) }));
    return [...lines].sort((a, b) => b.total - a.total).slice(0, MOST);
  };
  const orders = {
    own: (a, b) => a.own - b.own,
    alike: (a, b) => a.alike - b.alike,
    name: (a, b) => a.name.localeCompare(b.name, app.language),
    total: (a, b) => b.total - a.total || a.name.localeCompare(b.name, app.language),
  };
  const compare = orders[order];
  rows = [...most(rows, "matrices.most.rows")].sort(compare);
  columns = [...most(columns, "matrices.most.columns")].sort(order === "own" ? orders.alike : compare);
  return { rows, columns, order, notes, hidden };
}

function choices(app, { model, order }) {
  const select = (param, label, value, options, clear) => h("label", {}, label, h("select", { name: param, onchange: (event) => app.go({ [param]: event.target.value, ...clear }) },
    options.map(([key, name]) => h("option", { value: key, selected: key === value }, name))));
  return [
    model.choices.map((choice) => select(choice.param, choice.label, choice.value, choice.options, { row: null, column: null })),
    select("order", app.t("matrices.order"), order, model.orders.map((each) => [each, app.t(`matrices.order.${each}`)])),
  ];
}

function rest(app, shown, params) {
  const { model } = shown;
  const check = model.all ?? (model.hides ? app.t("matrices.empty.show") : null);
  return [
    check ? h("label", { class: "check" }, h("input", { name: "all", type: "checkbox", checked: params.all === "1", onchange: (event) => app.go({ all: event.target.checked ? "1" : null }) }), check) : null,
    h("button", { type: "button", class: "csv", onclick: () => download(`${model.file}.csv`, table(app, shown)) }, app.t("matrices.csv")),
  ];
}

/** Fill a part anew and leave the focus where it was in it. */
function focusKept(part, make) {
  const place = [...part.querySelectorAll("select, button, input")].indexOf(document.activeElement);
  make();
  if (place >= 0) part.querySelectorAll("select, button, input")[place]?.focus();
}

/** The matrix as shown, as CSV: names and IRIs of rows, names of columns, in each cell the state in words or the number. */
function table(app, { model, rows, columns }) {
  const cells = (row) => columns.map((column) => {
    const cell = model.cell(row, column);
    return cell === null ? "" : cell.value ?? cell.words;
  });
  return csv([[model.corner, "IRI", ...columns.map((each) => each.name)], ...rows.map((row) => [row.name, app.graph.iri(row.term), ...cells(row)])]);
}

/** The marks with how many cells have each; one that is pressed makes the other cells pale. */
function legend(app, shown, params) {
  const { model, rows, columns } = shown;
  const counts = new Map();
  for (const row of rows) {
    for (const column of columns) {
      const key = model.key(row, column);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [
    model.legend.map(({ key, mark, text: words }) => h("button", {
      type: "button", class: "state", "aria-pressed": params.state === key ? "true" : "false",
      onclick: () => app.go({ state: params.state === key ? null : key }),
    }, mark, h("span", {}, words), h("span", { class: "count" }, app.number(counts.get(key) ?? 0)))),
    model.more ? h("span", { class: "more" }, model.more) : null,
  ];
}

export default { id: "matrices", text, create };
