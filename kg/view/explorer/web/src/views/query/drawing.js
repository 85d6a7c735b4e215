// Rows with two or more things in them, or triples, drawn as nodes and lines.
import { h } from "../../core/dom.js";
import { textOf } from "./cells.js";

const MOST = 300;
const STEPS = 260;
const [WIDTH, HEIGHT] = [900, 560];
const SHAPES = ["circle", "square", "diamond", "triangle"];

/** Whether an answer has something to draw. */
export function drawable(answer) { return answer.kind === "construct" ? answer.triples.length > 0 : answer.kind === "select" && iriColumns(answer).length > 1; }

function iriColumns({ variables, rows }) {
  return variables.map((_name, i) => i).filter((i) => rows.some((row) => row[i]?.type === "uri"));
}

/** Nodes and edges of an answer: of rows, from the first thing to each other one; a column of properties names the line. */
function networkOf(app, answer) {
  const nodes = new Map();
  const edges = new Map();
  let all = 0;
  const seen = new Set();
  const node = (term, kind) => {
    const id = `${term.type} ${term.value}`;
    if (!seen.has(id)) { seen.add(id); all += 1; }
    if (!nodes.has(id)) {
      if (nodes.size >= MOST) return null;
      nodes.set(id, { id, term, kind, at: nodes.size, degree: 0 });
    }
    return nodes.get(id);
  };
  const join = (from, to, label) => {
    if (!from || !to) return;
    const key = `${from.id}\n${to.id}\n${label}`;
    if (!edges.has(key)) {
      edges.set(key, { from, to, label });
      from.degree += 1;
      to.degree += 1;
    }
  };
  let kinds = [];
  if (answer.kind === "construct") {
    for (const [s, p, o] of answer.triples) if (o.type !== "literal") join(node(s, 0), node(o, 0), propertyName(app, p));
  } else {
    const properties = new Set(app.graph.quads.p);
    const columns = iriColumns(answer);
    const isProperty = (i) => answer.rows.every((row) => !row[i] || (row[i].type === "uri" && properties.has(app.graph.number(row[i].value))));
    const [things, named] = [columns.filter((i) => !isProperty(i)), columns.filter(isProperty)];
    const used = things.length > 1 ? things : columns;
    kinds = used.map((i) => answer.variables[i].replaceAll("_", " "));
    for (const row of answer.rows) {
      const from = row[used[0]] && node(row[used[0]], 0);
      used.slice(1).forEach((i, k) => {
        if (row[i]?.type === "uri") join(from, node(row[i], k + 1), used.length === 2 && named.length === 1 && things.length > 1 && row[named[0]] ? propertyName(app, row[named[0]]) : kinds[k + 1]);
      });
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], kinds, all };
}

function propertyName(app, term) {
  const number = app.graph.number(term.value);
  return number < 0 ? app.graph.curie(term.value) : app.label(number);
}

function nameOf(app, term) {
  const number = term.type === "uri" ? app.graph.number(term.value) : -1;
  return number < 0 ? textOf(app, term) : app.label(number);
}

/** Pushes all nodes apart and pulls along the lines, from a spiral: the same answer gives the same picture. */
export function place({ nodes, edges }) {
  const n = nodes.length;
  const x = Float64Array.from(nodes, (_node, i) => Math.sqrt(i + 0.5) * Math.cos(i * 2.399963) * 30);
  const y = Float64Array.from(nodes, (_node, i) => Math.sqrt(i + 0.5) * Math.sin(i * 2.399963) * 30);
  const ideal = 62;
  for (let step = 0; step < STEPS; step += 1) {
    const dx = new Float64Array(n);
    const dy = new Float64Array(n);
    for (let i = 0; i < n; i += 1) {
      dx[i] -= x[i] * 0.9;
      dy[i] -= y[i] * 1.5; // Wider than high, as the picture is.
      for (let j = i + 1; j < n; j += 1) {
        const [ax, ay] = [x[i] - x[j] || 0.01, y[i] - y[j] || 0.01];
        const force = (ideal * ideal) / Math.max(ax * ax + ay * ay, 1) * 0.9;
        dx[i] += ax * force; dy[i] += ay * force; dx[j] -= ax * force; dy[j] -= ay * force;
      }
    }
    for (const { from, to } of edges) {
      const [i, j] = [from.at, to.at];
      const [ax, ay] = [x[i] - x[j], y[i] - y[j]];
      const force = Math.hypot(ax, ay) / ideal;
      dx[i] -= ax * force; dy[i] -= ay * force; dx[j] += ax * force; dy[j] += ay * force;
    }
    const heat = 40 * (1 - step / STEPS) + 0.5;
    for (let i = 0; i < n; i += 1) {
      const length = Math.hypot(dx[i], dy[i]) || 1;
      x[i] += (dx[i] / length) * Math.min(length, heat);
      y[i] += (dy[i] / length) * Math.min(length, heat);
    }
  }
  const [left, top] = [Math.min(...x), Math.min(...y)];
  const [wide, high] = [Math.max(...x) - left || 1, Math.max(...y) - top || 1];
  nodes.forEach((node, i) => {
    node.x = n === 1 ? WIDTH / 2 : 70 + ((x[i] - left) / wide) * (WIDTH - 140);
    node.y = n === 1 ? HEIGHT / 2 : 30 + ((y[i] - top) / high) * (HEIGHT - 70);
  });
}

