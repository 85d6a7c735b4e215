// The matrix of fields by industries: who is taught what, near which industry.
import { h } from "../../core/dom.js";
import { cite, keyOf, termOf, thing, word } from "../findings/evidence.js";
import { found, section } from "./gaps.js";
import { TAUGHT, mark } from "./marks.js";

const STATES = ["here", "near", "low", "few", "missing", "part", "elsewhere", "none", "field"];
const REACH = ["here", "part", "around", "agglomeration", "elsewhere", "nowhere"];

/** The model for all places, or for the one that the address names. */
export function fields(app, data, params, findings) {
  const all = data.fields;
  if (!all.links.length) return null;
  const places = [...new Set(all.links.map((link) => link[1]))].sort((a, b) => app.label(a).localeCompare(app.label(b), app.language));
  const place = places.includes(termOf(app, params.place)) ? termOf(app, params.place) : -1;
  const links = all.links.filter((link) => place < 0 || link[1] === place);
  const marks = new Map();
  const width = all.fields.length;
  for (const link of links) {
    for (const [field, at] of link[7]) {
      const key = link[0] * width + field;
      marks.set(key, Math.min(at, marks.get(key) ?? at));
    }
  }
  const at = (row, column) => marks.get(row.own * width + column.own);
  const line = (term, own, alike, total) => ({ term, own, alike, total, name: app.label(term) });
  const placesOf = (own) => new Set(links.filter((link) => link[0] === own).map((link) => link[1])).size;
  const rows = all.industries.map((term, own) => line(term, own, all.alike[0].indexOf(own), placesOf(own))).filter((row) => row.total);
  const used = new Set([...marks.keys()].map((key) => key % width));
  const columns = all.fields.map((term, own) => line(term, own, all.alike[1].indexOf(own), [...marks.keys()].filter((key) => key % width === own).length)).filter((column) => used.has(column.own));
  return {
    label: app.t("matrices.fields.label", { place: place < 0 ? app.t("matrices.place.any") : app.label(place) }),
    file: "fields-by-industries",
    corner: app.t("matrices.fields.corner"),
    blank: app.t("matrices.fields.blank"),
    rows, columns, hides: false,
    choices: [{ param: "place", label: app.t("matrices.place"), value: place < 0 ? "" : params.place, options: [["", app.t("matrices.place.any")], ...places.map((term) => [keyOf(app, term), app.label(term)])] }],
    orders: ["alike", "name", "total"],
    notes: [],
    key(row, column) { return TAUGHT[at(row, column)] ?? null; },
    legend: TAUGHT.map((each) => ({ key: each, mark: mark(each), text: app.t(`matrices.taught.${each}`) })),
    cell(row, column) {
      const found = TAUGHT[at(row, column)];
      return found ? { content: mark(found), words: app.t(`matrices.taught.${found}`), class: found === "unspoken" ? "bare" : null } : null;
    },
    facts(row, column) { return facts(app, all, links, row, column, TAUGHT[at(row, column)], findings); },
  };
}

function facts(app, all, links, row, column, taught, findings) {
  const pair = all.pairs.find(([industry, field]) => industry === row.own && field === column.own);
  const programmes = all.programmes.filter((each) => each[2] === column.own);
  const there = links.filter((link) => link[0] === row.own);
  const said = [...new Set(there.flatMap((link) => link[8]))].map((number) => all.cooperation[number]);
  return [
    taught ? h("p", { class: "state" }, mark(taught), " ", h("strong", {}, app.t(`matrices.taught.${taught}`))) : h("p", {}, app.t("matrices.fields.blank")),
    taught === "unspoken" ? h("p", { class: "world" }, app.t("matrices.fields.world")) : null,
    pair ? [h("h3", {}, app.t("matrices.pair")), h("p", {}, pair[2].map((each, n) => [n ? ", " : null, word(app, each)]), pair[3] ? ` (${pair[3]})` : null), cite(app, pair[4])] : null,
    section(app, "matrices.programmes", programmes.map(([where, actor, , level, few, passages]) => [
      thing(app, where), actor >= 0 ? [" · ", thing(app, actor)] : null, level ? [" · ", word(app, level)] : null,
      few ? ` · ${app.t("matrices.taught.few")}` : null, cite(app, passages),
    ]), programmes.length > 6),
    section(app, "matrices.industries", there.map((link) => [
      thing(app, link[1]), link[2] >= 0 ? ` (${app.label(link[2])})` : null, `: ${app.t(`matrices.training.${STATES[link[3]]}`)}`,
      h("span", { class: "sub" }, ` · ${app.t(`matrices.reach.${REACH[link[4]]}`)}`),
      link[5] ? h("span", { class: "sub" }, ` · ${app.t("matrices.level.needed")} `, word(app, link[5]), link[6] ? [" (", word(app, link[6]), ")"] : null) : null,
      cite(app, link[9]),
    ]), there.length > 6),
    said.length ? section(app, "matrices.cooperation", said.map(([where, , partner, state, passages]) => [
      where >= 0 ? thing(app, where) : null, partner >= 0 ? [" · ", thing(app, partner)] : null, h("span", { lang: "en" }, ` · ${state}`), cite(app, passages),
    ]), said.length > 4) : null,
    found(app, findings, [row.term, column.term]),
  ];
}
