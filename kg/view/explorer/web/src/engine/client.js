// The page's side of the engine: questions as promises, and a stop that ends the worker and starts another.
import workerText from "worker:engine";
import { unpacked } from "../core/blocks.js";

class Stopped extends Error {
  constructor() {
    super("stopped");
    this.code = "stopped";
  }
}

export class Engine {
  #worker = null;
  #pending = new Map();
  #next = 1;
  #module = null;
  #ready = null;
  #stops = 0;

  /**
   * @param events told "engine" with loading, ready, failed
   * @param wasm, terms, quads compressed bytes
   * @param prefixes namespaces that need no PREFIX lines
   */
  constructor(events, wasm, terms, quads, prefixes) {
    this.events = events;
    this.data = { wasm, terms, quads, prefixes };
    this.state = "idle";
  }

  /** Start where it is not started; resolves when it can answer, with the number of quads. */
  start() {
    this.#ready ??= this.#load(this.#stops);
    return this.#ready;
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
    return this.#send({ command: "query", text, most, quick });
  }

  /** End what runs, at once, and load anew. */
  stop() {
    this.#end(new Stopped());
    return this.start();
  }

  get busy() { return this.#pending.size > 0; }

  #end(error) {
    this.#stops += 1;
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    this.#ready = null;
    for (const { reject } of waiting) reject(error);
  }

  /** Load, unless a stop comes between: then what loads after it is waited for. */
  async #load(stops) {
    this.#tell("loading");
    try {
      this.#module ??= unpacked(this.data.wasm).then((bytes) => WebAssembly.compile(bytes));
      const module = await this.#module;
      this.data.wasm = null;
      if (stops !== this.#stops) return this.start();
      this.#worker = this.#begin();
      const { quads } = await this.#send({ command: "load", module, terms: this.data.terms, quads: this.data.quads, prefixes: this.data.prefixes });
      this.#tell("ready");
      return quads;
    } catch (error) {
      if (stops !== this.#stops) return this.start();
      this.#tell("failed", String(error.message ?? error));
      throw error;
    }
  }

  #begin() {
    const address = URL.createObjectURL(new Blob([workerText], { type: "text/javascript" }));
    const worker = new Worker(address);
    URL.revokeObjectURL(address);
    worker.onmessage = ({ data }) => { if (worker === this.#worker) this.#settle(data); };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#replace(event.message);
    };
    return worker;
  }

  /** What broke the engine is told, and another is loaded; what broke while it was loaded would do so again. */
  #replace(message) {
    const loading = this.state === "loading";
    const error = Object.assign(new Error(message || "the engine ended"), { code: "broken" });
    if (loading) {
      for (const { reject } of this.#pending.values()) reject(error);
      this.#pending.clear();
      return;
    }
    this.#end(error);
    this.start().catch(() => {});
  }

  #tell(state, message = "") {
    this.state = state;
    this.events.emit("engine", { state, message });
  }

  #send(message) {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...message });
    });
  }

  #settle({ id, result, error }) {
    const waiting = this.#pending.get(id);
    this.#pending.delete(id);
    if (!waiting) return;
    if (error === undefined) return void waiting.resolve(result);
    waiting.reject(Object.assign(new Error(error.message), error));
    if (error.code === "broken") this.#replace(error.message);
  }
}
