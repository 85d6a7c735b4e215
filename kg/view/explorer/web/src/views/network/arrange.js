// An arrangement of a few nodes of their own, from where they stand in the whole: the same each time.

/** So many nodes can be arranged, and so few are without being asked. */
export const MOST = 600;
export const FEW = 300;
const ROUNDS = 220;
const SIDE = 20_000;

/**
 * Places for some nodes such that neighbours are near and none lie upon one another.
 *
 * Spring forces along edges and repulsion between all pairs (Fruchterman and Reingold 1991, doi:10.1002/spe.4380211102),
 * with a pull to the middle so that parts without a connection stay in the picture.
 */
export function arrange(scene, nodes, edges) {
  const count = nodes.length;
  const index = new Map(nodes.map((node, i) => [node, i]));
  const { source, target } = scene.network.edges;
  const links = edges.map((edge) => [index.get(source[edge]), index.get(target[edge])]).filter(([a, b]) => a !== b);
  const { x, y } = start(scene, nodes);
  const degree = new Float64Array(count).fill(1);
  for (const [a, b] of links) { degree[a] += 1; degree[b] += 1; }
  const ideal = 0.9 / Math.sqrt(count);
  const fx = new Float64Array(count);
  const fy = new Float64Array(count);
  for (let round = 0; round < ROUNDS; round += 1) {
    fx.fill(0);
    fy.fill(0);
    for (let i = 0; i < count; i += 1) {
      for (let j = i + 1; j < count; j += 1) {
        const [dx, dy] = [x[i] - x[j], y[i] - y[j]];
        const push = (ideal * ideal) / (dx * dx + dy * dy + 1e-6);
        fx[i] += dx * push; fy[i] += dy * push;
        fx[j] -= dx * push; fy[j] -= dy * push;
      }
      fx[i] -= x[i] * 0.6 * ideal;
      fy[i] -= y[i] * 0.6 * ideal;
    }
    for (const [a, b] of links) {
      const [dx, dy] = [x[a] - x[b], y[a] - y[b]];
      // A hub's edges pull it less each, else it would gather all its neighbours in one spot.
      const pull = Math.hypot(dx, dy) / ideal / Math.sqrt(Math.min(degree[a], degree[b]));
      fx[a] -= dx * pull; fy[a] -= dy * pull;
      fx[b] += dx * pull; fy[b] += dy * pull;
    }
    const heat = 0.12 * (1 - round / ROUNDS) ** 1.5 + 0.0005;
    for (let i = 0; i < count; i += 1) {
      const length = Math.hypot(fx[i], fy[i]);
      const move = Math.min(length, heat) / (length || 1);
      x[i] += fx[i] * move;
      y[i] += fy[i] * move;
    }
  }
  return { x: x.map((value) => value * SIDE), y: y.map((value) => value * SIDE) };
}

/** Where nodes stand in the whole, brought to the size of the picture; a small turn for each parts what coincides. */
function start(scene, nodes) {
  const { nodes: { x: wholeX, y: wholeY } } = scene.network;
  const x = Float64Array.from(nodes, (node) => wholeX[node]);
  const y = Float64Array.from(nodes, (node) => wholeY[node]);
  const mean = (values) => values.reduce((a, b) => a + b, 0) / Math.max(values.length, 1);
  const [mx, my] = [mean(x), mean(y)];
  const spread = Math.sqrt(mean(x.map((value, i) => (value - mx) ** 2 + (y[i] - my) ** 2))) || 1;
  nodes.forEach((_node, i) => {
    x[i] = ((x[i] - mx) / spread) * 0.4 + 0.02 * Math.cos(i * 2.4);
    y[i] = ((y[i] - my) / spread) * 0.4 + 0.02 * Math.sin(i * 2.4);
  });
  return { x, y };
}
