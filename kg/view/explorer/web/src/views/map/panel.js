// Beside the picture: what is known of the place picked, the legend, and what the picture does not show.
import { h } from "../../core/dom.js";
import { radius, shownGroups, styleOf } from "./draw.js";
import { arrow, mark } from "./shapes.js";

const STATES = ["present", "single", "weak", "planned", "missing"];
const MANY = 12;

/** The summary of the place picked. */
export function summary(picture) {
  const { app, atlas, selected: place } = picture;
  if (!place) return h("p", { class: "hint" }, app.t("map.pick"));
  const group = atlas.groupOf(place);
  const kind = [place.cls >= 0 && app.label(place.cls), place.proposed && app.t("map.proposed")].filter(Boolean).join(", ");
  const where = place.located ? app.t("map.at", { latitude: place.latitude, longitude: place.longitude }) : app.t(group ? "map.noneofitsown" : "map.nopoint");
  const list = (key, items) => items.length > 0 && [h("h3", {}, app.t(key, { count: items.length })), listOf(app, items)];
  const link = (target) => h("button", { type: "button", class: "link", onclick: () => picture.visit(target) }, atlas.name(target));
  const { value } = figureOf(picture, place);
  return h("section", { "aria-labelledby": "map-picked" },
    h("h2", { id: "map-picked" }, atlas.name(place)),
    h("p", { class: "kind" }, kind), h("p", { class: "where" }, where, place.lies !== null && [". ", app.t("map.liesin"), " ", link(atlas.places[place.lies])]),
    h("p", { class: "figure" }, h("strong", {}, app.t("map.pair", { name: picture.measure.name, value: "" })), " ", value),
    h("dl", {}, counts(picture, place).map(([name, count]) => [h("dt", {}, name), h("dd", {}, count)])),
    stages(picture, place),
    list("map.summary.memberships", atlas.memberships(place).map((each) => [link(each.group.place), ` (${app.t(`map.role.${each.role}`)}${each.group.proposed ? `, ${app.t("map.proposed")}` : ""})`])),
    group && list("map.summary.members", group.members.map((each) => [link(each.place), ` (${app.t(`map.role.${each.role}`)})`])),
    list("map.summary.sites", atlas.sitesIn(place).map((each) => [link(each), each.proposed ? ` (${app.t("map.proposed")})` : ""])),
    list("map.summary.to", atlas.steps.filter((step) => step.source === place).map((step) => stepOf(picture, step, link(step.target)))),
    list("map.summary.from", atlas.steps.filter((step) => step.target === place).map((step) => stepOf(picture, step, link(step.source)))),
    h("p", { class: "links" },
      h("button", { type: "button", class: "primary chain", onclick: () => app.go({ view: "chain", place: atlas.address(place), node: atlas.address(place) }) }, app.t("map.chain")),
      h("button", { type: "button", onclick: () => picture.pick(null) }, app.t("map.close"))));
}

function figureOf({ app, measure }, place) {
  const found = measure.values.get(place);
  if (!found) return { value: app.t("map.unrecorded") };
  const text = [found.text, measure.unit, measure.period].filter(Boolean).join(" ");
  return { value: found.issue ? [text, h("span", { class: "issue" }, app.t("map.flagged", { issue: found.issue }))] : text };
}

function counts({ app }, place) {
  const { industries: [has, proposed] } = place;
  return [
    [app.t("map.measure.passages"), app.number(place.passages)], [app.t("map.measure.facts"), app.number(place.facts)],
    [app.t("map.measure.industries"), proposed ? app.t("map.andproposed", { has, proposed }) : app.number(has)],
  ];
}

function stages({ app }, place) {
  if (!place.states) return h("p", { class: "soft" }, app.t("map.nostages"));
  return [
    h("h3", {}, app.t("map.summary.stages")),
    h("ul", { class: "states" }, STATES.map((state, i) => place.states[i] > 0 && h("li", { class: state }, app.t("map.pair", { name: app.t(`map.state.${state}`), value: app.number(place.states[i]) }))),
      h("li", { class: "gaps" }, app.t("map.pair", { name: app.t("map.measure.gaps"), value: app.number(place.states[5]) }))),
  ];
}

function stepOf({ app }, step, link) {
  return [link, ` (${app.word("map.relation", step.relation)}${step.proposed ? `, ${app.t("map.proposed")}` : ""})`];
}

/** A list; what is beyond a dozen opens at a click. */
function listOf(_app, items) {
  const list = (part) => h("ul", {}, part.map((item) => h("li", {}, item)));
  if (items.length <= MANY) return list(items);
  return [list(items.slice(0, MANY)), h("details", {}, h("summary", {}, `+ ${items.length - MANY}`), list(items.slice(MANY)))];
}

