// The picture: graticule, the user's boundaries, outlines of groups, steps of spillover, places, names, scale and credits.
import { geoPath } from "d3-geo";
import { h } from "../../core/dom.js";
import { graticule, round, scale } from "./geo.js";
import { Room, shortened, textWidth, wrapped } from "./labels.js";
import { arrow, closed, mark, outline } from "./shapes.js";

const OUTLINES = 6; // colours
const LINES = ["plain", "double", "thick", "beads", "ticks"];
const FONT = 12;
const EMPTY = 3.5;
const LARGE = 7; // dots that are named before groups

/** The radius of a value's dot: areas are as the values. */
export function radius(value, most, largest) { return Math.max(3, largest * Math.sqrt(Math.max(value, 0) / most)); }

/** Which outline a group has: colours and lines change at different paces, so that no two of thirty are alike. */
export function styleOf(group) { return { colour: group.slot % OUTLINES, line: LINES[group.slot % LINES.length] }; }

/**
 * Draw a scene {atlas, view, layers, measure, selected, largest, t}; gives its elements and what it could not show:
 * {elements, left: steps without two ends}.
 */
export function draw(scene) {
  const { view, layers } = scene;
  const drawn = { ...scene, room: new Room(view.width, view.height), credits: credits(scene) };
  drawn.bottom = view.height - drawn.credits.length * 14 - 6;
  drawn.spots = spots(drawn);
  drawn.reached = scene.selected ? scene.atlas.downstream(scene.selected) : null;
  reserve(drawn);
  const steps = stepElements(drawn);
  const elements = [
    h("rect", { class: "ground", width: view.width, height: view.height }),
    layers.has("graticule") && graticuleElements(drawn),
    boundaryElements(drawn),
    h("g", { class: "groups" }, shownGroups(drawn).map((group) => groupElement(drawn, group))),
    steps.elements,
    h("g", { class: "places" }, placeElements(drawn)),
    layers.has("sites") && h("g", { class: "sites" }, siteElements(drawn)),
    h("g", { class: "names" }, nameElements(drawn)),
    frameElements(drawn),
  ];
  return { elements, left: steps.left };
}

/** The groups whose outlines are shown: those of the layers, and the one that is picked. */
export function shownGroups({ atlas, layers, selected }) {
  const layer = { agglomeration: "agglomerations", zone: "zones", region: "regions" };
  return atlas.groups.filter((group) => layers.has(layer[group.kind]) || group.place === selected);
}

/** Where places and groups are in the picture, and how far they reach. */
function spots(scene) {
  const { atlas, view, measure, largest } = scene;
  const most = Math.max(...[...measure.values].filter(([place]) => place.located).map(([, { value }]) => value), 0) || 1;
  const found = new Map();
  for (const place of atlas.located) {
    const given = measure.values.get(place);
    const reach = given && given.value > 0 ? radius(given.value, most, largest) : EMPTY;
    found.set(place, { at: view.place([place.longitude, place.latitude]), reach, given });
  }
  for (const group of atlas.groups) {
    const points = group.members.map(({ place }) => found.get(place).at);
    const middle = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
    const alone = points.length === 1 && found.get(group.members[0].place);
    if (!found.has(group.place)) found.set(group.place, { at: middle, reach: alone ? alone.reach : 5, group, points });
  }
  return found;
}

function inside(scene, [x, y], margin = 40) {
  return x > -margin && y > -margin && x < scene.view.width + margin && y < scene.view.height + margin;
}

function dotsOf(scene) {
  return scene.atlas.located.map((place) => ({ place, ...scene.spots.get(place) })).filter(({ at }) => inside(scene, at))
    .sort((a, b) => b.reach - a.reach);
}

function reserve(scene) {
  const { room, view, bottom } = scene;
  for (const { at: [x, y], reach } of dotsOf(scene)) room.take([x - reach, y - reach, x + reach, y + reach]);
  room.take([0, bottom - 24, view.width, view.height]);
}

function graticuleElements(scene) {
  const { view, bottom } = scene;
  return h("g", { class: "graticule" }, graticule(view, bottom).map(({ path, label, at, meridian }) => [
    h("path", { d: path }),
    at && inside(scene, at, 1) && h("text", meridian ? { x: round(at[0] + 3), y: round(bottom - 28) } : { x: 4, y: round(at[1] - 3) }, label),
  ]));
}

function boundaryElements({ atlas, layers, view }) {
  if (!atlas.boundaries || !layers.has("boundaries")) return null;
  // Made once for each projection, since there may be many: a move only changes where it stands.
  view.projection.boundaries ??= h("path", { class: "boundaries", d: geoPath(view.projection).digits(2)(atlas.boundaries.geojson) ?? "" });
  const { k, x, y } = view.transform;
  view.projection.boundaries.setAttribute("transform", `translate(${round(x)} ${round(y)}) scale(${k})`);
  return view.projection.boundaries;
}

