// The matrix of overlap: places and clusters by one another, with Jaccard's index of what both have in an aspect.
import { h } from "../../core/dom.js";
import { cite, keyOf, termOf, thing } from "../findings/evidence.js";
import { found, section } from "./gaps.js";
import { shade } from "./marks.js";

const ENOUGH = 20; // pairs that share something, for an aspect to be the first shown

/** The model of the aspect, level and group that the address names. */
export function overlap(app, data, params, findings) {
  const all = data.overlap;
  if (!all.things.length) return null;
  const first = all.aspects.find((each) => each.pairs >= ENOUGH)?.aspect ?? [...all.aspects].sort((a, b) => b.pairs - a.pairs)[0].aspect;
  const aspect = all.aspects.find((each) => each.aspect === params.aspect) ?? all.aspects.find((each) => each.aspect === first);
  const least = Math.max(1, Math.round(Number(params.least)) || 1);
  const group = all.groups.find(([whole]) => whole === termOf(app, params.group));
  const level = all.levels.indexOf(termOf(app, params.level));
  const know = known(all);
  const has = know.has.get(aspect.aspect);
  const inside = new Set(group?.[1]);
  const chosen = aspect.order.filter((each) => has.get(each).size >= least && (!group || inside.has(each)) && (level < 0 || all.things[each][1].includes(level)));
  const compared = (a, b) => a !== b && !know.nested.has(Math.min(a, b) * all.things.length + Math.max(a, b)) && (Boolean(group) || all.things[a][1].some((each) => all.things[b][1].includes(each)));
  const kept = new Map();
  const index = (a, b) => {
    const key = a < b ? a * all.things.length + b : b * all.things.length + a;
    if (!kept.has(key)) kept.set(key, jaccard(has.get(a), has.get(b)));
    return kept.get(key);
  };
  const sharing = params.all === "1" ? chosen : chosen.filter((a) => chosen.some((b) => compared(a, b) && index(a, b) > 0));
  const shown = new Set(sharing);
  const lines = sharing.map((each, alike) => ({
    term: all.things[each][0], own: each, alike, name: app.label(all.things[each][0]),
    total: sharing.filter((other) => compared(each, other) && index(each, other) > 0).length,
  }));
  const kind = app.t(`matrices.aspect.${aspect.aspect}`);
  return {
    label: app.t("matrices.overlap.label", { aspect: kind }),
    file: `overlap-${aspect.aspect}`,
    corner: app.t("matrices.overlap.corner"),
    blank: app.t("matrices.overlap.blank"),
    rows: lines, columns: lines, hides: false,
    choices: [
      { param: "aspect", label: app.t("matrices.aspect"), value: aspect.aspect, options: all.aspects.filter((each) => each.has.length).map((each) => [each.aspect, app.t(`matrices.aspect.${each.aspect}`)]) },
      { param: "level", label: app.t("matrices.level"), value: level < 0 ? "" : params.level, options: [["", app.t("matrices.level.any")], ...all.levels.map((term) => [keyOf(app, term), app.label(term)])] },
      { param: "group", label: app.t("matrices.group"), value: group ? params.group : "", options: [["", app.t("matrices.group.any")], ...all.groups.map(([term]) => [keyOf(app, term), app.label(term)])] },
      { param: "least", label: app.t("matrices.least"), value: String(least), options: [1, 2, 3, 5].map((each) => [String(each), app.number(each)]) },
    ],
    all: app.t("matrices.overlap.all"),
    orders: ["alike", "name", "total"],
    notes: [
      sharing.some((each) => has.get(each).size === 1) ? app.t("matrices.overlap.single", { count: app.number(sharing.filter((each) => has.get(each).size === 1).length), all: app.number(sharing.length) }) : null,
      params.all === "1" || sharing.length === chosen.length ? null : app.t("matrices.overlap.left", { count: app.number(chosen.length - sharing.length) }),
      all.nested.some(([a, b]) => shown.has(a) && shown.has(b)) ? app.t("matrices.overlap.nested") : null,
    ].filter(Boolean),
    key(row, column) { return compared(row.own, column.own) ? `s${shade(index(row.own, column.own))}` : null; },
    legend: [0, 1, 2, 3, 4, 5].map((each) => ({ key: `s${each}`, mark: h("span", { class: `swatch shade-${each}` }), text: app.t(`matrices.shade.${each}`) })),
    cell(row, column) {
      if (!compared(row.own, column.own)) return null;
      const value = index(row.own, column.own);
      const shared = both(has.get(row.own), has.get(column.own)).length;
      return {
        content: value > 0 ? value.toFixed(2) : "0", value,
        class: `value shade-${shade(value)}`,
        words: app.t("matrices.overlap.words", { value: value.toFixed(2), shared, either: has.get(row.own).size + has.get(column.own).size - shared }),
      };
    },
    facts(row, column) { return facts(app, all, know, aspect.aspect, row, column, compared(row.own, column.own), findings); },
  };
}

