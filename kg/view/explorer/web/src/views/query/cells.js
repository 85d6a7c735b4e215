// Cells of an answer as a reader sees them, as kg/query/results.py has them: compact IRIs, names that lead to what they
// name, and passages by source and section.
import { h } from "../../core/dom.js";
import { numeric } from "./answers.js";

const FEW = 3;
const SHORT = 36;
const BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean";

/**
 * The columns of an answer but those of IRIs that have a column of names beside them.
 * @returns [{at, name, iri}]: place, heading, and place of the IRI that the cells name, or -1
 */
export function readable(variables) {
  const found = [];
  variables.forEach((variable, at) => {
    if (variables.includes(`${variable}_label`) || variables.includes(`${variable}_labels`)) return;
    const own = variable.endsWith("_label") ? variables.indexOf(variable.slice(0, -"_label".length)) : -1;
    found.push({ at, name: variable.replace(/_labels$|_label$/, "").replaceAll("_", " "), iri: own });
  });
  return found;
}

/** The text of a cell; `named` is the IRI that it names, whose name in the language shown is taken where it has one. */
export function textOf(app, term, named = null) {
  if (named?.type === "uri") {
    const number = app.graph.number(named.value);
    if (app.language === "zh" && number >= 0 && app.graph.labels.zh.has(number)) return app.label(number);
  }
  if (!term) return "";
  if (term.type === "uri") return app.graph.curie(term.value);
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.datatype === BOOLEAN) return app.t(term.value === "true" || term.value === "1" ? "query.yes" : "query.no");
  const value = numeric(term);
  if (Number.isFinite(value) && /[.eE]/.test(term.value) && term.value.length > 10) return String(Number(value.toPrecision(4)));
  return term.value;
}

/** What a cell holds, as nodes. */
export function cellOf(app, term, named = null) {
  const text = textOf(app, term, named);
  if (named?.type === "uri") return link(app, named.value, text || app.graph.curie(named.value));
  if (!term) return "";
  if (term.type === "uri") return link(app, term.value, text);
  const several = term.type === "literal" && term.value.includes("://") ? linked(app, term.value) : null;
  if (several) return several;
  return h("span", { lang: term["xml:lang"], title: term["xml:lang"] ?? term.datatype }, text);
}

/** A name that shows the details of what it names, where the graph has it. */
export function link(app, iri, text, className = "thing") {
  const number = app.graph.number(iri);
  if (number < 0) return h("span", { title: iri }, text);
  return h("button", { type: "button", class: className, title: app.graph.curie(iri), onclick: () => app.select(number) }, text);
}

/** IRIs in one text, each as a link; null where not all are of the graph. */
function linked(app, text) {
  const iris = text.split(/\s+/).filter(Boolean);
  if (!iris.every((iri) => app.graph.number(iri) >= 0)) return null;
  const all = iris.map((iri) => h("li", {}, link(app, iri, passageOf(app, iri), "passage")));
  const list = h("ul", { class: "several" }, all.slice(0, FEW));
  if (all.length > FEW) {
    const more = h("button", { type: "button", class: "more", onclick: () => { more.parentElement.remove(); list.append(...all.slice(FEW)); } }, app.t("query.more", { count: all.length - FEW }));
    list.append(h("li", {}, more));
  }
  return list;
}

/** Source, shortened, section and place of a passage; the name of anything else. */
function passageOf(app, iri) {
  const number = app.graph.number(iri);
  const found = app.graph.passage(number, app.language);
  if (!found) return app.label(number);
  const source = found.sourceLabel.length > SHORT ? `${found.sourceLabel.slice(0, SHORT - 1).trimEnd()}…` : found.sourceLabel;
  return [source, found.section, found.anchor].filter(Boolean).join(", ");
}
