// The picture itself, as SVG: bands, boxes that are buttons, and the lines between them.
import { h } from "../../core/dom.js";
import { BLANK, STATES } from "./data.js";
import { LINE } from "./layout.js";
import { mark } from "./marks.js";
import { widthOf } from "./wrap.js";

const ARROWS = ["feeds", "needs", "stands", "couples"];
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param plan as `layout` gives it, with `lines`
 * @param show {t, label, picked, pair, states(term) -> [{state, several, place}], performing(term), title(box), pick, open}
 */
export function draw(plan, show) {
  const boxes = plan.boxes.map((box) => button(box, show));
  const svg = h("svg", { class: `chain-picture${show.states ? " placed" : ""}`, width: plan.width, height: plan.height, viewBox: `0 0 ${plan.width} ${plan.height}`, role: "group", "aria-label": show.t("chain.picture") },
    h("defs", {}, ARROWS.map(arrow)),
    plan.bands.map(frame),
    plan.strips.map((strip) => stripOf(strip, show)),
    plan.lines.map((line) => path(line, show)),
    plan.bands.map((band) => h("text", { class: "band-name", x: band.x + 10, y: band.y + 20 }, show.bandName(band.id))),
    plan.captions.map((each) => caption(each, show)),
    boxes);
  svg.addEventListener("keydown", (event) => move(event, plan, svg));
  trace(svg, show.picked, false);
  return svg;
}

