// Rows of the panel: a term as a link or a text, and below it where it is said.
import { fill, h } from "../core/dom.js";
import { isLiteral, literal } from "../core/terms.js";
import { otherOf, propertyName } from "./facts.js";

const FIRST = 12;
const NEXT = 200;
const WORST = 3;
const LONGEST = 600;

/** A term of data: things can be selected, literals are shown with language, type and unit. */
export function termView(app, term, unit = -1) {
  if (isLiteral(app.graph.terms[term])) return literalView(app, term, unit);
  return h("button", { type: "button", class: "thing", title: app.graph.iri(term), onclick: () => app.select(term) }, h("bdi", {}, app.label(term) || app.graph.iri(term)));
}

function literalView(app, term, unit) {
  const { value, language, datatype } = literal(app.graph.terms[term]);
  const text = h("bdi", { class: "literal", lang: /^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/.test(language) && language }, value.slice(0, LONGEST));
  const rest = value.length > LONGEST && h("button", { type: "button", class: "more", onclick: (event) => { text.textContent = value; event.target.remove(); text.tabIndex = -1; text.focus(); } }, app.t("details.whole", { count: app.number(value.length - LONGEST) }));
  return h("span", {}, text, unit >= 0 && [" ", h("span", { class: "unit" }, termView(app, unit))], rest,
    (language || datatype) && [" ", h("span", { class: "kind" }, language || app.graph.curie(datatype))]);
}

/** A group of rows, the first of them at once and the others on demand. */
export function groupView(app, about, group) {
  const list = h("ul", { class: "rows" });
  const more = h("button", { type: "button", class: "more" });
  let shown = 0;
  const show = (count) => {
    const from = shown;
    for (const row of group.rows.slice(from, from + count)) list.append(rowView(app, about, group, row));
    shown = Math.min(group.rows.length, from + count);
    const left = group.rows.length - shown;
    more.hidden = left === 0;
    more.textContent = left > NEXT ? app.t("details.next", { count: app.number(NEXT), left: app.number(left) }) : app.t("details.more", { count: app.number(left) });
    return list.children[from];
  };
  more.addEventListener("click", () => {
    const first = show(NEXT);
    first.tabIndex = -1;
    first.focus();
  });
  show(group.rows.length <= FIRST + 3 ? FIRST + 3 : FIRST);
  return h("section", { class: "group" }, heading(app, group), list, more);
}

function heading(app, group) {
  const count = h("span", { class: "count" }, app.number(group.count));
  if (group.property < 0) return h("h4", {}, app.t(`details.${group.direction}.all`), " ", count);
  const name = h("button", { type: "button", class: "property", title: app.graph.iri(group.property), onclick: () => app.select(group.property) }, propertyName(app, group.property));
  return h("h4", {}, group.direction === "into" ? [h("span", { class: "arrow", "aria-hidden": "true" }, "← "), name, h("span", { class: "hidden" }, ` ${app.t("details.into.short")}`)] : name, " ", count);
}

function rowView(app, about, group, row) {
  const apart = group.property >= 0;
  const things = [row.subject, row.object];
  const other = apart ? [otherOf(row, group.direction)] : things;
  const faults = other.flatMap((term) => (term === about.shown ? [] : about.data.faultsOf(term)));
  const unit = unitOf(app, about, row);
  return h("li", { class: "row" },
    h("div", { class: "says" }, apart
      ? termView(app, other[0], unit)
      : [termView(app, row.subject), h("span", { class: "via" }, ` ${propertyName(app, row.property)} `), termView(app, row.object, unit)],
    faults.length > 0 && faultMark(app, faults)),
    h("ul", { class: "said" }, row.quads.map((quad) => whereView(app, about, quad, things))));
}

/** The unit of a number: said of the same subject in the same graph. */
function unitOf(app, about, row) {
  const property = about.data.units.get(row.property);
  if (property === undefined || !isLiteral(app.graph.terms[row.object])) return -1;
  const { g, s, p, o } = app.graph.quads;
  for (let i = 0; i < s.length; i += 1) if (s[i] === row.subject && p[i] === property && g[i] === g[row.quads[0]]) return o[i];
  return -1;
}