/** The picture with its legend; a click or Enter on a node shows its details. */
export function drawing(app, answer) {
  const found = networkOf(app, answer);
  place(found);
  const size = (node) => 5 + Math.min(Math.sqrt(node.degree) * 1.6, 9);
  const lines = found.edges.map(({ from, to, label }) => h("g", { class: "edge" }, h("title", {}, `${nameOf(app, from.term)} – ${label} – ${nameOf(app, to.term)}`), h("line", ends(from, to, size(to)))));
  const labels = [];
  const marks = found.nodes.map((node) => {
    const name = nameOf(app, node.term);
    const number = node.term.type === "uri" ? app.graph.number(node.term.value) : -1;
    const show = () => { if (number >= 0) app.select(number); };
    const label = h("text", { x: node.x, y: node.y + size(node) + 12, "text-anchor": node.x < 90 ? "start" : node.x > WIDTH - 90 ? "end" : "middle" }, name.length > 26 ? `${name.slice(0, 25)}…` : name);
    labels.push({ node, label, width: Math.min(name.length, 26) * (/\p{Script=Han}/u.test(name) ? 11.5 : 6.2) });
    return h("g", {
      class: `node kind-${Math.min(node.kind, SHAPES.length - 1)}`, tabindex: "0", role: "button", onclick: show,
      onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(); } },
    }, h("title", {}, name), shape(SHAPES[Math.min(node.kind, SHAPES.length - 1)], node, size(node)), label);
  });
  const svg = h("svg", { role: "group", "aria-label": app.t("query.drawing", { nodes: found.nodes.length, edges: found.edges.length }) },
    h("defs", {}, h("marker", { id: "query-arrow", viewBox: "0 0 8 8", refX: "7", refY: "4", markerWidth: "7", markerHeight: "7", orient: "auto" }, h("path", { d: "M0 0 L8 4 L0 8 z" }))), lines, marks);
  const window = { x: 0, y: 0, scale: 1 };
  const look = () => {
    svg.setAttribute("viewBox", `${window.x} ${window.y} ${WIDTH / window.scale} ${HEIGHT / window.scale}`);
    sparse(labels, window.scale);
  };
  const zoom = (by) => {
    const scale = Math.min(Math.max(window.scale * by, 1), 12);
    window.x += (WIDTH / window.scale - WIDTH / scale) / 2;
    window.y += (HEIGHT / window.scale - HEIGHT / scale) / 2;
    window.scale = scale;
    if (scale === 1) Object.assign(window, { x: 0, y: 0 });
    look();
  };
  drag(svg, window, look);
  look();
  const button = (text, label, by) => h("button", { type: "button", "aria-label": label, title: label, onclick: () => zoom(by) }, text);
  return h("figure", { class: "result-graph" },
    h("div", { class: "zoom" }, button("+", app.t("query.zoom.in"), 1.5), button("−", app.t("query.zoom.out"), 1 / 1.5)), svg,
    h("figcaption", {},
      found.kinds.map((kind, i) => h("span", { class: "key" }, swatch(Math.min(i, SHAPES.length - 1)), kind)),
      h("span", { role: "status" }, found.all > found.nodes.length ? app.t("query.drawing.some", { nodes: found.nodes.length, all: app.number(found.all) }) : app.t("query.drawing", { nodes: found.nodes.length, edges: found.edges.length }))));
}

function ends(from, to, size) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  return { x1: from.x, y1: from.y, x2: to.x - (dx / length) * (size + 1), y2: to.y - (dy / length) * (size + 1), "marker-end": "url(#query-arrow)" };
}

function shape(name, { x, y }, r) {
  if (name === "circle") return h("circle", { cx: x, cy: y, r });
  if (name === "square") return h("rect", { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8 });
  const points = name === "diamond" ? [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]] : [[0, -1.2], [1.1, 0.9], [-1.1, 0.9]];
  return h("polygon", { points: points.map(([a, b]) => `${x + a * r},${y + b * r}`).join(" ") });
}

function swatch(kind) {
  return h("svg", { class: `node kind-${kind}`, width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" }, shape(SHAPES[kind], { x: 8, y: 8 }, 6));
}

/** Labels that would lie upon another's are left out, those of what has fewer lines first. */
function sparse(labels, scale) {
  const taken = [];
  const height = 12 / scale;
  for (const { node, label, width } of [...labels].sort((a, b) => b.node.degree - a.node.degree)) {
    const start = { start: 0, middle: 0.5, end: 1 }[label.getAttribute("text-anchor")];
    const left = node.x - (width / scale) * start;
    const box = [left, Number(label.getAttribute("y")) - height, left + width / scale, Number(label.getAttribute("y"))];
    const free = taken.every((other) => box[0] > other[2] || box[2] < other[0] || box[1] > other[3] || box[3] < other[1]);
    if (free) taken.push(box);
    label.setAttribute("font-size", 11 / scale);
    label.classList.toggle("covered", !free);
  }
}

function drag(svg, window, look) {
  let from = null;
  svg.addEventListener("pointerdown", (event) => { from = { x: event.clientX, y: event.clientY, at: { ...window } }; });
  svg.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const ratio = WIDTH / window.scale / svg.clientWidth;
    window.x = from.at.x - (event.clientX - from.x) * ratio;
    window.y = from.at.y - (event.clientY - from.y) * ratio;
    look();
  });
  svg.addEventListener("pointerup", () => { from = null; });
}
