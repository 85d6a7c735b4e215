// What every view is given: the graph, the network, the engine, the language, and the address of what is shown.
import { Events } from "./events.js";

const LANGUAGES = ["en", "zh"];

export class App extends Events {
  /**
   * @param data {meta, graph, network, questions, engine}
   * @param texts texts of the page by language and key, of all views
   */
  constructor(data, texts) {
    super();
    Object.assign(this, data);
    this.texts = texts;
    this.params = {};
    this.language = LANGUAGES.includes(this.meta.language) ? this.meta.language : navigator.language.startsWith("zh") ? "zh" : "en";
  }

  /** A text of the page in the language shown; {name} in it is replaced. */
  t(key, values = {}) {
    const text = this.texts[this.language][key] ?? this.texts.en[key];
    if (text === undefined) throw new Error(`there is no text ${key}`);
    return text.replace(/\{(\w+)\}/g, (_all, name) => String(values[name]));
  }

  /** The text of a word that the data give, such as a status; the word itself where the page has no text for it. */
  word(kind, word) { return `${kind}.${word}` in this.texts.en ? this.t(`${kind}.${word}`) : String(word); }

  /** The name of a term in the language shown. */
  label(term) { return this.graph.label(term, this.language); }

  /** A number as readers of the language write it. */
  number(value, digits = 0) {
    return value.toLocaleString(this.language === "zh" ? "zh-CN" : "en-GB", { maximumFractionDigits: digits });
  }

  setLanguage(language) {
    if (!LANGUAGES.includes(language) || language === this.language) return;
    this.language = language;
    if ("lang" in this.params) {
      this.params = { ...this.params, lang: language };
      history.replaceState(null, "", `#${new URLSearchParams(this.params)}`);
    }
    this.emit("language", language);
  }

  /** The parameters of the address: view, node, and those of the view. */
  read() { return Object.fromEntries(new URLSearchParams(location.hash.slice(1))); }

  /** Change some parameters of the address; null takes one away. A new view drops those of the old one. */
  go(changes, replace = false) {
    const kept = changes.view && changes.view !== this.params.view ? pick(this.params, ["node", "edge", "lang", "embed"]) : this.params;
    const language = "lang" in kept ? { lang: this.language } : {};
    const next = Object.entries({ ...kept, ...language, ...changes }).filter(([name, value]) => value !== null && value !== undefined && (value !== "" || name === "embed"));
    const hash = `#${new URLSearchParams(next)}`;
    if (hash === location.hash) return;
    if (replace) history.replaceState(null, "", hash);
    else history.pushState(null, "", hash);
    this.moved();
  }

  /** Show what the address says. */
  moved() {
    this.params = this.read();
    this.emit("moved", this.params);
  }

  /** Show the details of a thing, by the number of its term; null closes them. */
  select(term) {
    this.go({ node: term === null ? null : this.graph.curie(this.graph.iri(term)), edge: null });
  }

  /** The number of the term that is selected, or -1. */
  get selected() { return this.params.node ? this.graph.number(this.graph.expand(this.params.node)) : -1; }
}

function pick(object, names) {
  return Object.fromEntries(names.filter((name) => name in object).map((name) => [name, object[name]]));
}
