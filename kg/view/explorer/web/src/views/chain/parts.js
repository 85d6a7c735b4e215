// Small parts that the side area and the table share: states in words, passages, links to places and stages.
import { h } from "../../core/dom.js";
import { STATES } from "./data.js";
import { markAlone } from "./marks.js";

const FIRST = 6;

/** A state by mark and word. */
export function state(app, value, lead = "") {
  return h("span", { class: "state" }, markAlone(value), `${lead}${app.t(`chain.state.${STATES[value]}`)}`);
}

/** Passages behind a statement, folded: source, section and anchor of each; a click shows all of it. */
export function passages(app, list) {
  if (!list.length) return h("span", { class: "soft" }, app.t("chain.passages.none"));
  const count = list.length === 1 ? app.t("chain.passages.one") : app.t("chain.passages", { count: list.length });
  return h("details", { class: "sources" }, h("summary", {}, count), h("ul", {}, list.map((term) => {
    const found = app.graph.passage(term, app.language);
    const words = found ? [found.sourceLabel, found.section, found.anchor && `“${found.anchor}”`].filter(Boolean) : [app.label(term)];
    return h("li", {}, link(app, words[0], () => app.select(term)), words.length > 1 && ` ${words.slice(1).join(" · ")}`);
  })));
}

/** A text that acts as a link within the page. */
export function link(app, words, act, title) {
  return h("button", { type: "button", class: "plain", title, onclick: act }, words);
}

export function placeLink(app, term) {
  return link(app, app.label(term), () => app.go({ place: curie(app, term) }));
}

export function nodeLink(app, term) {
  return link(app, app.label(term), () => app.go({ stage: curie(app, term), pair: null }));
}

export function thingLink(app, term) {
  return link(app, app.label(term), () => app.select(term));
}

export const curie = (app, term) => app.graph.curie(app.graph.iri(term));

/** Names in a row, as the language separates them. */
export const names = (app, terms) => terms.map((term) => app.label(term)).join(app.language === "zh" ? "、" : ", ");

/** A list of which only the first are shown; the rest unfolds. */
export function long(app, items, make, first = FIRST) {
  const rest = items.slice(first);
  return [
    h("ul", { class: "items" }, items.slice(0, first).map((item) => h("li", {}, make(item)))),
    rest.length > 0 && h("details", { class: "rest" }, h("summary", {}, app.t("chain.more", { count: rest.length })), h("ul", { class: "items" }, rest.map((item) => h("li", {}, make(item))))),
  ];
}

/** A heading with what belongs to it; nothing where there is nothing. */
export function section(title, ...body) {
  const held = body.flat(Infinity).filter(Boolean);
  return held.length ? h("section", {}, h("h3", {}, title), held) : null;
}