function arrow(kind) {
  return h("marker", { id: `chain-arrow-${kind}`, class: `arrow ${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, h("path", { d: "M0 0L8 4L0 8Z" }));
}

function frame(band) {
  return h("rect", { class: `band band-${band.id}`, "data-band": band.id, x: band.x, y: band.y, width: band.w, height: band.h, rx: 8 });
}

function caption(each, show) {
  const kind = each.id.endsWith(".special") ? "special" : each.id.endsWith(".general") ? "general" : "own";
  return h("text", { class: "caption", x: each.x, y: each.y }, show.t(`chain.${kind}`, { count: each.count }));
}

function stripOf(strip, show) {
  return pressable(h("g", { class: "strip", "data-chain": strip.term },
    h("title", {}, show.label(strip.term)),
    h("rect", { x: strip.x, y: strip.y, width: strip.w, height: strip.h, rx: 8 }),
    h("text", { x: strip.x + 10, y: strip.y + 19 }, strip.text)), () => show.open(strip.term));
}

function path(line, show) {
  const d = { d: line.d };
  if (line.kind === "whole") {
    return h("g", { class: "line whole" }, h("path", { ...d, "marker-end": "url(#chain-arrow-needs)" }),
      h("text", { x: line.x, y: line.y }, show.t("chain.needs.count", { count: line.count })));
  }
  const ends = { "data-from": line.from, "data-to": line.to };
  if (line.kind !== "couples") {
    return h("g", { class: `line ${line.kind}`, ...ends }, h("title", {}, show.lineTitle(line)), h("path", { class: "wide", ...d }), h("path", { ...d, "marker-end": `url(#chain-arrow-${line.kind})` }));
  }
  const proposed = line.all.every((each) => each.status !== "actual");
  const name = show.lineTitle(line);
  const key = `${line.from}~${line.to}`;
  return pressable(h("g", { class: `line couples${line.boxed ? " boxed" : ""}${proposed ? " proposed" : ""}${show.pair === key ? " on" : ""}`, ...ends, "aria-label": name },
    h("title", {}, name), h("path", { class: "wide", ...d }), h("path", { ...d, "marker-end": "url(#chain-arrow-couples)" })), () => show.couple(line));
}

/** A box; its title names it in full, where the picture may cut its words. */
function button(box, show) {
  const states = box.band === "statement" ? null : show.states?.(box.term);
  const first = states?.[0]?.state;
  const classes = ["box", `in-${box.band}`, first !== undefined && `state-${STATES[first]}`, box.general && "general", box.bare && "bare", show.picked === box.term && "picked"];
  const title = show.title(box);
  const g = pressable(h("g", { class: classes.filter(Boolean).join(" "), "data-node": box.term, "data-name": show.label(box.term), "aria-pressed": String(show.picked === box.term) },
    h("title", {}, title),
    h("rect", { x: box.x, y: box.y, width: box.w, height: box.h, rx: 6 }),
    h("text", { class: "name", "font-size": box.size }, box.lines.map((line, at) => h("tspan", { x: box.x + 7, y: box.y + 19 + at * LINE }, line))),
    (box.order > 0 || box.bare) && [h("circle", { class: "order", cx: box.x + 5, cy: box.y - 2, r: 8.5 }), h("text", { class: "order", x: box.x + 5, y: box.y + 2, "text-anchor": "middle" }, box.order || "?")],
    states?.some((each) => each.several) && h("path", { class: "notch", d: `M${box.x + box.w - 12} ${box.y + 3}h9v9z` }),
    foot(box, states, show)), () => show.pick(box.term));
  for (const event of ["pointerenter", "focus"]) g.addEventListener(event, () => trace(g.ownerSVGElement, box.term, true));
  for (const event of ["pointerleave", "blur"]) g.addEventListener(event, () => g.ownerSVGElement && trace(g.ownerSVGElement, show.picked, false));
  return g;
}

/** Below the name: the state at each place that is shown, or how many places perform it. */
function foot(box, states, show) {
  if (box.band === "statement") return null;
  const y = box.y + box.h - 8;
  if (!states) return word(show.performing(box.term), box.x + 7, y, box.w - 12);
  return states.map(({ state, tag }, at) => {
    const line = y - (states.length - 1 - at) * 20;
    const words = `${tag ? `${tag} ` : ""}${show.t(`chain.state.${STATES[state]}`)}`;
    return [mark(state, box.x + 7, line - 11, 13), word(words, box.x + 25, line, box.w - 30, state === BLANK)];
  });
}

/** A word; where it is wider than its room it is drawn closer. */
function word(words, x, y, room, faint = false) {
  const closer = widthOf(words, 11.5) > room ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {};
  return h("text", { class: `foot${faint ? " faint" : ""}`, x, y, ...closer }, words);
}

function pressable(g, act) {
  g.setAttribute("role", "button");
  g.setAttribute("tabindex", "0");
  g.addEventListener("click", act);
  g.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
  return g;
}

/** Bring out what is joined to a box, and fade the rest where it is only looked at; null ends it. */
function trace(svg, term, fade) {
  const boxes = new Map([...svg.querySelectorAll(".box")].map((box) => [Number(box.dataset.node), box]));
  const on = term !== null && boxes.has(term);
  svg.classList.toggle("tracing", on && fade);
  const near = new Set([term]);
  for (const line of svg.querySelectorAll(".line[data-from]")) {
    const ends = [Number(line.dataset.from), Number(line.dataset.to)];
    const hit = on && ends.includes(term);
    line.classList.toggle("near", hit);
    if (hit) for (const end of ends) near.add(end);
  }
  for (const [node, box] of boxes) box.classList.toggle("near", on && near.has(node));
}

/** Arrows move to the nearest box that way. */
function move(event, plan, svg) {
  const way = KEYS[event.key];
  const here = plan.boxes.find((box) => String(box.term) === event.target.dataset?.node);
  if (!way || !here) return;
  const at = (box) => [box.x + box.w / 2, box.y + box.h / 2];
  const [x, y] = at(here);
  let best = null;
  for (const box of plan.boxes) {
    const [dx, dy] = [at(box)[0] - x, at(box)[1] - y];
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (ahead > 1 && (!best || ahead + 2 * aside < best.far)) best = { box, far: ahead + 2 * aside };
  }
  if (!best) return;
  event.preventDefault();
  svg.querySelector(`[data-node="${best.box.term}"]`).focus();
}
