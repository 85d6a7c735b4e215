// The block "chains" as the view asks it: chains, areas, cells, statements, and what lies in reach.
import { json } from "../../core/blocks.js";
import { ordered } from "./reach.js";

export const STATES = ["present", "single", "weak", "planned", "missing", "blank"];
export const [PRESENT, SINGLE, WEAK, PLANNED, MISSING, BLANK] = STATES.keys();
const HOW = ["concerns", "answers", "reading"];
const PARTS = ["state", "position", "waiting", "named"];
let held = null;

/** The data, read once; null where the page has none. */
export function load() {
  held ??= json("chains").then((data) => (data ? new Chains(data) : null));
  return held;
}

class Chains {
  constructor(data) {
    this.chains = data.chains.map((chain) => new Chain(chain, data));
    this.byTerm = new Map(this.chains.map((chain) => [chain.term, chain]));
    this.variants = new Map(data.variants.map((variant) => [variant.chain, variant]));
    this.kinds = new Map(data.kinds.map(([chain, kind, special]) => [chain, { kind, special }]));
    this.member = new Map(data.member);
    this.couplings = data.couplings.map(([from, kind, to, status, passages]) => ({ from, kind, to, status, passages }));
    this.inputs = data.inputs.map(([place, input, from, passages]) => ({ place, input, from, passages }));
    this.advice = data.advice.map(([term, places, passages]) => ({ term, places, passages }));
    this.problems = data.problems.map(([term, places, passages, answers]) => ({
      term, places, passages, answers: answers.map(([advice, how]) => ({ ...this.advice[advice], how: HOW[how] })),
    }));
    this.around = new Map(data.places.map(([place, around]) => [place, around]));
    this.inside = new Map();
    for (const [place, around] of data.places) for (const whole of around) put(this.inside, whole, place);
    this.starts = new Map(data.places.map(([place, , starts]) => [place, starts || [place]]));
    this.ends = new Map(data.places.map(([place, , starts, ends]) => [place, ends || starts || [place]]));
    this.points = new Map(data.points.map(([place, latitude, longitude]) => [place, [latitude, longitude]]));
    this.agglomerations = new Set(data.agglomerations);
  }

  /** The chain of a term, that of which it is a statement, or null. */
  chain(term) { return this.byTerm.get(term) ?? this.byTerm.get(this.variants.get(term)?.of) ?? null; }

  /** The statements of a chain by single documents. */
  variantsOf(chain) { return [...this.variants.values()].filter((variant) => variant.of === chain.term); }

  /** A place with what lies in it and around it. */
  area(place) {
    return { place, inside: new Set(this.inside.get(place) ?? []), around: new Set(this.around.get(place) ?? []) };
  }

  /** Which of the three chains a function belongs to: innovation, service, or own where it is of this chain itself. */
  bandOf(node, chain) {
    if (chain.functions.some((each) => each.term === node)) return "own";
    const kinds = (this.member.get(node) ?? []).map((term) => this.kinds.get(term).kind);
    return kinds.includes("innovation chain") ? "innovation" : kinds.includes("service chain") ? "service" : "own";
  }

  /** The place of a function in the order of the chain that it comes from. */
  orderOf(node) {
    for (const term of this.member.get(node) ?? []) {
      const chain = this.byTerm.get(term);
      const at = chain ? [...chain.stages, ...chain.functions].findIndex((each) => each.term === node) : -1;
      if (at >= 0) return at;
    }
    return Infinity;
  }

  /** Places outside an area that have a node, nearest first, those of the same agglomeration before all others. */
  reach(chain, node, place) { return ordered(this, chain.having.get(node) ?? [], place); }

  /** What is said of a node: of the place itself, of places in it, of places around it. */
  saidAt(chain, node, place) {
    const area = this.area(place);
    const said = chain.statements(node);
    return {
      own: said.filter((each) => each.place === place),
      inside: said.filter((each) => area.inside.has(each.place)),
      around: said.filter((each) => area.around.has(each.place)),
    };
  }

  /** The problems of a place that name a node. */
  problemsAt(chain, node, place) {
    const { inside } = this.area(place);
    return (chain.problems.get(node) ?? []).map((each) => this.problems[each])
      .filter((problem) => problem.places.some((each) => each === place || inside.has(each)));
  }

  /** What a place gets from outside for a chain. */
  inputsAt(chain, place) {
    const { inside } = this.area(place);
    return chain.inputs.map((each) => this.inputs[each]).filter((input) => input.place === place || inside.has(input.place));
  }

  /** Recommendations about a node at a place: how each comes to be about it, those that concern it first. */
  answersAt(chain, node, place) {
    const cell = chain.cell(node, place);
    if (cell.answers) return cell.answers.map(([advice, how]) => ({ ...this.advice[advice], how: HOW[how] }));
    const { inside, around } = this.area(place);
    const near = (each) => each === place || inside.has(each) || around.has(each);
    const found = new Map();
    for (const each of (chain.advice.get(node) ?? []).map((number) => this.advice[number])) {
      if (each.places.some(near)) found.set(each.term, { ...each, how: "concerns" });
    }
    for (const problem of this.problemsAt(chain, node, place)) {
      for (const each of problem.answers) if (!found.has(each.term)) found.set(each.term, each);
    }
    return [...found.values()];
  }
}

class Chain {
  constructor(data, all) {
    this.term = data.chain;
    this.kind = data.kind;
    this.industries = data.industries;
    this.stages = data.stages.map(node);
    this.functions = data.functions.map(node);
    this.feeds = data.feeds.map(link);
    this.stands = data.stands.map(link);
    this.needs = data.needs.map(([term, by, whole, passages]) => ({ term, by, whole: Boolean(whole), passages }));
    this.places = data.places;
    this.said = new Map(data.said);
    this.having = new Map(data.having);
    this.problems = new Map(data.problems);
    this.advice = new Map(data.advice);
    this.inputs = data.inputs;
    this.all = all.said;
    this.cells = new Map(data.cells.map(([place, cells]) => [place, new Map(cells.map((each) => [each[0], cell(each)]))]));
  }

  /** Stages, own functions and needed functions, each once. */
  get nodes() {
    return [...new Set([...this.stages, ...this.functions, ...this.needs].map((each) => each.term))];
  }

  /** The state of a node at a place; where there is no cell, nothing is recorded. */
  cell(term, place) { return this.cells.get(place)?.get(term) ?? { state: BLANK, provider: -1 }; }

  /** What is said of a node, wherever. */
  statements(term) {
    return (this.said.get(term) ?? []).map((number) => {
      const [stage, place, state, qualifier, segment, actor, regarding, passages, statement] = this.all[number];
      return { stage, place, state, qualifier, segment, actor, regarding, passages, statement };
    });
  }

  /** The places that are themselves said to perform a node, well or weakly. */
  performing(term) {
    return new Set(this.statements(term).filter((each) => each.state === PRESENT || each.state === WEAK).map((each) => each.place));
  }
}

function node([term, order, passages]) { return { term, order, passages }; }

function link([from, to, passages]) { return { from, to, passages }; }

function cell([, state, provider, parts, ofParts, answers]) {
  const named = parts && Object.fromEntries(PARTS.map((name, at) => [name, parts[at] / 100]));
  return { state, provider, parts: named, ofParts: Boolean(ofParts), answers };
}

function put(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}
