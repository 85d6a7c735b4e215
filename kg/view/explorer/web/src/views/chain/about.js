// The side area where no stage is picked: the chain, its states at a place, its gaps, statements and couplings.
import { h } from "../../core/dom.js";
import { BLANK, STATES } from "./data.js";
import { mark } from "./marks.js";
import { curie, link, long, nodeLink, passages, placeLink, section, state, thingLink } from "./parts.js";
import { isThere } from "./stage.js";

const WEIGHTS = { state: 3, position: 1, waiting: 1, named: 1 };

export function about(app, at) {
  const { chain } = at;
  const functions = chain.nodes.length - chain.stages.length;
  const places = [at.place, at.other].filter((place) => place >= 0);
  return [
    h("p", {}, app.t("chain.about.counts", { stages: chain.stages.length, functions, places: chain.places.length })),
    places.length ? places.map((place) => [counted(app, at, place), gaps(app, at, place)]) : tops(app, at),
    variants(app, at),
    section(app.t("chain.couplings"), couplings(app, at.couplings)),
    h("p", {}, link(app, app.t("chain.all"), () => app.select(chain.term))),
  ];
}

/** The couplings of one pair, or all of them. */
export function couplings(app, list) {
  if (!list.length) return null;
  return [h("p", { class: "soft" }, app.t("chain.couplings.read")), long(app, list, (each) => [
    app.t("chain.coupling", { from: app.label(each.from), kind: app.label(each.kind), to: app.label(each.to) }), " ",
    each.status !== "actual" && h("span", { class: "proposed" }, app.word("chain.status", each.status)),
    passages(app, each.passages),
  ], 8)];
}

/** What is stated as a gap at a place, worst first. */
function gaps(app, at, place) {
  const cells = [...(at.chain.cells.get(place) ?? [])].filter(([, cell]) => cell.parts);
  const severity = ({ parts }) => Object.entries(WEIGHTS).reduce((sum, [name, weight]) => sum + weight * parts[name], 0) / 6;
  const sorted = cells.sort((a, b) => severity(b[1]) - severity(a[1]) || a[0] - b[0]);
  return section(app.t("chain.gaps"), sorted.length
    ? long(app, sorted, ([node, cell]) => [nodeLink(app, node), " ", h("span", { class: "soft" }, state(app, cell.state), ` ${app.number(severity(cell), 2)}`)], 8)
    : h("p", { class: "soft" }, app.t("chain.gaps.none")));
}

function counted(app, at, place) {
  const count = STATES.map(() => 0);
  for (const node of at.chain.nodes) count[at.chain.cell(node, place).state] += 1;
  return section(app.t("chain.counts", { place: app.label(place) }), h("ul", { class: "counts" }, count.map((number, value) => h("li", {}, state(app, value), h("b", {}, app.number(number))))));
}

function tops(app, at) {
  const found = at.chain.places.map((place) => ({ place, there: at.chain.stages.concat(at.chain.functions).filter((stage) => isThere(at.chain.cell(stage.term, place).state)).length, all: at.chain.nodes.filter((node) => at.chain.cell(node, place).state !== BLANK).length }));
  found.sort((a, b) => b.there - a.there || b.all - a.all || a.place - b.place);
  return section(app.t("chain.tops"), found.length > 0 && long(app, found, ({ place, there, all }) => [
    placeLink(app, place), " ", h("span", { class: "soft" }, app.t("chain.tops.counts", { there, all })), small(app, at, place),
  ], 12));
}

/** The states of the stages at a place, or of the functions where the chain has no stages, as a row of marks. */
function small(app, at, place) {
  const nodes = (at.chain.stages.length ? at.chain.stages : at.chain.functions).slice(0, 24);
  const said = nodes.map(({ term }) => `${app.label(term)}${app.t("details.colon")}${app.t(`chain.state.${STATES[at.chain.cell(term, place).state]}`)}`).join("\n");
  return h("svg", { class: "small", width: nodes.length * 15, height: 14, viewBox: `0 0 ${nodes.length * 15} 14`, role: "img", "aria-label": said },
    h("title", {}, said), nodes.map(({ term }, order) => mark(at.chain.cell(term, place).state, order * 15 + 1, 1, 12)));
}

/** The chain as single documents state it. */
function variants(app, at) {
  const list = at.chains.variantsOf(at.chain);
  return section(app.t("chain.variants"), list.length > 0 && h("ul", { class: "items" }, list.map((variant) => h("li", {},
    thingLink(app, variant.chain), variant.place >= 0 && [" ", h("span", { class: "soft" }, app.t("chain.in", { name: app.label(variant.place) }))],
    variant.nodes.length > 0 && h("div", { class: "soft" }, variant.nodes.map(([term]) => app.label(term)).join(" → ")),
    variant.nodes.length > 0 && h("div", {}, link(app, app.t("chain.variants.show"), () => app.go({ stated: curie(app, variant.chain) }))),
    passages(app, variant.passages)))));
}
