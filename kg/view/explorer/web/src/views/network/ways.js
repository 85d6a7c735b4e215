// Neighbourhoods and shortest paths among what is shown.

/** The nodes within so many steps of a node, along edges that are shown: for each node 1 or 0. */
export function around(network, from, steps, nodes, edges) {
  const found = new Uint8Array(network.size);
  found[from] = 1;
  let reached = [from];
  for (let step = 0; step < steps; step += 1) {
    const next = [];
    for (const node of reached) {
      for (const edge of network.edgesAt(node)) {
        const other = network.other(edge, node);
        if (edges[edge] && nodes[other] && !found[other]) {
          found[other] = 1;
          next.push(other);
        }
      }
    }
    reached = next;
  }
  return found;
}

/**
 * A shortest path between two nodes along edges that are shown, in either direction: its nodes in order; null where
 * there is none. Of several as short it is the one with the least that is proposed or missing.
 */
export function shortest(network, from, to, edges) {
  const before = new Int32Array(network.size).fill(-1);
  const doubt = new Float64Array(network.size).fill(Infinity);
  const steps = new Int32Array(network.size).fill(-1);
  steps[from] = 0;
  doubt[from] = 0;
  let reached = [from];
  for (let step = 1; reached.length && steps[to] < 0; step += 1) {
    const next = [];
    for (const node of reached) {
      for (const edge of network.edgesAt(node)) {
        const other = network.other(edge, node);
        if (!edges[edge] || (steps[other] >= 0 && steps[other] < step)) continue;
        if (steps[other] < 0) next.push(other);
        steps[other] = step;
        const total = doubt[node] + network.edges.status[edge];
        if (total < doubt[other]) [doubt[other], before[other]] = [total, node];
      }
    }
    reached = next;
  }
  if (steps[to] < 0) return null;
  const found = [];
  for (let node = to; node >= 0; node = before[node]) found.unshift(node);
  return found;
}

/** The shown edges between two nodes, what is actual first. */
export function between(network, one, two, edges) {
  return [...network.edgesAt(one)].filter((edge) => edges[edge] && network.other(edge, one) === two)
    .sort((a, b) => network.edges.status[a] - network.edges.status[b] || a - b);
}
