// What is chosen above the picture: chain, place, another place, a document's statement, and which lines are drawn.
import { h } from "../../core/dom.js";
import { STATES } from "./data.js";
import { markAlone } from "./marks.js";
import { curie } from "./parts.js";

export function controls(app, at) {
  const { chains, chain } = at;
  const special = chains.chains.filter((each) => each.industries.length);
  const general = chains.chains.filter((each) => !each.industries.length);
  const variants = chains.variantsOf(chain).filter((variant) => variant.nodes.length);
  return [
    choice(app, "chain.pick", chain.term, [[app.t("chain.of.industry"), special.map((each) => each.term)], [app.t("chain.of.general"), general.map((each) => each.term)]],
      (value) => app.go({ chain: value, stage: null, stated: null, pair: null })),
    choice(app, "chain.place", at.place, places(app, at, -1), (value) => app.go({ place: value || null, with: value ? app.params.with : null }), app.t("chain.place.no")),
    at.place >= 0 && choice(app, "chain.other", at.other, places(app, at, at.place), (value) => app.go({ with: value || null }), app.t("chain.other.no")),
    variants.length > 0 && choice(app, "chain.stated", at.variant?.chain ?? -1, [["", variants.map((each) => each.chain)]],
      (value) => app.go({ chain: curie(app, chain.term), stated: value || null, stage: null }), app.t("chain.stated.no")),
    h("div", { class: "switches" }, ["needs", "couplings"].map((name) => toggle(app, at, name))),
  ];
}

/** A list to choose from, in groups of terms. */
function choice(app, name, chosen, groups, act, none = null) {
  const option = (term) => h("option", { value: curie(app, term), selected: term === chosen }, app.label(term));
  const select = h("select", { onchange: (event) => act(event.target.value) },
    none !== null && h("option", { value: "", selected: chosen < 0 }, none),
    groups.filter(([, terms]) => terms.length).map(([title, terms]) => (title ? h("optgroup", { label: title }, terms.map(option)) : terms.map(option))));
  return h("label", { class: "choice" }, h("span", {}, app.t(name)), select);
}

/** Places of which something of the chain is recorded first, then those with functions in general, then all others. */
function places(app, at, without) {
  const { chain, chains } = at;
  const first = new Set(chain.places);
  const second = new Set([...chain.cells.keys()].filter((place) => !first.has(place)));
  const other = [...chains.around.keys()].filter((place) => !first.has(place) && !second.has(place));
  const order = new Intl.Collator(app.language === "zh" ? "zh-CN" : "en").compare;
  const sorted = (terms) => [...terms].filter((term) => term !== without).sort((a, b) => order(app.label(a), app.label(b)));
  return [[app.t("chain.place.chain"), sorted(first)], [app.t("chain.place.functions"), sorted(second)], [app.t("chain.place.other"), sorted(other)]];
}

function toggle(app, at, name) {
  const change = (event) => {
    const hidden = new Set(at.hidden);
    hidden.delete("");
    if (event.target.checked) hidden.delete(name); else hidden.add(name);
    app.go({ hide: [...hidden].sort().join(",") || null });
  };
  return h("label", {}, h("input", { type: "checkbox", name, checked: !at.hidden.has(name), onchange: change }), app.t(`chain.show.${name}`));
}

/** What marks and lines mean. */
export function legend(app, at) {
  const states = h("ul", { class: "states", "aria-label": app.t("chain.legend") },
    STATES.map((name, state) => h("li", { title: app.t(`chain.means.${name}`) }, markAlone(state), app.t(`chain.state.${name}`))),
    h("li", {}, h("svg", { class: "mark-alone", width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true" }, h("path", { class: "notch", d: "M0 0h11v11z" })), app.t("chain.several")),
    at.other >= 0 && [["A", at.place], ["B", at.other]].map(([tag, place]) => h("li", {}, h("b", {}, tag), app.label(place))));
  const kinds = ["feeds", !at.hidden.has("needs") && "needs", "stands", !at.hidden.has("couplings") && "couples", !at.hidden.has("couplings") && "proposed"].filter(Boolean);
  return [states, h("ul", { class: "lines", "aria-label": app.t("chain.lines") }, kinds.map((kind) => h("li", {},
    h("svg", { width: 30, height: 10, viewBox: "0 0 30 10", "aria-hidden": "true" }, h("g", { class: `line ${kind === "proposed" ? "couples proposed" : kind}` }, h("path", { d: "M1 5H23", "marker-end": `url(#chain-arrow-${kind === "proposed" ? "couples" : kind})` }))),
    app.t(`chain.line.${kind}`))))];
}
