// The marks of states, drawn by the style sheet as in the printed pictures: shape and pattern tell them apart, not colour.
import { h } from "../../core/dom.js";

/** States of a stage at a place, in the order of kg/analysis/gaps/matrix.py. */
export const STATES = ["present", "single", "weak", "planned", "missing", "none"];
export const NOT_RECORDED = 5;
/** What is taught of a field, in the order of kg/view/links_picture.py. */
export const TAUGHT = ["taught", "few", "elsewhere", "unspoken"];

export function mark(name, several = false) {
  return h("span", { class: `mark mark-${name}${several ? " several" : ""}`, "aria-hidden": "true" });
}

const SHADES = [0.1, 0.2, 0.35, 0.5];

/** Which of six shades, 0 to 5, an index from 0 to 1 has: the steps of the printed picture. */
export function shade(value) {
  if (value <= 0) return 0;
  const step = SHADES.findIndex((limit) => value < limit);
  return step < 0 ? 5 : step + 1;
}
