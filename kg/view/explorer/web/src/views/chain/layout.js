// Where bands, boxes and strips of the picture stand. Lengths are in pixels.
import { columns } from "./columns.js";
import { fitted, widthOf, wrap } from "./wrap.js";

const SIZE = 12.5;
export const LINE = 16;
const FOOT = 20;
const PAD = 10;
const HEAD = 30;
const CAPTION = 22;
const GAP = 38;
const STRIP = 28;
const LEAST = 88; // a stage beside another
const BESIDE = 66; // room for couplings at the left

/**
 * The picture of a chain.
 * @param want {chain, chains, variant, label, caption, width, rows: lines under each name, pairs: room for couplings}
 * @returns {width, height, left, bands, boxes, strips, captions, upright}
 */
export function layout(want) {
  const { column, bare } = columns(want.chain.stages, want.chain.feeds);
  const count = Math.max(0, ...column.values()) + 1;
  const least = count * LEAST + 2 * PAD;
  const upright = want.width < 640 || (want.width < 900 && want.width < least + BESIDE + 10);
  const left = upright ? 30 : BESIDE;
  const plan = { ...want, upright, left, inner: want.width - left - 10, bands: [], boxes: [], strips: [], captions: [], y: 8 };
  if (!upright) plan.inner = Math.max(plan.inner, least);
  for (const term of want.strips.above) strip(plan, term);
  functions(plan, "innovation");
  for (const term of want.strips.between) strip(plan, term);
  if (want.variant) statement(plan);
  spine(plan, column, bare, count);
  functions(plan, "service");
  for (const term of want.strips.below) strip(plan, term);
  const beside = plan.left + 46 + Math.max(0, ...plan.strips.map((each) => widthOf(each.text, SIZE, 600) - 16));
  plan.bridge = Math.min(beside, plan.left + plan.inner - 130);
  const height = Math.max(...[...plan.bands, ...plan.strips].map((each) => each.y + each.h)) + 12;
  return { ...plan, width: plan.left + plan.inner + 10, height, bare };
}

function strip(plan, term) {
  const [text] = wrap(plan.label(term), plan.inner - 24, 1, SIZE, 600);
  plan.strips.push({ term, text, x: plan.left, y: plan.y, w: plan.inner, h: STRIP });
  plan.y += STRIP + GAP * 0.6;
}

/** A band with a heading; `body` sets boxes and gives the height that they take. */
function band(plan, id, body) {
  const top = plan.y;
  plan.y += HEAD;
  body();
  plan.y += PAD;
  plan.bands.push({ id, x: plan.left, y: top, w: plan.inner, h: plan.y - top });
  plan.y += GAP;
}

/** The functions of the innovation or the service chain: those said of this chain, then those of any. */
function functions(plan, id) {
  const own = plan.groups[id];
  if (!own.special.length && !own.general.length) return;
  band(plan, id, () => {
    for (const group of ["special", "general"]) {
      if (!own[group].length) continue;
      caption(plan, `${id}.${group}`, own[group].length);
      grid(plan, own[group], id, group === "general");
    }
  });
}

function caption(plan, id, count) {
  plan.captions.push({ id, count, x: plan.left + PAD, y: plan.y + 12 });
  plan.y += CAPTION;
}

function grid(plan, nodes, id, general = false) {
  const room = plan.inner - 2 * PAD;
  const perRow = Math.max(1, Math.floor((room + 8) / (plan.upright ? 128 : 132)));
  const w = (room + 8) / perRow - 8;
  for (let at = 0; at < nodes.length; at += perRow) {
    const row = nodes.slice(at, at + perRow).map((node, place) => box(plan, node, id, plan.left + PAD + place * (w + 8), w, 3, { general }));
    level(plan, row);
    plan.y += row[0].h + 8;
  }
}

