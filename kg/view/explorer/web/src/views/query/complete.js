// What the editor offers: words of SPARQL, prefixes, variables of the query, and the ontology's terms and the things of
// the graph by their IRI and by their names in both languages.
import { fill, h } from "../../core/dom.js";
import { mask } from "../../engine/mask.js";
import { folded, thingsOf } from "./things.js";

const WORDS = `SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES ASK CONSTRUCT DESCRIBE PREFIX FROM EXISTS NOT
ORDER GROUP HAVING LIMIT OFFSET ASC DESC UNDEF COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI
CONTAINS STRSTARTS STRENDS STRLEN SUBSTR REPLACE REGEX LCASE UCASE CONCAT COALESCE IF ABS ROUND YEAR ISIRI ISBLANK ISLITERAL`.split(/\s+/);
const PHRASE = /[\p{L}\p{N}_:.'-]+(?: [\p{L}\p{N}_:.'-]+){0,3}$/u;
const MOST = 50;
const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const CLASSES = ["http://www.w3.org/2002/07/owl#Class", "http://www.w3.org/2000/01/rdf-schema#Class"];
const ABOUT = ["http://www.w3.org/2004/02/skos/core#definition", "http://www.w3.org/2000/01/rdf-schema#comment"];

/** The source of completions of an app's graph. */
export function completion(app) {
  let terms = null;
  return (context) => {
    const text = context.state.doc.toString();
    const before = text.slice(0, context.pos);
    if (hidden(before)) return null;
    const variable = /[?$][\p{L}\p{N}_]*$/u.exec(before);
    if (variable) return variables(text, variable[0], context.pos);
    const phrase = PHRASE.exec(before);
    if (!phrase) return context.explicit ? { from: context.pos, options: words(""), filter: false } : null;
    terms ??= new Vocabulary(app);
    return terms.offer(phrase[0], context.pos);
  };
}

/** Whether what comes next would stand in a comment or string. */
function hidden(before) { return mask(`${before}x`).at(-1) !== "x"; }

function variables(text, typed, pos) {
  const found = new Set([...mask(text).matchAll(/[?$]([\p{L}\p{N}_]+)/gu)].map((match) => `?${match[1]}`));
  found.delete(`?${typed.slice(1)}`);
  return { from: pos - typed.length, options: [...found].sort().map((label) => ({ label, type: "variable" })), validFor: /^[?$][\p{L}\p{N}_]*$/u };
}

function words(typed) {
  const start = typed.toUpperCase();
  return WORDS.filter((word) => word.startsWith(start) && word !== start).map((label) => ({ label, type: "keyword" }));
}

class Vocabulary {
  constructor(app) {
    this.app = app;
    const { graph } = app;
    const { g, s, p, o } = graph.quads;
    const [type, ...classes] = [RDF_TYPE, ...CLASSES].map((iri) => graph.number(iri));
    const ontologies = new Set();
    this.known = new Set();
    for (let i = 0; i < s.length; i += 1) {
      this.known.add(p[i]);
      if (p[i] !== type) continue;
      this.known.add(o[i]);
      if (classes.includes(o[i])) ontologies.add(g[i]);
    }
    for (let i = 0; i < s.length; i += 1) if (ontologies.has(g[i])) this.known.add(s[i]);
    const things = thingsOf(app).all;
    const listed = new Set(things.map((thing) => thing.term));
    const rest = [...this.known].filter((term) => !listed.has(term) && graph.terms[term].startsWith("<"));
    this.all = [...things, ...rest.map((term) => ({ term, curie: graph.curie(graph.iri(term)), names: [] }))]
      .map((each) => ({ ...each, compact: each.curie.toLowerCase() }));
    this.about = ABOUT.map((iri) => graph.number(iri));
  }

  /** Options for the longest end of a phrase that something is called by. */
  offer(phrase, pos) {
    for (let rest = phrase; ; rest = rest.slice(rest.indexOf(" ") + 1)) {
      const last = !rest.includes(" ");
      const found = this.#matching(rest);
      const options = last ? [...this.#prefixes(rest), ...words(rest), ...found] : found;
      if (options.length) return { from: pos - rest.length, options: options.slice(0, MOST), filter: false };
      if (last) return null;
    }
  }

  #prefixes(typed) {
    if (typed.includes(":")) return [];
    return Object.entries(this.app.meta.prefixes).filter(([prefix]) => prefix.startsWith(typed))
      .map(([prefix, namespace]) => ({ label: `${prefix}:`, detail: namespace, type: "namespace" }));
  }

  #matching(typed) {
    const sought = folded(typed);
    if (sought.length < 2 && !/\p{Script=Han}/u.test(sought)) return [];
    const found = [];
    for (const each of this.all) {
      const rank = this.#rank(each, sought);
      if (rank >= 0) found.push([rank, each]);
    }
    found.sort((a, b) => a[0] - b[0] || a[1].curie.length - b[1].curie.length || (a[1].curie < b[1].curie ? -1 : 1));
    return found.slice(0, MOST).map(([, each]) => this.#option(each));
  }

  /** Low for what fits best; terms of the ontology before things; -1 for none. */
  #rank({ term, names, compact }, sought) {
    let best = 99;
    const local = compact.slice(compact.indexOf(":") + 1);
    for (const name of [compact, local, ...names]) {
      const at = name.indexOf(sought);
      if (at < 0) continue;
      best = Math.min(best, at === 0 ? (name.length === sought.length ? 0 : 1) : /[\s-]/.test(name[at - 1]) || /\p{Script=Han}/u.test(sought) ? 3 : sought.length > 3 ? 5 : 99);
    }
    return best === 99 ? -1 : best * 2 + (this.known.has(term) ? 0 : 1);
  }

  #option(each) {
    const { graph, language } = this.app;
    const iri = graph.iri(each.term);
    const [name, other] = [graph.label(each.term, language), graph.label(each.term, language === "zh" ? "en" : "zh")];
    const names = [...new Set([name, other])].filter((text) => text !== each.curie);
    return {
      label: each.curie, detail: names.join(" · "), type: this.known.has(each.term) ? "class" : "text",
      apply: each.curie === iri || !/^[\w-]+:[\w-]+(?:\.[\w-]+)*$/.test(each.curie) ? `<${iri}>` : each.curie,
      info: () => fill(h("div", { class: "query-info" }), h("strong", {}, each.curie), names.map((text) => h("div", {}, text)), this.#definition(each.term)),
    };
  }

  #definition(term) {
    const { graph, language } = this.app;
    const found = graph.facts(term).out.filter(([, , property]) => this.about.includes(property)).map(([, , , object]) => object);
    const own = found.find((object) => graph.terms[object].endsWith(`@${language}`)) ?? found[0];
    return own === undefined ? null : h("p", {}, graph.label(own, language));
  }
}
