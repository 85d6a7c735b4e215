// The marks of the six states, those of the printed pictures: full, full with a 1, half, hatched, frame, dot.
import { h } from "../../core/dom.js";
import { BLANK, MISSING, PLANNED, PRESENT, SINGLE, STATES, WEAK } from "./data.js";

/** The mark of a state in a square of a size, its upper left corner at a point. */
export function mark(state, x, y, size) {
  return h("g", { class: `mark mark-${STATES[state]}`, transform: `translate(${x} ${y})`, "aria-hidden": "true" }, shapes(state, size));
}

/** The mark as a picture of its own, for words beside it. */
export function markAlone(state, size = 16) {
  return h("svg", { class: "mark-alone", width: size, height: size, viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true" }, mark(state, 0, 0, size));
}

function shapes(state, size) {
  const box = (inset) => ({ x: inset, y: inset, width: size - 2 * inset, height: size - 2 * inset });
  const middle = size / 2;
  if (state === PRESENT) return h("rect", { class: "full", ...box(0) });
  if (state === SINGLE) {
    return [
      h("rect", { class: "full", ...box(0) }),
      h("circle", { class: "hole", cx: middle, cy: middle, r: size * 0.36 }),
      h("path", { class: "one", d: `M${middle - size * 0.13} ${middle - size * 0.1}L${middle + size * 0.03} ${middle - size * 0.22}V${middle + size * 0.24}` }),
    ];
  }
  if (state === WEAK) return [h("rect", { class: "open", ...box(0.5) }), h("path", { class: "half", d: `M0 0V${size}H${size}Z` })];
  if (state === PLANNED) {
    const steps = [0.33, 0.67, 1, 1.33, 1.67].map((step) => step * size);
    const lines = steps.map((step) => `M${Math.max(0, step - size)} ${Math.min(step, size)}L${Math.min(step, size)} ${Math.max(0, step - size)}`);
    return [h("rect", { class: "ground", ...box(0.75) }), h("path", { class: "hatch", d: lines.join("") })];
  }
  if (state === MISSING) return h("rect", { class: "frame", ...box(1.25) });
  return state === BLANK ? h("circle", { class: "dot", cx: middle, cy: middle, r: 2 }) : [];
}