/** The stages, left to right, or from top to bottom where the page is narrow; those of one order side by side. */
function spine(plan, column, bare, count) {
  band(plan, "spine", () => {
    if (plan.chain.stages.length) (plan.upright ? down : across)(plan, column, bare, count);
    if (plan.groups.own.length) {
      if (plan.chain.stages.length) caption(plan, "own", plan.groups.own.length);
      grid(plan, plan.groups.own, "own");
    }
  });
}

function across(plan, column, bare, count) {
  const step = Math.min((plan.inner - 2 * PAD) / count, 210);
  const gap = step > 120 ? 26 : 12;
  const stacks = Array.from({ length: count }, () => []);
  for (const stage of plan.chain.stages) stacks[column.get(stage.term)].push(stage);
  const start = plan.left + PAD + (plan.inner - 2 * PAD - count * step + gap) / 2;
  const boxes = stacks.map((stack, at) => stack.map((stage) => box(plan, stage.term, "spine", start + at * step, step - gap, 5, { at, order: stage.order, bare: bare.has(stage.term) })));
  const h = Math.max(...boxes.flat().map((each) => each.h));
  const deep = Math.max(...stacks.map((stack) => stack.length));
  const over = arcs(plan, column);
  for (const stack of boxes) {
    let y = plan.y + over;
    for (const each of stack) {
      Object.assign(each, { y, h });
      y += h + 8;
    }
  }
  plan.y += over + deep * (h + 8);
}

function down(plan, column, bare, count) {
  const right = arcs(plan, column);
  for (let at = 0; at < count; at += 1) {
    const stack = plan.chain.stages.filter((stage) => column.get(stage.term) === at);
    for (let from = 0; from < stack.length; from += 2) {
      const pair = stack.slice(from, from + 2);
      const w = (plan.inner - 2 * PAD - right - 8 * (pair.length - 1)) / pair.length;
      const row = pair.map((stage, place) => box(plan, stage.term, "spine", plan.left + PAD + place * (w + 8), w, 3, { at, order: stage.order, bare: bare.has(stage.term) }));
      level(plan, row);
      plan.y += row[0].h + (from + 2 < stack.length ? 6 : 24);
    }
  }
  plan.y -= 14;
}

/** Room beside the stages for links that pass over some of them. */
function arcs(plan, column) {
  const spans = plan.chain.feeds.map((link) => Math.abs((column.get(link.to) ?? 0) - (column.get(link.from) ?? 0)));
  const most = Math.max(0, ...spans.filter((span) => span !== 1));
  return most ? 12 + 6 * Math.min(most, 7) : 0;
}

/** The stages by which a document states the chain, each beside those that it stands for. */
function statement(plan) {
  band(plan, "statement", () => {
    const room = plan.inner - 2 * PAD;
    const nodes = plan.variant.nodes;
    const perRow = Math.min(nodes.length, Math.max(1, Math.floor(room / (plan.upright ? 128 : 110))));
    const w = Math.min((room + 14) / perRow - 14, 190);
    for (let at = 0; at < nodes.length; at += perRow) {
      const some = nodes.slice(at, at + perRow);
      const start = plan.left + PAD + (room - some.length * (w + 14) + 14) / 2;
      const row = some.map(([term, order], place) => box(plan, term, "statement", start + place * (w + 14), w, 4, { order, bare: false }));
      level(plan, row);
      plan.y += row[0].h + 8;
    }
  });
}

function box(plan, term, id, x, w, most, more) {
  const { lines, size } = fitted(plan.label(term), w - 12, most, SIZE, 500);
  const foot = id === "statement" ? 0 : FOOT * plan.rows;
  const made = { term, band: id, x, y: plan.y, w, h: 14 + lines.length * LINE + foot, lines, size, ...more };
  plan.boxes.push(made);
  return made;
}

function level(plan, row) {
  const h = Math.max(...row.map((each) => each.h));
  for (const each of row) Object.assign(each, { y: plan.y, h });
}
