// The side area for a stage or function: what is recorded of it, and what would close a gap.
import { h } from "../../core/dom.js";
import { BLANK, MISSING, PRESENT, SINGLE, STATES, WEAK } from "./data.js";
import { link, long, names, nodeLink, passages, placeLink, section, state, thingLink } from "./parts.js";

/** What is shown of a node; `at` has chains, chain, place and other (-1 for none), variant. */
export function stage(app, at, node) {
  const places = [at.place, at.other].filter((place) => place >= 0);
  return [
    h("p", { class: "soft" }, role(app, at, node)),
    places.length ? places.map((place) => atPlace(app, at, node, place, places.length > 1)) : anywhere(app, at, node),
    section(app.t("chain.links"), links(app, at, node)),
    h("p", {}, link(app, app.t("chain.all"), () => app.select(node))),
  ];
}

function role(app, at, node) {
  const own = at.chain.stages.find((each) => each.term === node);
  const part = app.t("chain.part.of", { names: names(app, at.chains.member.get(node) ?? []) });
  const separator = app.language === "zh" ? "，" : ", ";
  if (!own) return app.t("chain.role.function") + separator + part;
  return (own.order ? app.t("chain.role.stage", { order: own.order }) : app.t("chain.role.bare")) + separator + part;
}

function atPlace(app, at, node, place, named) {
  const cell = at.chain.cell(node, place);
  const said = at.chains.saidAt(at.chain, node, place);
  return h("div", { class: "at-place", "data-place": place },
    named && h("h3", { class: "place" }, app.label(place)),
    h("div", { class: `verdict verdict-${STATES[cell.state]}` },
      h("p", {}, state(app, cell.state), " ", h("span", { class: "soft" }, app.t("chain.in", { name: app.label(place) }))),
      h("p", { class: "soft" }, app.t(`chain.means.${STATES[cell.state]}`), cell.provider >= 0 && [" ", app.t("chain.provider", { name: app.label(cell.provider) })], cell.ofParts && [" ", app.t("chain.ofparts")])),
    section(app.t("chain.said"),
      said.own.length || said.inside.length ? statements(app, at, said.own) : h("p", { class: "soft" }, app.t("chain.said.nothing", { name: app.label(place) })),
      said.inside.length > 0 && [h("h4", {}, app.t("chain.said.inside")), statements(app, at, said.inside)],
      said.around.length > 0 && [h("h4", {}, app.t("chain.said.around")), statements(app, at, said.around)]),
    cell.parts && severity(app, cell),
    closing(app, at, node, place, cell));
}

/** How severe a gap is, and the four parts of that. */
function severity(app, { parts }) {
  const weights = { state: 3, position: 1, waiting: 1, named: 1 };
  const total = Object.entries(parts).reduce((sum, [name, value]) => sum + weights[name] * value, 0) / 6;
  return section(app.t("chain.severity", { value: app.number(total, 2) }), h("ul", { class: "bars" }, Object.entries(parts).map(([name, value]) => h("li", {},
    h("span", {}, `${app.t(`chain.part.${name}`)} × ${weights[name]}`),
    h("svg", { width: 80, height: 8, viewBox: "0 0 80 8", "aria-hidden": "true" }, h("rect", { class: "ground", width: 80, height: 8 }), h("rect", { class: "value", width: 80 * value, height: 8 })),
    h("span", {}, app.number(value, 2))))));
}

function closing(app, at, node, place, cell) {
  const reach = at.chains.reach(at.chain, node, place);
  const [same, other] = [reach.filter((each) => each.shared.length), reach.filter((each) => !each.shared.length)];
  const answers = at.chains.answersAt(at.chain, node, place);
  const title = cell.state === PRESENT ? "chain.besides" : cell.state === BLANK ? "chain.asking" : "chain.closing";
  return h("div", { class: "closing" },
    h("h3", { class: "closes" }, app.t(title)),
    same.length > 0 && [h("h4", {}, app.t("chain.reach.same")), long(app, same, (each) => inReach(app, at, node, each))],
    other.length > 0 && [h("h4", {}, app.t("chain.reach.other")), long(app, other, (each) => inReach(app, at, node, each))],
    !reach.length && h("p", { class: "soft" }, app.t("chain.reach.none")),
    h("h4", {}, app.t("chain.advice")),
    answers.length ? long(app, answers, (each) => advised(app, each)) : h("p", { class: "soft" }, app.t("chain.advice.none")),
    asked(app, at, node, place));
}

