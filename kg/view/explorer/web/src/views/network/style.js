// How nodes and edges look: colours by number, shapes as polygons, and the marks of legend and lists.
import { h } from "../../core/dom.js";
import { STATES } from "../../core/network.js";

export const COLOURS = 8;
export const OTHER = 7;

const ring = (corners, turn, size) => Array.from({ length: corners }, (_each, i) => {
  const angle = turn + (i * 2 * Math.PI) / corners;
  return [size * Math.cos(angle), size * Math.sin(angle)];
});
const CROSS = [[-0.4, -1], [0.4, -1], [0.4, -0.4], [1, -0.4], [1, 0.4], [0.4, 0.4], [0.4, 1], [-0.4, 1], [-0.4, 0.4], [-1, 0.4], [-1, -0.4], [-0.4, -0.4]];

/** Outlines about a point, of much the same area; null is the circle. */
export const SHAPES = [
  null, ring(4, Math.PI / 4, 1.25), ring(3, -Math.PI / 2, 1.45), ring(4, 0, 1.35), ring(3, Math.PI / 2, 1.45), ring(6, 0, 1.1), CROSS,
];

export const EDGE_DASHES = [[], [6, 4], [1.5, 3.5]];

/** The colours of the theme that is shown. */
export function readColours(element) {
  const style = getComputedStyle(element);
  const of = (name) => style.getPropertyValue(name).trim();
  return {
    nodes: Array.from({ length: COLOURS }, (_each, i) => of(`--mark-${i}`)),
    light: Array.from({ length: COLOURS }, (_each, i) => of(`--light-${i}`)),
    edges: STATES.map((state) => of(`--edge-${state}`)),
    paper: of("--paper"), ink: of("--ink"), soft: of("--soft"), accent: of("--accent"),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** Add an outline of a size at a point to the path of a canvas. */
export function trace(context, shape, x, y, size) {
  const corners = SHAPES[shape];
  if (!corners) {
    context.moveTo(x + size, y);
    context.arc(x, y, size, 0, 2 * Math.PI);
    return;
  }
  context.moveTo(x + corners[0][0] * size, y + corners[0][1] * size);
  for (let i = 1; i < corners.length; i += 1) context.lineTo(x + corners[i][0] * size, y + corners[i][1] * size);
  context.closePath();
}

/** A small picture of a node for lists. */
export function mark(colour, shape, state = 0) {
  const corners = SHAPES[shape];
  const dress = { class: `mark colour-${colour} ${STATES[state]}` };
  const body = corners
    ? h("polygon", { points: corners.map(([x, y]) => `${(x * 5).toFixed(2)},${(y * 5).toFixed(2)}`).join(" ") })
    : h("circle", { cx: 0, cy: 0, r: 5 });
  return h("svg", { ...dress, viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true" }, body);
}

/** A small picture of an edge for the legend. */
export function line(state) {
  return h("svg", { class: `line ${STATES[state]}`, viewBox: "0 0 34 10", width: 34, height: 10, "aria-hidden": "true" },
    h("line", { x1: 1, y1: 5, x2: 26, y2: 5, "stroke-dasharray": EDGE_DASHES[state].join(" ") }),
    h("polygon", { points: "26,1.5 33,5 26,8.5" }));
}
