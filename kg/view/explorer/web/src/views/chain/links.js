// The lines of the picture: what feeds what, who needs what, what stands for what, and couplings.

/** A line from one point to another that leaves and arrives across or down. */
function curve([x1, y1], [x2, y2], across) {
  const bend = across ? (x2 - x1) / 2 : (y2 - y1) / 2;
  return across
    ? `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
    : `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}

const middle = (box) => [box.x + box.w / 2, box.y + box.h / 2];

/** What feeds what within a row of boxes. */
export function feeds(plan, links, id) {
  const boxes = byTerm(plan, [id]);
  return links.filter((link) => boxes.has(link.from) && boxes.has(link.to)).map((link) => {
    const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
    return { ...link, kind: "feeds", d: fed(plan, from, to) };
  });
}

function fed(plan, from, to) {
  const stages = from.band === "spine";
  const flat = !stages || !plan.upright;
  if (!stages && from.y !== to.y) return between(from, to);
  const steps = stages ? to.at - from.at : Math.round((to.x - from.x) / (from.w + 8));
  const apart = flat ? to.x - (from.x + from.w) : to.y - (from.y + from.h);
  if (steps === 1 && apart > 0) {
    return flat
      ? curve([from.x + from.w, middle(from)[1]], [to.x - 2, middle(to)[1]], true)
      : curve([middle(from)[0], from.y + from.h], [middle(to)[0], to.y - 2], false);
  }
  const deep = 10 + 6 * Math.min(Math.abs(steps), 7);
  if (flat) {
    const y = Math.min(from.y, to.y) - (stages ? deep * 1.2 : 9);
    return `M${middle(from)[0] + 8} ${from.y}C${middle(from)[0] + 16} ${y} ${middle(to)[0] - 16} ${y} ${middle(to)[0] - 8} ${to.y - 2}`;
  }
  const x = Math.max(from.x + from.w, to.x + to.w) + deep;
  return `M${from.x + from.w} ${middle(from)[1] + 6}C${x} ${middle(from)[1] + 12} ${x} ${middle(to)[1] - 12} ${to.x + to.w + 2} ${middle(to)[1] - 6}`;
}

/** Functions that single stages need or stand for, and one line to each band for what the whole chain needs. */
export function needs(plan, chain) {
  const stages = byTerm(plan, ["spine"]);
  const functions = byTerm(plan, ["innovation", "service"]);
  const found = [];
  for (const need of chain.needs) {
    for (const by of need.by) {
      if (stages.has(by) && functions.has(need.term)) {
        found.push({ kind: "needs", from: by, to: need.term, passages: need.passages, d: between(stages.get(by), functions.get(need.term)) });
      }
    }
  }
  for (const link of chain.stands) {
    if (stages.has(link.from) && functions.has(link.to)) found.push({ ...link, kind: "stands", d: between(stages.get(link.from), functions.get(link.to)) });
  }
  const spine = plan.bands.find((band) => band.id === "spine");
  for (const band of plan.bands.filter((each) => each.id === "innovation" || each.id === "service")) {
    const count = chain.needs.filter((need) => need.whole && functions.get(need.term)?.band === band.id).length;
    if (count) found.push({ kind: "whole", band: band.id, count, ...bridge(plan, spine, band) });
  }
  return found;
}

function bridge(plan, spine, band) {
  const x = plan.bridge;
  const above = band.y < spine.y;
  const [from, to] = above ? [spine.y, band.y + band.h + 3] : [spine.y + spine.h, band.y - 3];
  return { d: `M${x} ${from}V${to}`, x: x + 10, y: above ? spine.y - 13 : spine.y + spine.h + 24 };
}

function between(from, to) {
  const above = to.y < from.y;
  return curve([middle(from)[0], above ? from.y : from.y + from.h], [middle(to)[0], above ? to.y + to.h + 2 : to.y - 2], false);
}

/** The stages of the main chain that those of a document's statement stand for. */
export function stated(plan, variant) {
  const from = byTerm(plan, ["statement"]);
  const to = byTerm(plan, ["spine", "innovation", "service", "own"]);
  return variant.nodes.flatMap(([term, , passages, others]) => others.filter((other) => to.has(other))
    .map((other) => ({ kind: "stands", from: term, to: other, passages, d: between(from.get(term), to.get(other)) })));
}

/** Couplings by the pair of what they join: those of bands and strips in the margin, those of boxes across. */
export function couplings(plan, found, ends) {
  const pairs = new Map();
  for (const each of found) {
    const [from, to] = [ends(each.from), ends(each.to)];
    if (!from || !to || from === to) continue;
    const key = `${each.from}~${each.to}`;
    if (!pairs.has(key)) pairs.set(key, { kind: "couples", from: each.from, to: each.to, ends: [from, to], all: [] });
    pairs.get(key).all.push(each);
  }
  let lane = 0;
  const used = new Map();
  const room = plan.left - 6;
  const many = [...pairs.values()].filter((pair) => !pair.ends.some(isBox)).length;
  return [...pairs.values()].map((pair) => {
    const [from, to] = pair.ends.map((end) => anchor(end, used));
    const boxed = pair.ends.some(isBox);
    if (!boxed) lane += 1;
    const reach = room * (0.35 + (0.65 * lane) / Math.max(many, 1)) * 1.2;
    const d = boxed ? slant(pair.ends, from, to) : `M${from[0]} ${from[1]}C${from[0] - reach} ${from[1]} ${to[0] - reach} ${to[1]} ${to[0] - 3} ${to[1]}`;
    return { ...pair, boxed, d };
  });
}

const isBox = (end) => end.lines !== undefined;

/** The next free point at the left edge of a band or strip; of a box, its middle. */
function anchor(end, used) {
  if (isBox(end)) return middle(end);
  const count = used.get(end) ?? 0;
  used.set(end, count + 1);
  const step = Math.min(9, (end.h - 8) / 7);
  return [end.x, end.y + Math.min(end.h - 4, 6 + (count % 8) * step)];
}

/** From a box to the edge of a band, or the other way round. */
function slant(ends, from, to) {
  const edge = (box, other) => [middle(box)[0], other.y > box.y ? box.y + box.h : box.y];
  const near = (frame, box) => [Math.max(frame.x + 20, middle(box)[0] - 60), frame.y > box.y ? frame.y - 3 : frame.y + frame.h + 3];
  const [start, end] = ends;
  if (isBox(start) && isBox(end)) return curve(edge(start, end), edge(end, start), false);
  if (isBox(start)) return curve(edge(start, end), near(end, start), false);
  return curve(near(start, end), edge(end, start), false);
}

function byTerm(plan, bands) {
  return new Map(plan.boxes.filter((box) => bands.includes(box.band)).map((box) => [box.term, box]));
}
