// In which column a stage stands: by its order in the chain; without one, by what it feeds and what feeds it.

/** Columns from 0 by stage, and the stages whose order no source gives. */
export function columns(stages, feeds) {
  const orders = [...new Set(stages.map((stage) => stage.order).filter(Boolean))].sort((a, b) => a - b);
  const column = new Map(stages.filter((stage) => stage.order).map((stage) => [stage.term, orders.indexOf(stage.order)]));
  const bare = stages.filter((stage) => !stage.order).map((stage) => stage.term);
  if (!column.size) flow(bare, feeds, column);
  let last = -1;
  while (last !== column.size) {
    last = column.size;
    for (const stage of bare) if (!column.has(stage)) beside(stage, feeds, column);
  }
  let end = Math.max(-1, ...column.values());
  for (const stage of bare) {
    if (!column.has(stage)) {
      end += 1;
      column.set(stage, end);
    }
  }
  return { column, bare: new Set(bare) };
}

/** A column before what it feeds, or after what feeds it. */
function beside(stage, feeds, column) {
  const after = feeds.filter((link) => link.from === stage && column.has(link.to)).map((link) => column.get(link.to));
  const before = feeds.filter((link) => link.to === stage && column.has(link.from)).map((link) => column.get(link.from));
  if (after.length) column.set(stage, Math.max(0, Math.min(...after) - 1));
  else if (before.length) column.set(stage, Math.max(...before) + 1);
}

/** Where no stage has an order: the longest way from a stage that nothing feeds; circles end where they began. */
function flow(stages, feeds, column) {
  const own = feeds.filter((link) => stages.includes(link.from) && stages.includes(link.to));
  for (const stage of new Set(own.flatMap((link) => [link.from, link.to]))) column.set(stage, 0);
  for (let round = 0; round < stages.length; round += 1) {
    for (const link of own) {
      const next = column.get(link.from) + 1;
      if (next > column.get(link.to) && next < stages.length) column.set(link.to, next);
    }
  }
}