/** What the page asks again and again, by thing and aspect; kept with the data. */
function known(all) {
  all.known ??= {
    nested: new Set(all.nested.map(([a, b]) => a * all.things.length + b)),
    has: new Map(all.aspects.map((each) => [each.aspect, new Map(each.has.map(([thingNumber, items]) => [thingNumber, new Map(items)]))])),
  };
  return all.known;
}

const pairKey = (a, b) => (a < b ? `${a} ${b}` : `${b} ${a}`);
const both = (one, two) => [...one.keys()].filter((item) => two.has(item));

/** Shared over all that either has. */
function jaccard(one, two) {
  const shared = both(one, two).length;
  return shared / (one.size + two.size - shared);
}

function facts(app, all, know, chosen, row, column, comparable, findings) {
  if (row === column) return [h("p", {}, thing(app, row.term)), holdings(app, all, know, row)];
  const [a, b] = [row.own, column.own];
  const outputs = all.outputs.find(([x, y]) => pairKey(x, y) === pairKey(a, b));
  const rivals = all.competing.find(([x, y]) => pairKey(x, y) === pairKey(a, b));
  const aspects = [chosen, ...all.aspects.map((each) => each.aspect).filter((each) => each !== chosen)];
  return [
    comparable ? null : h("p", { class: "world" }, app.t("matrices.overlap.blank")),
    rivals ? [h("h3", {}, app.t("matrices.competing")), cite(app, rivals[2])] : h("p", {}, app.t("matrices.competing.not")),
    outputs ? h("p", {}, app.t("matrices.outputs", { krugman: (outputs[2] / 1000).toFixed(2), minimum: (outputs[3] / 1000).toFixed(2) })) : null,
    aspects.map((each) => inAspect(app, all, know.has.get(each), each, row, column)),
    crossing(app, all, know, row, column), crossing(app, all, know, column, row),
    found(app, findings, [row.term, column.term]),
    h("p", { class: "world" }, app.t("matrices.overlap.world")),
  ];
}

function inAspect(app, all, has, aspect, row, column) {
  const [one, two] = [has.get(row.own) ?? new Map(), has.get(column.own) ?? new Map()];
  if (!one.size && !two.size) return null;
  const shared = both(one, two);
  const only = (from, other) => [...from.keys()].filter((item) => !other.has(item));
  const listed = (items, passages) => h("ul", { class: "facts" }, items.map((item) => h("li", {}, itemName(app, all, item), cite(app, passages(item)))));
  const differing = (items, from, line) => (items.length
    ? h("details", { class: "part" }, h("summary", {}, app.t("matrices.only", { place: line.name, count: app.number(items.length) })), listed(items, (item) => from.get(item)))
    : null);
  const value = one.size && two.size ? ` · ${jaccard(one, two).toFixed(2)}` : "";
  return h("section", { class: "aspect" },
    h("h3", {}, `${app.t(`matrices.aspect.${aspect}`)}${value}`),
    shared.length ? [h("p", { class: "sub" }, app.t("matrices.shared", { count: app.number(shared.length) })), listed(shared, (item) => [...one.get(item), ...two.get(item)])] : h("p", { class: "sub" }, app.t("matrices.shared.none")),
    differing(only(one, two), one, row), differing(only(two, one), two, column));
}

/** What one is meant to develop and the other has. */
function crossing(app, all, know, row, column) {
  const [meant, there] = [know.has.get("orientation")?.get(row.own), know.has.get("industry")?.get(column.own)];
  const items = meant && there ? both(meant, there) : [];
  if (!items.length) return null;
  return [
    h("h3", {}, app.t("matrices.crossing", { one: row.name, two: column.name })),
    h("ul", { class: "facts" }, items.map((item) => h("li", {}, itemName(app, all, item), cite(app, [...meant.get(item), ...there.get(item)])))),
  ];
}

function holdings(app, all, know, row) {
  return all.aspects.map(({ aspect }) => {
    const items = [...(know.has.get(aspect).get(row.own) ?? [])];
    return items.length ? h("section", { class: "aspect" }, section(app, `matrices.aspect.${aspect}`, items.map(([item, passages]) => [itemName(app, all, item), cite(app, passages)]))) : null;
  });
}

/** An item: its name, and in brackets at which segment and for what. */
function itemName(app, all, item) {
  const [first, ...rest] = all.items[item];
  return [thing(app, first), rest.length ? [" (", rest.map((term, place) => [place ? ", " : null, thing(app, term)]), ")"] : null];
}
