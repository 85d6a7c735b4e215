// The graph in the page: terms, quads as four columns sorted by graph, subject, predicate and object, and names.
import { iriOf, isBlank, isIri, literal, termOf } from "./terms.js";

const RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel";
const NOTATION = "http://www.w3.org/2004/02/skos/core#notation";

export class Graph {
  /**
   * @param terms texts as N-Triples has them
   * @param quads columns g, s, p, o of numbers of terms
   * @param passages columns passage, source, section, anchor (the last two plus one, 0 for none)
   * @param prefixes namespaces by prefix
   */
  constructor(terms, quads, passages, prefixes) {
    this.terms = terms;
    this.quads = quads;
    this.prefixes = Object.entries(prefixes).sort((a, b) => b[1].length - a[1].length);
    this.numbers = null;
    this.labels = { en: new Map(), zh: new Map() };
    this.others = new Map();
    this.#readNames();
    this.passages = new Map();
    for (let i = 0; i < passages.passage.length; i += 1) {
      this.passages.set(passages.passage[i], {
        source: passages.source[i], section: passages.section[i] - 1, anchor: passages.anchor[i] - 1,
      });
    }
  }

  /** The number of an IRI, or of a blank node as "_:name", among the terms, or -1. */
  number(iri) {
    if (!this.numbers) {
      this.numbers = new Map();
      this.terms.forEach((term, number) => { if (isIri(term) || isBlank(term)) this.numbers.set(term, number); });
    }
    return this.numbers.get(isBlank(iri) ? iri : termOf(iri)) ?? -1;
  }

  /** The IRI of a term; a blank node is "_:name". */
  iri(number) { return isBlank(this.terms[number]) ? this.terms[number] : iriOf(this.terms[number]); }

  /** An IRI as prefix:name where a prefix fits. */
  curie(iri) {
    for (const [prefix, namespace] of this.prefixes) {
      if (iri.startsWith(namespace)) {
        const local = iri.slice(namespace.length);
        if (/^[\w.-]*$/.test(local)) return `${prefix}:${local}`;
      }
    }
    return iri;
  }

  /** The IRI that prefix:name stands for; anything else as it is. */
  expand(text) {
    const cut = text.indexOf(":");
    const found = this.prefixes.find(([prefix]) => prefix === text.slice(0, cut));
    return found ? found[1] + text.slice(cut + 1) : text;
  }

  /** The name of a term in a language, else in the other, else its compact IRI or its text. */
  label(number, language) {
    const named = this.labels[language].get(number) ?? this.labels[language === "zh" ? "en" : "zh"].get(number);
    if (named !== undefined) return literal(this.terms[named]).value;
    const term = this.terms[number];
    return isIri(term) ? this.curie(iriOf(term)) : literal(term).value;
  }

  /** All names of a term: labels, other labels and codes. */
  names(number) {
    const found = [this.labels.en.get(number), this.labels.zh.get(number), ...(this.others.get(number) ?? [])];
    return found.filter((each) => each !== undefined).map((each) => literal(this.terms[each]).value);
  }

  /** Source, section and anchor of the passage that a graph is, or null for the graphs of rules and references. */
  passage(graph, language) {
    const found = this.passages.get(graph);
    if (!found) return null;
    const text = (number) => (number < 0 ? "" : literal(this.terms[number]).value);
    return { source: found.source, sourceLabel: this.label(found.source, language), section: text(found.section), anchor: text(found.anchor) };
  }

  /** The quads of which a term is the subject, or the object, as [graph, subject, predicate, object]. */
  facts(number) {
    const { g, s, p, o } = this.quads;
    const out = [];
    const into = [];
    for (let i = 0; i < s.length; i += 1) {
      if (s[i] === number) out.push([g[i], s[i], p[i], o[i]]);
      else if (o[i] === number) into.push([g[i], s[i], p[i], o[i]]);
    }
    return { out, into };
  }

  /** The graphs that state a triple. */
  graphsOf(subject, predicate, object) {
    const { g, s, p, o } = this.quads;
    const found = [];
    for (let i = 0; i < s.length; i += 1) if (s[i] === subject && p[i] === predicate && o[i] === object) found.push(g[i]);
    return found;
  }

  #readNames() {
    const { s, p, o } = this.quads;
    const of = (iri) => this.terms.indexOf(termOf(iri));
    const [label, other, code] = [of(RDFS_LABEL), of(ALT_LABEL), of(NOTATION)];
    for (let i = 0; i < p.length; i += 1) {
      const property = p[i];
      if (property === label) {
        const term = this.terms[o[i]];
        const kept = term.endsWith("@zh") ? this.labels.zh : term.endsWith("@en") || !this.labels.en.has(s[i]) ? this.labels.en : null;
        if (kept) kept.set(s[i], o[i]);
      } else if (property === other || property === code) {
        const list = this.others.get(s[i]);
        if (list) { if (!list.includes(o[i])) list.push(o[i]); } else this.others.set(s[i], [o[i]]);
      }
    }
  }
}
