// What the panel knows beside the graph, as kg/view/explorer/details.py gives it: faults, findings, what each graph is.
import { json } from "../core/blocks.js";

const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const ONTOLOGY = "http://www.w3.org/2002/07/owl#Ontology";
const NOTHING = { issues: [], findings: [], rules: [], analyses: [], sources: [], states: [], units: [] };

let wanted = null;

/** A promise of what the block holds; it is read once. */
export function about(app) {
  wanted ??= json("details").then((found) => new About(app.graph, found ?? NOTHING));
  return wanted;
}

class About {
  constructor(graph, { issues, findings, rules, analyses, sources, states, units }) {
    this.graph = graph;
    this.issues = new Map();
    this.issuesIn = new Map();
    for (const [issue, of, kind, explanation, passages] of issues) {
      const each = { issue, of, kind, explanation, passages };
      put(this.issues, of, each);
      for (const passage of passages) put(this.issuesIn, passage, each);
    }
    this.findings = new Map();
    for (const [finding, kind, severity, things] of findings) {
      for (const thing of things) put(this.findings, thing, { finding, kind, severity });
    }
    this.rules = new Map(rules.map(([term, name, comment]) => [term, { name, comment }]));
    this.analyses = new Set(analyses);
    this.sources = new Set(sources);
    this.documents = new Set([...graph.passages.values()].map((each) => each.source));
    this.states = new Set(states);
    this.units = new Map(units);
  }

  /** Faults of a thing. */
  faultsOf(term) { return this.issues.get(term) ?? []; }

  /** Faults that a passage shows, of any of some things. */
  faultsAt(passage, things) { return (this.issuesIn.get(passage) ?? []).filter((each) => things.includes(each.of)); }

  findingsOf(term) { return this.findings.get(term) ?? []; }

  /** What a graph is: passage, rule, analysis, entry, reference, vocabulary or none. */
  origin(graph) {
    if (this.graph.terms[graph] === "") return "none";
    if (this.graph.passages.has(graph)) return "passage";
    if (this.rules.has(graph)) return "rule";
    if (this.analyses.has(graph)) return "analysis";
    if (this.documents.has(graph)) return "entry";
    return !this.sources.has(graph) && this.#isVocabulary(graph) ? "vocabulary" : "reference";
  }

  #isVocabulary(graph) {
    const [type, ontology] = [this.graph.number(RDF_TYPE), this.graph.number(ONTOLOGY)];
    return type >= 0 && ontology >= 0 && this.graph.graphsOf(graph, type, ontology).length > 0;
  }
}

function put(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