/** What sizes, shapes, lines and outlines mean. */
export function legend(picture) {
  const { app, measure, atlas, shown } = picture;
  if (!measure) return null;
  const entry = (drawing, text, key = null) => h("li", { "data-legend": key }, drawing, h("span", {}, text));
  const icon = (width, height, ...parts) => h("svg", { class: "icon", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, parts);
  const values = [...measure.values].filter(([place]) => place.located).map(([, { value }]) => value);
  const most = Math.max(...values, 0);
  const dot = (value) => icon(40, 40, h("g", { class: "place" }, h("path", { class: "dot", d: mark("city", 20, 20, radius(value, most, 18)) })));
  const flagged = [...measure.values.values()].filter(({ issue }) => issue).length;
  const shape = (level) => icon(22, 20, h("g", { class: "place" }, h("path", { class: "dot", d: mark(level, 11, 10, 6) })));
  const levels = ["province", "city", "county", "town"].filter((level) => atlas.located.some((place) => place.level === level));
  const line = (kind, proposed) => {
    const { line: path, head } = arrow([2, 14], [46, 14], 0, 0, kind === "radiates" ? 9 : 7);
    return icon(50, 20, h("g", { class: `arrow ${kind} ${proposed ? "proposed" : ""}` }, h("path", { class: "line", d: path }), h("path", { class: "head", d: head })));
  };
  const steps = [["radiates", false], ["radiates", true], ["core", false], ...(shown.has("members") ? [["member", false], ["contains", false]] : [])];
  const groups = shownGroups({ atlas, layers: shown, selected: picture.selected });
  const border = (group) => {
    const { colour, line: kind } = styleOf(group);
    const d = "M3 10h36";
    return icon(42, 20, h("g", { class: `group o${colour} ${kind} ${group.proposed ? "proposed" : ""}` }, h("path", { class: "base", d }), kind !== "plain" && h("path", { class: "over", d })));
  };
  return [
    h("h2", {}, app.t("map.legend")),
    h("h3", {}, [measure.name, measure.unit, measure.period].filter(Boolean).join(", ")),
    h("ul", { class: "sizes" }, sizes(most).map((value) => entry(dot(value), app.number(value, 3), "size"))),
    h("ul", {},
      entry(icon(22, 20, h("g", { class: "place empty" }, h("path", { class: "dot", d: mark("city", 11, 10, 4) }))), app.t("map.legend.empty")),
      flagged > 0 && entry(icon(22, 20, h("g", { class: "place flagged" }, h("path", { class: "dot", d: mark("city", 11, 10, 5) }), h("path", { class: "flag", d: mark("city", 11, 10, 8) }))), app.t("map.legend.flagged", { count: flagged }), "flagged"),
      levels.map((level) => entry(shape(level), app.t(`map.level.${level}`))),
      shown.has("sites") && entry(icon(22, 20, h("g", { class: "site" }, h("path", { d: mark("zone", 7, 10, 4) })), h("g", { class: "site proposed" }, h("path", { d: mark("zone", 16, 10, 4) }))), app.t("map.legend.sites"))),
    shown.has("spillover") && [h("h3", {}, app.t("map.layer.spillover")), h("ul", {}, steps.map(([kind, proposed]) => entry(line(kind, proposed), app.t(`map.legend.${kind}${proposed ? ".proposed" : ""}`))),
      entry(icon(22, 20, h("g", { class: "anchor" }, h("rect", { x: 6, y: 5, width: 9, height: 9 }))), app.t("map.legend.anchor")))],
    groups.length > 0 && [h("h3", {}, app.t("map.legend.groups")), h("p", { class: "soft" }, app.t("map.legend.hull")),
      h("ul", { class: "outlines" }, groups.map((group) => h("li", {}, border(group), h("button", { type: "button", class: "link", onclick: () => picture.visit(group.place) }, atlas.name(group.place)))))],
  ];
}

/** Three values for the legend of sizes: round ones, the largest not above the largest shown. */
function sizes(most) {
  if (!(most > 0)) return [];
  const round = (value) => {
    const power = 10 ** Math.floor(Math.log10(value));
    return [5, 2, 1].find((each) => each * power <= value * 1.0001) * power;
  };
  return [...new Set([most, most / 4, most / 20].map(round))];
}

/** What is not in the picture, and why. */
export function notes(picture) {
  const { app, atlas } = picture;
  const without = atlas.places.filter((place) => !place.located);
  const shown = without.filter((place) => atlas.groupOf(place) || place.site);
  const rest = without.filter((place) => !shown.includes(place));
  const link = (place) => h("button", { type: "button", class: "link", onclick: () => picture.pick(place) }, atlas.name(place));
  const listed = (places) => h("ul", { class: "listed" }, places.map((place) => h("li", {}, link(place), place.lies !== null && ` (${app.t("map.liesin")} ${atlas.name(atlas.places[place.lies])})`)));
  const { outside = [], left = 0 } = picture;
  return [
    h("h2", {}, app.t("map.notes")),
    atlas.located.length === 0 && h("p", {}, app.t("map.noplaces")),
    outside.length > 0 && h("p", { class: "outside" }, app.t("map.outside", { count: outside.length }), " ", names(picture, outside), " ", h("button", { type: "button", onclick: () => picture.show(atlas.located) }, app.t("map.showall"))),
    h("details", { class: "without" }, h("summary", {}, app.t("map.without", { count: rest.length })), listed(rest)),
    h("details", { class: "otherwise" }, h("summary", {}, app.t("map.otherwise", { count: shown.length })), listed(shown)),
    left > 0 && h("p", {}, app.t("map.left", { count: left })),
    h("p", {}, app.t(atlas.boundaries ? "map.boundaries" : "map.noboundaries")),
  ];
}

function names({ atlas }, places) {
  const named = places.slice(0, 4).map((place) => atlas.name(place)).join(", ");
  return places.length > 4 ? `${named} …` : named;
}
