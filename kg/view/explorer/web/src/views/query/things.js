// The things of the graph by what a user calls them, as kg/query/lookup.py finds them: key, compact IRI, IRI or name.
import { BadValue, isIri, number } from "./bind.js";

const KEY = /^[\p{L}\p{N}-]+$/u;
const PLAIN = ["string", "integer", "number"];
const made = new WeakMap();

/** The index of an app's things; made once. */
export function thingsOf(app) {
  if (!made.has(app)) made.set(app, new Things(app));
  return made.get(app);
}

/** The kinds of things that a parameter takes; empty for plain values. */
export const kindsOf = (parameter) => (PLAIN.includes(parameter.type) ? [] : parameter.type.split("|"));

/** The form in which two spellings count as one; the command line also takes traditional characters as simplified. */
export function folded(text) {
  return text.replace(/\p{Cf}/gu, "").normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ");
}

class Things {
  constructor(app) {
    this.app = app;
    this.prefixes = app.meta.prefixes;
    const { graph } = app;
    const terms = new Set([...graph.labels.en.keys(), ...graph.labels.zh.keys(), ...graph.others.keys()]);
    this.all = [...terms].filter((term) => graph.terms[term].startsWith("<")).map((term) => {
      const iri = graph.iri(term);
      return { term, iri, curie: graph.curie(iri), names: graph.names(term).map(folded) };
    });
    this.byName = new Map();
    for (const thing of this.all) {
      for (const name of new Set(thing.names)) {
        if (!this.byName.has(name)) this.byName.set(name, []);
        this.byName.get(name).push(thing);
      }
    }
  }

  ofKind(iri, kinds) {
    if (!kinds.length || kinds.includes("thing")) return true;
    return kinds.some((kind) => Object.hasOwn(this.prefixes, kind) && iri.startsWith(this.prefixes[kind]));
  }

  /** Things of some kinds whose names or IRI hold a text; those that begin with it come first. */
  suggestions(text, kinds, most = 30) {
    const sought = folded(text);
    const found = [];
    for (const thing of this.all) {
      if (!this.ofKind(thing.iri, kinds)) continue;
      const rank = rankOf(thing, sought);
      if (rank < 9) found.push({ ...thing, rank });
    }
    const name = (thing) => this.app.label(thing.term);
    found.sort((a, b) => a.rank - b.rank || name(a).localeCompare(name(b), this.app.language));
    return found.slice(0, most);
  }

  /** The IRI of the thing of that name among those of some kinds. */
  resolve(text, kinds) {
    const given = text.trim();
    const { graph } = this.app;
    const expanded = graph.expand(given);
    const keys = KEY.test(given) ? kinds.filter((kind) => Object.hasOwn(this.prefixes, kind)).map((kind) => this.prefixes[kind] + given) : [];
    for (const iri of [given, expanded, ...keys]) {
      if (isIri(iri) && graph.number(iri) >= 0 && this.ofKind(iri, kinds)) return iri;
    }
    const found = (this.byName.get(folded(given)) ?? []).filter((thing) => this.ofKind(thing.iri, kinds));
    if (found.length > 1) throw Object.assign(new BadValue("ambiguous"), { text: given, among: found.map((thing) => thing.curie) });
    if (!found.length) throw Object.assign(new BadValue("unknown"), { text: given });
    return found[0].iri;
  }

  /** The values of a parameter from what the address or a field holds: an array, or null where it is empty. */
  values(parameter, text) {
    const kinds = kindsOf(parameter);
    if (text === undefined || text === null || text.trim() === "") return null;
    if (parameter.type === "string") return [{ type: "literal", value: text }];
    if (!kinds.length) return [number(text, parameter.type)];
    const whole = !text.includes(",") || (this.byName.get(folded(text)) ?? []).some((thing) => this.ofKind(thing.iri, kinds));
    const names = whole ? [text] : text.split(",").filter((name) => name.trim() !== "");
    return names.map((name) => ({ type: "uri", value: this.resolve(name, kinds) }));
  }
}

/** 0 for a name that is the text, more for one that begins with it or has it within, 9 for none. */
function rankOf({ names, curie }, sought) {
  if (sought === "") return 3;
  let best = 9;
  for (const name of [...names, curie.toLowerCase(), curie.slice(curie.indexOf(":") + 1).toLowerCase()]) {
    const at = name.indexOf(sought);
    if (at < 0) continue;
    best = Math.min(best, at > 0 ? (/[\s-]/.test(name[at - 1]) ? 2 : 3) : name.length === sought.length ? 0 : 1);
  }
  return best;
}
