// What the picture shows of a chain: functions by band, strips for other chains, and the couplings that matter here.

/** Functions by band, those said of this chain apart from those that any industry chain needs. */
export function groups(chains, chain) {
  const own = new Set([chain.term, ...chain.stages.map((stage) => stage.term)]);
  for (const variant of chains.variantsOf(chain)) {
    own.add(variant.chain);
    for (const [node] of variant.nodes) own.add(node);
  }
  const found = { innovation: { special: [], general: [] }, service: { special: [], general: [] }, own: chain.functions.map((each) => each.term) };
  const needs = new Map(chain.needs.map((need) => [need.term, need]));
  for (const [term, need] of needs) {
    const band = chains.bandOf(term, chain);
    if (band === "own") { if (!found.own.includes(term)) found.own.push(term); } else found[band][need.by.some((by) => own.has(by)) ? "special" : "general"].push(term);
  }
  for (const band of [found.innovation, found.service]) {
    for (const list of Object.values(band)) list.sort((a, b) => chains.orderOf(a) - chains.orderOf(b) || a - b);
  }
  return found;
}

/** The couplings that speak of a chain, of what is drawn of it, or of chains of its kind in general. */
export function couplingsOf(chains, chain, shown) {
  const general = (term) => chains.kinds.has(term) && !chains.kinds.get(term).special;
  const near = (term) => term === chain.term || shown.has(term) || general(term);
  const own = (term) => term === chain.term || shown.has(term);
  const industrial = chain.kind === "industry chain";
  return chains.couplings.filter(({ from, to }) => {
    if (own(from) && (near(to) || chains.kinds.has(to))) return true;
    if (own(to) && (near(from) || chains.kinds.has(from))) return true;
    return industrial && general(from) && general(to);
  });
}

/** What an end of a coupling is in the picture: a box, a band, or the term of a chain that needs a strip. */
export function place(chains, chain, shown, bands, term) {
  if (shown.has(term)) return { box: term };
  if (term === chain.term) return { band: "spine" };
  const about = chains.kinds.get(term);
  if (!about) return null;
  if (!about.special && about.kind === chain.kind && chain.kind === "industry chain") return { band: "spine" };
  if (!about.special && about.kind === "innovation chain" && bands.has("innovation")) return { band: "innovation" };
  if (!about.special && about.kind === "service chain" && bands.has("service")) return { band: "service" };
  return { strip: term };
}

/** The chains that need strips of their own: above the picture, between its bands, below. */
export function strips(chains, chain, shown, bands, couplings) {
  const found = { above: [], between: [], below: [] };
  const all = couplings.flatMap(({ from, to }) => [from, to]).map((term) => place(chains, chain, shown, bands, term)?.strip).filter(Boolean);
  for (const term of new Set(all)) {
    const { kind } = chains.kinds.get(term);
    found[kind === "chain" ? "between" : kind === "service chain" ? "below" : "above"].push(term);
  }
  return found;
}

/** The states that are stated of a node at a place; more than one where sources disagree or speak of different sides. */
export function statedStates(chains, chain, node, at) {
  const { own, inside } = chains.saidAt(chain, node, at);
  return new Set([...own.map((each) => each.state), ...inside.map((each) => each.state).filter((state) => state !== 4)]);
}
