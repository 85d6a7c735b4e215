// Paints nodes and edges in slices, so that a large graph never holds up the hand that moves it.
import { EDGE_DASHES, trace } from "./style.js";

const SLICE = 1_500;
const MOST_EDGES = 25_000;
const MOST_ARROWS = 1_500;
const SHORTEST_ARROW = 34;
const MARGIN = 20;
const TINY = 1.9;

/** Paint what is shown as a camera sees it; yields between slices, and gives how many edges were drawn of how many in sight. */
export function* paint(context, scene, camera, colours) {
  const said = yield* edges(context, scene, camera, colours);
  yield* nodes(context, scene, camera, colours);
  return said;
}

/** The outline of an edge on the screen: ends, and where it bows out the point that pulls it. */
export function course(scene, camera, edge) {
  const { source, target } = scene.network.edges;
  const [a, b] = [source[edge], target[edge]];
  const [x1, y1, x2, y2] = [camera.x(scene.x[a]), camera.y(scene.y[a]), camera.x(scene.x[b]), camera.y(scene.y[b])];
  const bend = scene.bend[edge];
  return { x1, y1, x2, y2, bent: bend !== 0, cx: (x1 + x2) / 2 - (y2 - y1) * bend, cy: (y1 + y2) / 2 + (x2 - x1) * bend };
}

/** Add an edge to the path of a canvas. */
export function draw(context, { x1, y1, x2, y2, bent, cx, cy }) {
  context.moveTo(x1, y1);
  if (bent) context.quadraticCurveTo(cx, cy, x2, y2);
  else context.lineTo(x2, y2);
}

/** Add the head of an edge's arrow to the path of a canvas. */
export function arrow(context, way, away, size) {
  const [fromX, fromY] = way.bent ? [way.cx, way.cy] : [way.x1, way.y1];
  const length = Math.hypot(way.x2 - fromX, way.y2 - fromY);
  if (length < 1) return;
  const [dx, dy] = [(way.x2 - fromX) / length, (way.y2 - fromY) / length];
  const [x, y] = [way.x2 - dx * away, way.y2 - dy * away];
  context.moveTo(x, y);
  context.lineTo(x - dx * size - dy * size * 0.45, y - dy * size + dx * size * 0.45);
  context.lineTo(x - dx * size + dy * size * 0.45, y - dy * size - dx * size * 0.45);
  context.closePath();
}

/** How large a node is on the screen. */
export const sizeOf = (scene, camera, node) => scene.radius[node] * camera.growth;

/** The edges in sight, by status. */
function inSight(scene, camera) {
  const { source, target, status } = scene.network.edges;
  const [left, top] = [camera.worldX(-MARGIN), camera.worldY(-MARGIN)];
  const [right, bottom] = [camera.worldX(camera.width + MARGIN), camera.worldY(camera.height + MARGIN)];
  const { x, y } = scene;
  const found = [[], [], []];
  for (let i = 0; i < source.length; i += 1) {
    if (!scene.edges[i]) continue;
    const [a, b] = [source[i], target[i]];
    if ((x[a] < left && x[b] < left) || (x[a] > right && x[b] > right) || (y[a] < top && y[b] < top) || (y[a] > bottom && y[b] > bottom)) continue;
    found[status[i]].push(i);
  }
  return found;
}

function* edges(context, scene, camera, colours) {
  const found = inSight(scene, camera);
  const total = found.reduce((sum, list) => sum + list.length, 0);
  yield;
  const step = Math.max(1, Math.ceil(total / MOST_EDGES));
  let drawn = 0;
  context.lineWidth = 1;
  for (const status of [0, 1, 2]) {
    // Of very many, each nth is drawn, and the page says so.
    const list = step > 1 ? found[status].filter((_each, i) => i % step === 0) : found[status];
    context.strokeStyle = colours.edges[status];
    context.globalAlpha = strength(total, status, camera);
    context.setLineDash(list.length > 6_000 ? [] : EDGE_DASHES[status]);
    for (let from = 0; from < list.length; from += SLICE) {
      context.beginPath();
      for (const edge of list.slice(from, from + SLICE)) draw(context, course(scene, camera, edge));
      context.stroke();
      yield;
    }
    drawn += list.length;
    if (total <= MOST_ARROWS) heads(context, scene, camera, list, colours.edges[status]);
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
  return { drawn, total };
}

/** The more edges there are in sight the fainter they are; what is not actual stands out. */
function strength(total, status, camera) {
  const close = Math.min(1.8, (camera.scale / camera.base) ** 0.25);
  return Math.min(0.85, Math.max(status ? 0.4 : 0.09, 3.2 * (total + 1) ** -0.32 * close * (status ? 2.4 : 1)));
}

function heads(context, scene, camera, list, colour) {
  context.fillStyle = colour;
  context.beginPath();
  for (const edge of list) {
    const way = course(scene, camera, edge);
    const away = sizeOf(scene, camera, scene.network.edges.target[edge]) + 1.5;
    if (Math.hypot(way.x2 - way.x1, way.y2 - way.y1) > SHORTEST_ARROW + away) arrow(context, way, away, 7);
  }
  context.fill();
}

function* nodes(context, scene, camera, colours) {
  const growth = camera.growth;
  for (const group of scene.groups) {
    for (let from = 0; from < group.nodes.length; from += SLICE) {
      context.beginPath();
      let some = false;
      for (const node of group.nodes.subarray(from, from + SLICE)) {
        if (!scene.nodes[node]) continue;
        const [x, y, size] = [camera.x(scene.x[node]), camera.y(scene.y[node]), scene.radius[node] * growth];
        if (x < -MARGIN || y < -MARGIN || x > camera.width + MARGIN || y > camera.height + MARGIN) continue;
        if (size < TINY && !group.status) {
          context.fillStyle = colours.nodes[group.colour];
          context.fillRect(Math.round(x - size), Math.round(y - size), Math.ceil(2 * size), Math.ceil(2 * size));
          continue;
        }
        trace(context, group.shape, x, y, size);
        some = true;
      }
      if (some) dress(context, group.colour, group.status, colours, growth, scene.nodes.length > 20_000);
      yield;
    }
  }
}

/** Fill and outline the path of a canvas as nodes of a colour and status look. */
export function dress(context, colour, status, colours, growth = 1, many = false) {
  context.setLineDash([[], [3, 2], [1.5, 2.5]][status]);
  context.fillStyle = [colours.nodes[colour], colours.light[colour], colours.paper][status];
  context.strokeStyle = status ? colours.nodes[colour] : colours.paper;
  context.lineWidth = status ? 1.6 : 0.9 * Math.min(1.4, growth);
  context.fill();
  if (!many || status) context.stroke();
  context.setLineDash([]);
}