/** An outline stands the further off, the more outlines of fewer members it shares members with. */
function padding(scene, group) {
  const smaller = shownGroups(scene).filter((other) => other !== group && other.members.length + other.slot / 1_000 < group.members.length + group.slot / 1_000
    && other.members.some(({ place }) => group.members.some((each) => each.place === place)));
  return (13 + 5 * Math.min(smaller.length, 8)) * Math.min(1, Math.max(0.35, scene.view.k));
}

function groupElement(scene, group) {
  const points = scene.spots.get(group.place).points ?? group.members.map(({ place }) => scene.spots.get(place).at);
  const border = outline(points, padding(scene, group));
  const path = closed(border);
  const { colour, line } = styleOf(group);
  scene.borders ??= new Map();
  scene.borders.set(group, border);
  const dim = scene.selected && group.place !== scene.selected && !group.members.some(({ place }) => place === scene.selected);
  return h("g", { class: `group o${colour} ${line} ${group.proposed ? "proposed" : ""} ${dim ? "dim" : ""}`, "data-place": group.place.index, "data-term": group.place.term },
    h("path", { class: "area", d: path }), h("path", { class: "base", d: path }), line !== "plain" && h("path", { class: "over", d: path }));
}

function stepElements(scene) {
  const { atlas, layers, spots: at, reached } = scene;
  const groups = new Set(shownGroups(scene).map((group) => group.place));
  const ends = new Set();
  const lines = [];
  let left = 0;
  if (!layers.has("spillover")) return { elements: null, left };
  for (const step of atlas.steps) {
    const [from, to] = [at.get(step.source), at.get(step.target)];
    if (!from || !to) { left += 1; continue; }
    const picked = reached?.has(step);
    const known = [step.source, step.target].every((place) => place.located || groups.has(place));
    const wanted = step.kind === "radiates" || step.target === scene.selected || (known && (step.kind === "core" || layers.has("members")));
    if (!wanted && !picked) continue;
    const made = arrow(from.at, to.at, from.reach, to.reach, step.kind === "radiates" ? 9 : 7);
    for (const place of [step.source, step.target]) if (!place.located) ends.add(place);
    if (!made) continue;
    const dim = scene.selected && !picked && step.target !== scene.selected;
    const dropped = picked ? `step${Math.min(reached.get(step), 3)}` : "";
    lines.push(h("g", { class: `arrow ${step.kind} ${step.proposed ? "proposed" : ""} ${dim ? "dim" : ""} ${dropped}`, "data-step": atlas.steps.indexOf(step) },
      h("path", { class: "reach", d: made.line }), h("path", { class: "line", d: made.line }), h("path", { class: "head", d: made.head })));
  }
  scene.ends = ends;
  const anchors = [...ends].filter((place) => at.get(place).points?.length > 1).map((place) => {
    const { at: [x, y] } = at.get(place);
    return h("g", { class: `anchor ${place.proposed ? "proposed" : ""}`, "data-place": place.index }, h("rect", { x: round(x - 4.5), y: round(y - 4.5), width: 9, height: 9 }));
  });
  return { elements: h("g", { class: "steps" }, lines, anchors), left };
}

function placeElements(scene) {
  return dotsOf(scene).map(({ place, at: [x, y], reach, given }) => {
    const empty = !given || given.value <= 0;
    const classes = ["place", empty && "empty", given?.issue && "flagged", place.proposed && "proposed", place === scene.selected && "selected"];
    return h("g", { class: classes.filter(Boolean).join(" "), "data-place": place.index, "data-term": place.term },
      reach < 9 && h("circle", { class: "reach", cx: round(x), cy: round(y), r: 9 }),
      place === scene.selected && h("circle", { class: "ring", cx: round(x), cy: round(y), r: round(reach + 5) }),
      h("path", { class: "dot", d: mark(place.level, x, y, reach) }),
      given?.issue && h("path", { class: "flag", d: mark(place.level, x, y, reach + 2.5) }));
  });
}

/**
 * Zones and parks without a point stand in a row below the place in which they lie: a sign that they are there, not where.
 * Where there is no room for the row, one mark and their number do.
 */
function siteElements(scene) {
  const { room } = scene;
  return dotsOf(scene).flatMap(({ place, at: [x, y], reach }) => {
    const sites = scene.atlas.sitesIn(place);
    if (!sites.length) return [];
    const below = y + reach + 8;
    const row = [x - sites.length * 5, below - 5, x + sites.length * 5, below + 5];
    if (sites.length > 1 && !room.free(row)) {
      room.take([x - 5, below - 5, x + 16, below + 5]);
      return h("g", { class: "site", "data-place": place.index }, h("path", { d: mark("zone", x, below, 3.6) }),
        h("text", { class: "name", x: round(x + 5), y: round(below + 4) }, `×${sites.length}`));
    }
    room.take(row);
    return sites.map((site, i) => {
      const spot = [x + (i - (sites.length - 1) / 2) * 10, below];
      return h("g", { class: `site ${site.proposed ? "proposed" : ""} ${site === scene.selected ? "selected" : ""}`, "data-place": site.index },
        h("path", { d: mark(site.level, spot[0], spot[1], 3.6) }));
    });
  });
}