function inReach(app, at, node, { place, shared, km }) {
  const said = at.chain.statements(node).filter((each) => each.place === place && (each.state === PRESENT || each.state === WEAK));
  const actors = [...new Set(said.map((each) => each.actor).filter((actor) => actor >= 0))];
  return [
    placeLink(app, place), " ", h("span", { class: "soft" }, [
      km === null ? app.t("chain.km.no") : app.t("chain.km", { km: app.number(km) }), ...(shared.length ? [names(app, shared)] : []),
    ].join(" · ")),
    actors.length > 0 && h("div", {}, actors.map((actor, order) => [order > 0 && " · ", thingLink(app, actor)])),
    passages(app, [...new Set(said.flatMap((each) => each.passages))]),
  ];
}

function advised(app, each) {
  return [h("span", { class: "proposed" }, app.t("chain.proposed")), " ", thingLink(app, each.term), " ", h("span", { class: "soft" }, app.t(`chain.how.${each.how}`)), passages(app, each.passages)];
}

function asked(app, at, node, place) {
  const problems = at.chains.problemsAt(at.chain, node, place);
  const inputs = at.chains.inputsAt(at.chain, place);
  return [
    problems.length > 0 && [h("h4", {}, app.t("chain.problems")), long(app, problems, (each) => [thingLink(app, each.term), passages(app, each.passages)])],
    inputs.length > 0 && [h("h4", {}, app.t("chain.inputs")), long(app, inputs, (each) => [
      thingLink(app, each.input), each.from >= 0 && [" ", h("span", { class: "soft" }, app.t("chain.from", { name: app.label(each.from) }))], passages(app, each.passages),
    ])],
  ];
}

function anywhere(app, at, node) {
  const said = at.chain.statements(node);
  return section(app.t("chain.said.where"), said.length ? statements(app, at, said, 12) : h("p", { class: "soft" }, app.t("chain.said.nowhere")));
}

function statements(app, at, list, first = 8) {
  const sorted = [...list].sort((a, b) => a.state - b.state || (app.label(a.place) < app.label(b.place) ? -1 : 1));
  return list.length > 0 && long(app, sorted, (each) => statement(app, each), first);
}

/** One statement: state, words, where, who, segment, of what, passages. */
function statement(app, each) {
  const more = [
    each.actor >= 0 && h("span", {}, link(app, app.t("chain.who", { name: app.label(each.actor) }), () => app.select(each.actor))),
    each.segment >= 0 && h("span", {}, app.t("chain.segment", { name: app.label(each.segment) })),
    each.regarding.length > 0 && h("span", {}, app.t("chain.regarding", { names: names(app, each.regarding) })),
  ].filter(Boolean);
  return h("div", { class: `statement${each.state === MISSING ? " lacking" : ""}` },
    h("div", {}, state(app, each.state), " ", each.qualifier >= 0 && h("span", { class: "qualifier" }, app.label(each.qualifier)), " ", placeLink(app, each.place)),
    more.length > 0 && h("div", { class: "soft more" }, more),
    passages(app, each.passages));
}

/** What feeds it, what it feeds, who needs it, what it stands for, and how documents state it. */
function links(app, at, node) {
  const { chain, chains } = at;
  const rows = [];
  const add = (title, items) => { if (items.length) rows.push(h("dt", {}, title), h("dd", {}, h("ul", { class: "items" }, items.map((item) => h("li", {}, item))))); };
  const feeds = [...chain.feeds, ...chains.chains.filter((each) => each !== chain && (chains.member.get(node) ?? []).includes(each.term)).flatMap((each) => each.feeds)];
  add(app.t("chain.fed"), feeds.filter((each) => each.to === node).map((each) => [nodeLink(app, each.from), passages(app, each.passages)]));
  add(app.t("chain.feeds"), feeds.filter((each) => each.from === node).map((each) => [nodeLink(app, each.to), passages(app, each.passages)]));
  const need = chain.needs.find((each) => each.term === node);
  if (need) add(app.t("chain.needs.by"), [[names(app, need.by), passages(app, need.passages)]]);
  add(app.t("chain.needs.what"), chain.needs.filter((each) => each.by.includes(node)).map((each) => [nodeLink(app, each.term), passages(app, each.passages)]));
  add(app.t("chain.stands"), chain.stands.filter((each) => each.from === node).map((each) => [nodeLink(app, each.to), passages(app, each.passages)]));
  const stated = [...chains.variants.values()].flatMap((variant) => variant.nodes.filter(([, , , others]) => others.includes(node)).map(([term, , said]) => [
    thingLink(app, term), " ", h("span", { class: "soft" }, app.label(variant.chain)), passages(app, said),
  ]));
  add(app.t("chain.statedas"), stated);
  return rows.length ? h("dl", { class: "links" }, rows) : null;
}

export const isThere = (value) => value === PRESENT || value === SINGLE || value === WEAK;
