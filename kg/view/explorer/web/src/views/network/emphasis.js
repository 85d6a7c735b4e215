// What is picked out of the picture: nodes and edges drawn in full strength over the dimmed rest, and rings about nodes.
import { arrow, course, draw, dress, sizeOf } from "./painter.js";
import { EDGE_DASHES, trace } from "./style.js";

const MOST_HOVERED = 400;
const MANY = 40;

/** Draw the edges and nodes that are picked out. */
export function emphasise(context, scene, camera, colours, { nodes, edges }, { hover, hoverEdge }) {
  if (hover >= 0) {
    const own = [...scene.network.edgesAt(hover).subarray(0, MOST_HOVERED)].filter((edge) => scene.edges[edge]);
    strokes(context, scene, camera, colours, own, 1.2, 0.55);
  }
  strokes(context, scene, camera, colours, edges, edges.length > MANY ? 1.1 : 1.8, edges.length > MANY ? 0.6 : 0.95);
  if (hoverEdge >= 0) strokes(context, scene, camera, colours, [hoverEdge], 3, 1);
  // The first, which the others are the neighbours of, lies on top.
  for (const node of nodes.slice().reverse()) {
    if (!scene.nodes[node]) continue;
    context.beginPath();
    trace(context, scene.shapeOf[node], camera.x(scene.x[node]), camera.y(scene.y[node]), Math.max(3, sizeOf(scene, camera, node)));
    dress(context, scene.colourOf[node], scene.network.nodes.status[node], colours);
  }
}

function strokes(context, scene, camera, colours, edges, width, alpha) {
  context.globalAlpha = alpha;
  for (const status of [0, 1, 2]) {
    const list = edges.filter((edge) => scene.network.edges.status[edge] === status);
    if (!list.length) continue;
    const ways = list.map((edge) => course(scene, camera, edge));
    context.strokeStyle = colours.edges[status];
    context.fillStyle = colours.edges[status];
    context.lineWidth = width;
    context.setLineDash(EDGE_DASHES[status]);
    context.beginPath();
    for (const way of ways) draw(context, way);
    context.stroke();
    context.beginPath();
    ways.forEach((way, i) => {
      const away = sizeOf(scene, camera, scene.network.edges.target[list[i]]) + 1.5;
      if (Math.hypot(way.x2 - way.x1, way.y2 - way.y1) > away + 14) arrow(context, way, away, 8);
    });
    context.fill();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Draw rings about the node that is selected, under the pointer, or at the keyboard's cursor. */
export function ring(context, scene, camera, colours, { selected, hover, cursor }) {
  for (const [node, width, colour] of [[hover, 1.5, colours.ink], [selected, 3, colours.accent], [cursor, 2, colours.ink]]) {
    if (node < 0 || !scene.nodes[node]) continue;
    context.beginPath();
    context.arc(camera.x(scene.x[node]), camera.y(scene.y[node]), sizeOf(scene, camera, node) + 4, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.setLineDash(node === cursor ? [4, 3] : []);
    context.stroke();
  }
  context.setLineDash([]);
}
