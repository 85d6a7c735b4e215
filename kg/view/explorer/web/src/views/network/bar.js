// The tools above the picture, and the filters in use as chips.
import { FACETS, format } from "../../core/filter.js";
import { fill, h } from "../../core/dom.js";
import { combobox } from "./combobox.js";
import { nameOf } from "./facets.js";
import { COLOURINGS } from "./scene.js";

const SHOWS = ["picture", "table", "summary"];

/** @param told {find(node), path(), filters()} */
export function toolbar(app, scene, told) {
  const find = combobox(app, scene, { label: app.t("network.find"), hint: app.t("network.find.hint"), choose: told.find });
  const shows = new Map(SHOWS.map((show) => [show, h("button", { type: "button", onclick: () => app.go({ show }) }, app.t(`network.show.${show}`))]));
  const colour = select("network.colour", COLOURINGS.filter((how) => how in app.network.nodes), (how) => app.go({ colour: how === "class" ? null : how }));
  const size = select("network.size", scene.sizes, (how) => app.go({ size: how === scene.sizes[0] ? null : how }));
  const filters = h("button", { type: "button", class: "filter", "aria-controls": "network-filters", onclick: told.filters }, app.t("network.filters"));
  const path = h("button", { type: "button", class: "to-path", onclick: told.path }, app.t("network.path"));

  const own = h("button", { type: "button", class: "own", title: app.t("network.arrange.hint"), onclick: () => app.go({ arrange: own.getAttribute("aria-pressed") === "true" ? "whole" : "own" }) }, app.t("network.arrange"));

  function select(name, values, choose) {
    const element = h("select", { onchange: () => choose(element.value) }, values.map((value) => h("option", { value }, app.t(`${name}.${value}`))));
    return { label: h("label", { class: name.split(".")[1] }, app.t(name), " ", element), element };
  }

  const root = h("div", { class: "bar" }, filters, find.root,
    h("div", { class: "shows", role: "group", "aria-label": app.t("network.show") }, [...shows.values()]), colour.label, size.label, own, path);
  const update = (show, arranged, few) => {
    for (const [id, button] of shows) button.setAttribute("aria-pressed", String(id === show));
    colour.element.value = scene.colouring;
    size.element.value = scene.sizing;
    own.setAttribute("aria-pressed", String(arranged));
    own.hidden = show !== "picture" || !few;
    for (const element of [colour.label, size.label, path]) element.hidden = show !== "picture";
  };
  return { root, update };
}

/** The filters in use, each with a button that takes it away. */
export function chips(app) {
  const root = h("div", { class: "chips", role: "group", "aria-label": app.t("network.filter.inuse"), hidden: true });
  const update = (filter) => {
    const found = FACETS.flatMap((facet) => filter[facet].map((value) => ({ facet, value })));
    root.hidden = !found.length;
    fill(root, found.map(({ facet, value }) => {
      const name = nameOf(app, facet, value);
      return h("button", { type: "button", class: "chip", "aria-label": app.t("network.filter.remove", { name }), onclick: () => app.go({ [facet]: format(filter[facet].filter((each) => each !== value)) }) },
        h("small", {}, app.t(`network.facet.${facet}`)), " ", h("span", { class: "name" }, name), h("span", { "aria-hidden": "true" }, " ×"));
    }));
  };
  return { root, update };
}
