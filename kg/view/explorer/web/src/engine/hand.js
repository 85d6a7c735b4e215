// One worker with an engine in it: what it is asked, as promises.
import workerText from "worker:engine";

const BEGUN = 0; // what the worker sends when it runs

export class Hand {
  #pending = new Map();
  #next = 1;
  #worker;

  /**
   * Begin to load: the worker unpacks the data while the program may still be compiled.
   * @param module a promise of the engine's program
   * @param data {terms, quads}, compressed
   * @param broken called with this and an error when the worker is of no more use
   */
  constructor(module, data, broken) {
    const address = URL.createObjectURL(new Blob([workerText], { type: "text/javascript" }));
    this.#worker = new Worker(address);
    URL.revokeObjectURL(address);
    this.#worker.onmessage = (event) => this.#settle(event.data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#broken(event.message);
    };
    this.broken = broken;
    const begun = new Promise((resolve, reject) => { this.#pending.set(BEGUN, { resolve, reject }); });
    const unpacked = this.send({ command: "unpack", ...data });
    const asked = Promise.all([module, begun]).then(([compiled]) => ({ loaded: this.send({ command: "load", module: compiled }) }));
    /** Resolves when the worker has all it needs: a page that is busy before that would hold it up. */
    this.asked = asked.then(() => {});
    /** Resolves with {quads}, how many there are, when it can answer. */
    this.loaded = asked.then(({ loaded }) => loaded);
    for (const each of [unpacked, this.asked, this.loaded]) each.catch(() => {}); // The engine tells it.
  }

  get busy() { return this.#pending.size > 0; }

  send(message) {
    if (!this.#worker) return Promise.reject(new Error("the engine ended"));
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...message });
    });
  }

  /** End the worker, whatever it does; who waits is told an error. */
  end(error) {
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of waiting) reject(error);
  }

  #broken(message) {
    this.broken(this, Object.assign(new Error(message || "the engine ended"), { code: "broken" }));
  }

  #settle({ id, result, error }) {
    const waiting = this.#pending.get(id);
    this.#pending.delete(id);
    if (!waiting || !this.#worker) return;
    if (error === undefined) return void waiting.resolve(result);
    waiting.reject(Object.assign(new Error(error.message), error));
    if (error.code === "broken") this.#broken(error.message);
  }
}