/** Where a quad is said: a passage with its source, section and anchor, or in words what else its graph is. */
export function whereView(app, about, quad, things) {
  const graph = app.graph.quads.g[quad];
  const origin = about.data.origin(graph);
  const faults = about.data.faultsAt(graph, things);
  const numbers = ["g", "s", "p", "o"].map((column) => app.graph.quads[column][quad]).join(" ");
  return h("li", { class: `where ${origin}`, "data-quad": numbers },
    origin === "none" ? app.t("details.none") : h("button", { type: "button", class: "place", title: title(app, about, graph, origin), onclick: () => app.select(graph) }, place(app, about, graph, origin)),
    faults.length > 0 && faultMark(app, faults));
}

function place(app, about, graph, origin) {
  if (origin === "passage") {
    const { sourceLabel, section, anchor } = app.graph.passage(graph, app.language);
    return [h("bdi", { class: "source" }, sourceLabel), section && h("bdi", { class: "section" }, ` § ${section}`), anchor && h("bdi", { class: "anchor" }, app.t("details.anchor", { anchor }))];
  }
  return h("bdi", {}, app.t(`details.${origin}`, { name: origin === "rule" ? about.data.rules.get(graph).name : app.label(graph) }));
}

function title(app, about, graph, origin) {
  const passage = app.graph.passage(graph, app.language);
  if (passage) return `${passage.sourceLabel} § ${passage.section}`;
  return origin === "rule" ? about.data.rules.get(graph).comment : app.graph.iri(graph);
}

/** A sign that something is wrong, with what; it leads to the fault. */
function faultMark(app, faults) {
  const text = faults.map((each) => `${app.label(each.kind)}${app.t("details.colon")}${explanation(app, each)}`).join("\n");
  return h("button", { type: "button", class: "fault", title: text, "aria-label": app.t("details.fault", { what: text }), onclick: () => app.select(faults[0].issue >= 0 ? faults[0].issue : faults[0].of) }, "⚠");
}

const explanation = (app, each) => (each.explanation < 0 ? "" : literal(app.graph.terms[each.explanation]).value);

/** The faults of a thing or passage as a warning. */
export function faultsView(app, faults, shown) {
  if (!faults.length) return null;
  return h("section", { class: "faults", role: "note" }, h("h3", {}, h("span", { "aria-hidden": "true" }, "⚠ "), app.t("details.faults")),
    h("ul", {}, faults.map((each) => h("li", {},
      h("strong", {}, app.label(each.kind)), app.t("details.colon"), h("bdi", {}, explanation(app, each)), " ",
      each.of !== shown && [app.t("details.concerns"), termView(app, each.of), " "],
      each.issue >= 0 && each.issue !== shown && h("button", { type: "button", class: "more", onclick: () => app.select(each.issue) }, app.t("details.fault.more"))))));
}

/** The findings about a thing, the worst first. */
export function findingsView(app, findings) {
  if (!findings.length) return null;
  const list = h("ul", { class: "findings" });
  const row = ({ finding, kind, severity }) => h("li", {}, termView(app, finding), " ",
    h("span", { class: "kind" }, app.t("details.severity", { kind: app.label(kind), severity: app.number(severity, 2) })));
  const rest = findings.slice(WORST);
  const more = rest.length > 0 && h("button", { type: "button", class: "more", onclick: () => { fill(list, findings.map(row)); more.remove(); list.children[WORST].tabIndex = -1; list.children[WORST].focus(); } }, app.t("details.more", { count: app.number(rest.length) }));
  fill(list, findings.slice(0, WORST).map(row));
  return h("section", {}, h("h3", {}, app.t("details.findings"), " ", h("span", { class: "count" }, app.number(findings.length))), list, more);
}
