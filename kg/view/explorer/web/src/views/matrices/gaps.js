// The matrix of gaps: the stages of a chain by the places of which anything is recorded for it.
import { h } from "../../core/dom.js";
import { aboutAll } from "../findings/data.js";
import { cite, keyOf, termOf, thing, things, word } from "../findings/evidence.js";
import { NOT_RECORDED, STATES, mark } from "./marks.js";

const THERE = 2; // present, one provider, weak
const [ROW, COLUMN, STATE, SEVERITY, PROVIDER, STATEMENTS, PROBLEMS, AROUND] = [0, 1, 2, 3, 4, 5, 6, 7];

/** The model of the chain that the address names, or of the one with most places. */
export function gaps(app, data, params, findings) {
  const all = data.gaps;
  if (!all.length) return null;
  const asked = termOf(app, params.chain);
  const chain = all.find((each) => each.chain === asked) ?? all.reduce((best, each) => (each.places.length > best.places.length ? each : best));
  const width = chain.places.length;
  const cells = new Map(chain.cells.map((cell) => [cell[ROW] * width + cell[COLUMN], cell]));
  const state = (r, c) => cells.get(r * width + c)?.[STATE] ?? NOT_RECORDED;
  const recorded = (count, of) => Array.from({ length: count }, (_each, place) => place).filter((place) => of(place) !== NOT_RECORDED).length;
  const rows = chain.stages.map((term, own) => ({
    term, own, name: app.label(term), alike: chain.alike[0].indexOf(own), total: recorded(width, (c) => state(own, c)),
  }));
  const columns = chain.places.map((term, own) => ({
    term, own, name: app.label(term), alike: chain.alike[1].indexOf(own), total: recorded(rows.length, (r) => state(r, own)),
  }));
  const statesOf = (cell) => new Set(cell[STATEMENTS].map((number) => chain.statements[number][0]));
  const name = app.label(chain.chain);
  return {
    label: app.t("matrices.gaps.label", { chain: name }),
    file: `gaps-${keyOf(app, chain.chain).replace(/[^\w-]+/g, "-")}`,
    corner: app.t("matrices.gaps.corner"),
    blank: app.t("matrices.state.none"),
    rows, columns, hides: true,
    choices: [{ param: "chain", label: app.t("matrices.chain"), value: keyOf(app, chain.chain), options: all.map((each) => [keyOf(app, each.chain), app.label(each.chain)]) }],
    orders: ["own", "alike", "name", "total"],
    notes: asked >= 0 && asked !== chain.chain ? [app.t("matrices.gaps.bare", { chain: app.label(asked) })] : [],
    key(row, column) { return STATES[state(row.own, column.own)]; },
    legend: STATES.map((each) => ({ key: each, mark: mark(each), text: app.t(`matrices.state.${each}`) })),
    more: [mark("present", true), app.t("matrices.several")],
    cell(row, column) {
      const cell = cells.get(row.own * width + column.own);
      const at = cell?.[STATE] ?? NOT_RECORDED;
      const several = cell ? statesOf(cell).size > 1 : false;
      return { content: mark(STATES[at], several), words: app.t(`matrices.state.${STATES[at]}`), class: at === NOT_RECORDED ? "bare" : null };
    },
    facts(row, column) {
      return facts(app, { chain, findings, row, column, columns, state, cell: cells.get(row.own * width + column.own) });
    },
  };
}

function facts(app, about) {
  const { chain, row, column, cell, findings } = about;
  const at = cell?.[STATE] ?? NOT_RECORDED;
  const place = keyOf(app, column.term);
  return [
    h("p", { class: "state" }, mark(STATES[at]), " ", h("strong", {}, app.t(`matrices.state.${STATES[at]}`)),
      cell && cell[SEVERITY] >= 0 ? ` · ${app.t("matrices.severity", { severity: (cell[SEVERITY] / 100).toFixed(2) })}` : null),
    at === NOT_RECORDED ? h("p", { class: "world" }, app.t("matrices.gaps.world")) : null,
    cell && cell[PROVIDER] >= 0 ? h("p", {}, app.t("matrices.provider"), " ", thing(app, cell[PROVIDER])) : null,
    cell?.[STATEMENTS].length ? section(app, "matrices.said", cell[STATEMENTS].map((number) => statement(app, chain.statements[number], column.term))) : null,
    cell?.[PROBLEMS].length ? section(app, "matrices.problems", cell[PROBLEMS].map((term) => thing(app, term))) : null,
    cell?.[AROUND].length ? section(app, "matrices.around", cell[AROUND].map(([term, other]) => [mark(STATES[other]), " ", thing(app, term), `: ${app.t(`matrices.state.${STATES[other]}`)}`])) : null,
    elsewhere(app, about),
    found(app, findings, [column.term, row.term, chain.chain]),
    h("p", { class: "ways" },
      h("button", { type: "button", onclick: () => app.go({ view: "chain", chain: keyOf(app, chain.chain), place, stage: keyOf(app, row.term) }) }, app.t("matrices.open.chain")),
      h("button", { type: "button", onclick: () => app.go({ view: "findings", place, chain: keyOf(app, chain.chain) }) }, app.t("matrices.open.findings"))),
  ];
}

/** One statement: its state, where, by whom and for what it is said, and the passages. */
function statement(app, [state, place, actor, low, words, regarding, passages], column) {
  return [
    mark(STATES[state]), " ", app.t(`matrices.state.${STATES[state]}`),
    words !== "" && state !== 0 ? [" (", word(app, words), ")"] : null,
    low ? ` (${app.t("matrices.low")})` : null,
    place !== column ? [" · ", app.t("matrices.in"), " ", thing(app, place)] : null,
    actor >= 0 ? [" · ", thing(app, actor)] : null,
    regarding.length ? [" · ", app.t("matrices.for"), " ", things(app, regarding)] : null,
    cite(app, passages),
  ];
}

function elsewhere(app, { row, column, columns, state }) {
  const others = columns.filter((other) => other !== column && state(row.own, other.own) <= THERE);
  if (!others.length) return null;
  return section(app, "matrices.elsewhere", others.map((other) => [
    mark(STATES[state(row.own, other.own)]), " ",
    h("button", { type: "button", class: "thing", onclick: () => app.go({ column: keyOf(app, other.term) }) }, other.name),
  ]), others.length > 6);
}

/** The findings about some things, as links to the view of findings. */
export function found(app, findings, terms) {
  const rows = findings ? aboutAll(findings, terms) : [];
  if (!rows.length) return null;
  return section(app, "matrices.found", rows.map((row) => h("button", {
    type: "button", class: "thing", onclick: () => app.go({ view: "findings", finding: keyOf(app, findings.finding[row]) }),
  }, `${(findings.severity[row] / 1000).toFixed(2)} · ${app.label(findings.finding[row])}`)), rows.length > 4);
}

/** A heading and a list under it, folded where it is long. */
export function section(app, key, items, folded = false) {
  const list = h("ul", { class: "facts" }, items.map((item) => h("li", {}, item)));
  const title = app.t(key, { count: app.number(items.length) });
  return folded ? h("details", { class: "part" }, h("summary", {}, title), list) : [h("h3", {}, title), list];
}