function nameElements(scene) {
  const { layers, atlas, selected, room } = scene;
  const found = [];
  if (selected && scene.spots.has(selected) && inside(scene, scene.spots.get(selected).at, 0)) {
    found.push(name(scene, selected, scene.spots.get(selected), "selected", true));
  }
  if (!layers.has("labels")) return found;
  const dots = dotsOf(scene).filter(({ place }) => place !== selected);
  const large = dots.filter(({ given, reach }) => given && reach > LARGE).slice(0, 12);
  for (const dot of large) found.push(name(scene, dot.place, dot, ""));
  const near = (group) => Number(group.members.some(({ place }) => place === selected));
  const outlines = [...(scene.borders ?? [])].sort(([a], [b]) => near(b) - near(a) || b.members.length - a.members.length);
  for (const [group, border] of outlines) if (group.place !== selected) found.push(groupName(scene, group, border, room));
  for (const end of scene.ends ?? []) {
    if (end !== selected && !outlines.some(([group]) => group.place === end)) found.push(name(scene, end, scene.spots.get(end), "of-group"));
  }
  for (const dot of dots) if (!large.includes(dot)) found.push(name(scene, dot.place, dot, dot.given ? "" : "soft"));
  return found.filter(Boolean);
}

function name(scene, place, { at, reach }, kind, force = false) {
  const text = shortened(scene.atlas.name(place), 28);
  const spot = scene.room.beside(text, at, reach, FONT, { bold: kind !== "" && kind !== "soft", force });
  return spot && h("text", { class: `name ${kind}`, x: round(spot.x), y: round(spot.y), "data-place": place.index }, text);
}

/** The name of a group beside the highest, lowest, rightmost or leftmost point of its outline. */
function groupName(scene, group, border, room) {
  const text = shortened(scene.atlas.name(group.place), scene.view.width < 600 ? 22 : 34);
  const width = textWidth(text, FONT, true);
  const by = (test) => border.reduce((best, point) => (test(point) < test(best) ? point : best));
  const [top, low, left, right] = [by((p) => p[1]), by((p) => -p[1]), by((p) => p[0]), by((p) => -p[0])];
  const tries = [
    [top[0] - width / 2, top[1] - 5], [low[0] - width / 2, low[1] + 14], [right[0] + 5, right[1] + 4], [left[0] - width - 5, left[1] + 4],
    [top[0], top[1] - 5], [top[0] - width, top[1] - 5], [low[0], low[1] + 14], [low[0] - width, low[1] + 14],
  ];
  for (const [x, y] of tries) {
    const box = [x - 2, y - FONT, x + width + 2, y + 4];
    if (!room.free(box)) continue;
    room.take(box);
    return h("text", { class: `name of-group ${group.proposed ? "proposed" : ""} o${styleOf(group).colour}`, x: round(x), y: round(y), "data-place": group.place.index }, text);
  }
  return null;
}

/** What must stand in the picture: whose points and boundaries these are. */
function credits({ atlas, layers, view, t }) {
  const lines = [...atlas.gazetteers()].map(([host, count]) => (host === "geonames.org"
    ? t("map.credit.geonames", { count }) : host ? t("map.credit.other", { count, host }) : t("map.credit.none", { count })));
  const found = [`${lines.join("; ")}. ${t("map.wgs84")}`];
  if (atlas.boundaries && layers.has("boundaries")) found.push(t("map.credit.boundaries", { credit: atlas.boundaries.credit }));
  return found.flatMap((text) => wrapped(text, view.width - 12, 11));
}

function frameElements({ view, credits: lines, bottom, t, number }) {
  const bar = scale(view);
  const [x, y] = [view.width - 14, bottom - 8];
  return h("g", { class: "frame" },
    bar && h("g", { class: "scale", "data-kilometres": bar.kilometres, "data-pixels": bar.pixels },
      h("path", { d: `M${round(x - bar.pixels)} ${round(y - 5)}v5h${round(bar.pixels)}v-5` }),
      h("text", { x: round(x), y: round(y - 7), "text-anchor": "end" }, t("map.kilometres", { number: number(bar.kilometres, 3) }))),
    h("rect", { class: "strip", x: 0, y: bottom, width: view.width, height: view.height - bottom }),
    lines.map((text, i) => h("text", { class: "credit", x: 6, y: bottom + 13 + i * 14 }, text)));
}
