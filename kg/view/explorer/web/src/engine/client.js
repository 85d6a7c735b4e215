// The page's side of the engine: questions as promises, and a stop that ends the worker and takes another.
import { Hand } from "./hand.js";

const LONG = 300; // ms after which a query may well be stopped
const PATIENCE = 1_000; // ms that a page waits for a worker to begin
const MOST_SPARE = 100_000; // quads; with more, two engines would need too much memory

class Stopped extends Error {
  constructor() {
    super("stopped");
    this.code = "stopped";
  }
}

export class Engine {
  #hand = null;
  #spare = null;
  #module;
  #ready = null;
  #stops = 0;
  #quads = 0;
  #events = null;

  /**
   * @param module a promise of the engine's program
   * @param terms, quads compressed bytes
   */
  constructor(module, terms, quads) {
    this.data = { terms, quads };
    this.prefixes = {};
    this.state = "idle";
    this.#module = module;
  }

  /**
   * @param events told "engine" with loading, ready, failed
   * @param prefixes namespaces that need no PREFIX lines
   */
  join(events, prefixes) {
    this.#events = events;
    this.prefixes = prefixes;
  }

  /** Start where it is not started; resolves when it can answer, with the number of quads. */
  start() {
    this.#ready ??= this.#load(this.#stops);
    return this.#ready;
  }

  /** Resolves when the worker has begun to load, or cannot or takes too long. */
  begun() {
    return Promise.race([this.#hand.asked.catch(() => {}), new Promise((done) => { setTimeout(done, PATIENCE); })]);
  }

  /**
   * The answer to a query: {kind: select | ask | construct, variables, rows, triples, value, truncated, ms}.
   * Its error has a code (syntax, prefix, unclosed, service, deep, parts, large, broken, stopped, failed), and line and
   * column, from 1, where they are known. All rows where `most` is null. `quick` is for the
   * questions of the catalogue: see lateral.js.
   */
  async query(text, most = 1_000, { quick = false } = {}) {
    const stops = this.#stops;
    await this.start();
    if (stops !== this.#stops) throw new Stopped();
    const clock = setTimeout(() => this.#prepare(), LONG);
    try {
      return await this.#hand.send({ command: "query", text, most, quick, prefixes: this.prefixes });
    } finally {
      clearTimeout(clock);
    }
  }

  /** End what runs, at once; the spare takes its place, or another is loaded. */
  stop() {
    this.#end(new Stopped());
    return this.start();
  }

  get busy() { return this.#hand?.busy ?? false; }

  #end(error) {
    this.#stops += 1;
    this.#ready = null;
    const hand = this.#hand;
    this.#hand = null;
    hand?.end(error);
  }

  /** Load, unless a stop comes between: then what loads after it is waited for. */
  async #load(stops) {
    this.#tell("loading");
    try {
      this.#hand = this.#spare ?? this.#begin();
      this.#spare = null;
      this.#quads = (await this.#hand.loaded).quads;
      if (stops !== this.#stops) return this.start();
      this.#tell("ready");
      return this.#quads;
    } catch (error) {
      if (stops !== this.#stops) return this.start();
      this.#tell("failed", String(error.message ?? error));
      throw error;
    }
  }

  /** Load a second engine beside one that takes long, so that a stop need not wait. */
  #prepare() {
    if (this.#quads <= MOST_SPARE) this.#spare ??= this.#begin();
  }

  #begin() {
    return new Hand(this.#module, this.data, (hand, error) => this.#broke(hand, error));
  }

  /** What broke the engine is told, and another is taken; what broke while it was loaded would do so again. */
  #broke(hand, error) {
    if (hand === this.#spare) this.#spare = null;
    if (hand !== this.#hand || this.state === "loading") return hand.end(error);
    this.#end(error);
    this.start().catch(() => {});
  }

  #tell(state, message = "") {
    this.state = state;
    this.message = message;
    this.#events?.emit("engine", { state, message });
  }
}
