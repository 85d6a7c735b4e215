// What the views of matrices and findings share: names that can be selected, passages, and tables as CSV.
import { h } from "../../core/dom.js";

const FEW = 3;

/** The name of a term as a button that shows its details; where there is no term, nothing. */
export function thing(app, term, text = null) {
  if (term < 0 || term === undefined) return null;
  return h("button", { type: "button", class: "thing", onclick: () => app.select(term) }, text ?? app.label(term));
}

/** Several such names, with commas between them. */
export function things(app, terms) {
  const comma = app.language === "zh" ? "、" : ", ";
  return terms.filter((term) => term >= 0).map((term, place) => [place ? comma : null, thing(app, term)]);
}

/** Passages by their source: section and anchor of each; many are folded. */
export function cite(app, passages, open = false) {
  const found = [...new Set(passages)].filter((term) => term >= 0);
  if (!found.length) return null;
  const list = h("ul", { class: "cites" }, bySource(app, found).map(([source, group]) => h("li", {},
    source < 0 ? null : h("span", { class: "source", title: app.label(source) }, thing(app, source)),
    group.map((term, place) => [place ? "; " : null, passage(app, term)]))));
  if (found.length <= FEW || open) return list;
  return h("details", { class: "cites" }, h("summary", {}, app.t("findings.passages.count", { count: app.number(found.length) })), list);
}

function bySource(app, passages) {
  const groups = new Map();
  for (const term of passages) {
    const source = app.graph.passage(term, app.language)?.source ?? -1;
    if (!groups.has(source)) groups.set(source, []);
    groups.get(source).push(term);
  }
  return [...groups];
}

function passage(app, term) {
  const found = app.graph.passage(term, app.language);
  if (!found) return thing(app, term);
  const section = found.section ? app.t("findings.section", { section: found.section }) : "";
  return [
    thing(app, term, section || app.label(term)),
    found.anchor ? h("q", { class: "anchor" }, found.anchor) : null,
  ];
}

/** What an analysis says in a word: a term by its name, or an English text. */
export function word(app, value) {
  return typeof value === "number" ? app.label(value) : value ? h("span", { lang: "en" }, value) : null;
}

/** Rows as CSV (RFC 4180); a text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csv(rows) {
  return rows.map((row) => row.map(field).join(",")).join("\r\n").concat("\r\n");
}

function field(value) {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value ?? "") ? `'${value}` : value ?? "";
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A term as the address names it, and the term that the address names, or -1. */
export const keyOf = (app, term) => app.graph.curie(app.graph.iri(term));
export const termOf = (app, key) => (key ? app.graph.number(app.graph.expand(key)) : -1);
