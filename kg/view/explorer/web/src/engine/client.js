// The page's side of the engine: questions as promises, and a stop that ends the worker and starts another.
import workerText from "worker:engine";
import { unpacked } from "../core/blocks.js";

export class Stopped extends Error {}

export class Engine {
  #worker = null;
  #pending = new Map();
  #next = 1;
  #module = null;
  #ready = null;

  /**
   * @param events told "engine" with loading, ready, failed
   * @param wasm, terms, quads compressed bytes
   */
  constructor(events, wasm, terms, quads) {
    this.events = events;
    this.data = { wasm, terms, quads };
    this.state = "idle";
  }

  /** Start where it is not started; resolves when it can answer. */
  start() {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  /** The answer to a query: {kind: select | ask | construct, variables, rows, triples, value, truncated, ms}. */
  async query(text, most = 1_000) {
    await this.start();
    return this.#send({ command: "query", text, most });
  }

  /** End what runs, at once, and load anew. */
  stop() {
    this.#worker?.terminate();
    for (const { reject } of this.#pending.values()) reject(new Stopped("stopped"));
    this.#pending.clear();
    this.#ready = null;
    return this.start();
  }

  get busy() { return this.#pending.size > 0; }

  async #start() {
    this.#tell("loading");
    try {
      this.#module ??= await WebAssembly.compile(await unpacked(this.data.wasm));
      this.data.wasm = null;
      const address = URL.createObjectURL(new Blob([workerText], { type: "text/javascript" }));
      this.#worker = new Worker(address);
      URL.revokeObjectURL(address);
      this.#worker.onmessage = ({ data }) => this.#settle(data);
      this.#worker.onerror = (event) => this.#fail(new Error(event.message || "the engine ended"));
      const { quads } = await this.#send({ command: "load", module: this.#module, terms: this.data.terms, quads: this.data.quads });
      this.#tell("ready");
      return quads;
    } catch (error) {
      if (!(error instanceof Stopped)) this.#tell("failed", String(error.message ?? error));
      throw error;
    }
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
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error));
  }

  #fail(error) {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    this.#ready = null;
    this.#tell("failed", error.message);
  }
}
