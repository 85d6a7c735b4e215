// Shapes as path data: outlines around points, curved arrows, and the marks of places.
import { round } from "./geo.js";

const CORNERS = 18;

/** The outline at a distance around points: a circle around one, a capsule around two, else a rounded hull. */
export function outline(points, pad) {
  const around = points.flatMap(([x, y]) => Array.from({ length: CORNERS }, (_each, i) => {
    const angle = (2 * Math.PI * i) / CORNERS;
    return [x + pad * Math.cos(angle), y + pad * Math.sin(angle)];
  }));
  return hull(around);
}

/** The convex hull of points, counter-clockwise from the lowest (Andrew's monotone chain). */
function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 3) return sorted;
  const half = (list) => {
    const found = [];
    for (const point of list) {
      while (found.length > 1 && turn(found[found.length - 2], found[found.length - 1], point) <= 0) found.pop();
      found.push(point);
    }
    return found.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turn(a, b, c) { return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]); }

export function closed(points) { return `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}Z`; }

/** A curved arrow from one circle to another: {line, head}; null where they lie on one another. */
export function arrow(from, to, fromRadius, toRadius, head) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length < fromRadius + toRadius + head) return null;
  const bend = [(from[0] + to[0]) / 2 - 0.16 * dy, (from[1] + to[1]) / 2 + 0.16 * dx];
  const start = towards(from, bend, fromRadius + 1);
  const tip = towards(to, bend, toRadius + 2);
  const back = towards(tip, bend, head);
  const [ux, uy] = [(tip[0] - back[0]) / head, (tip[1] - back[1]) / head];
  const wing = (side) => [back[0] - side * uy * head * 0.5, back[1] + side * ux * head * 0.5];
  return {
    line: `M${pair(start)}Q${pair(bend)} ${pair(back)}`,
    head: closed([wing(1), tip, wing(-1)]),
    middle: [(from[0] + 2 * bend[0] + to[0]) / 4, (from[1] + 2 * bend[1] + to[1]) / 4],
  };
}

function towards(from, to, distance) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  return [from[0] + ((to[0] - from[0]) * distance) / length, from[1] + ((to[1] - from[1]) * distance) / length];
}

function pair([x, y]) { return `${round(x)} ${round(y)}`; }

/** The mark of a place by its level, of the same area whatever its shape. */
export function mark(level, x, y, radius) {
  if (level === "province") return polygon(x, y, radius * 1.253, 4, 45);
  if (level === "county") return polygon(x, y, radius * 1.555, 3, -90);
  if (level === "town") return polygon(x, y, radius * 1.555, 3, 90);
  if (level === "zone" || level === "park") return polygon(x, y, radius * 1.253, 4, 0);
  if (level !== "city") return polygon(x, y, radius * 1.1, 6, 0);
  const r = round(radius); // twice the rounded radius, or the arcs would be more or less than half a circle
  return `M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

function polygon(x, y, radius, corners, first) {
  return closed(Array.from({ length: corners }, (_each, i) => {
    const angle = ((first + (360 * i) / corners) * Math.PI) / 180;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  }));
}
