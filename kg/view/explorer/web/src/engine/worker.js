// The SPARQL engine, alone in a worker: it can only be stopped by ending the worker.
import { initSync, Store, quad, blankNode, defaultGraph, literal, namedNode } from "oxigraph/web.js";
import { arrays, unpacked } from "../core/blocks.js";
import { iriOf, isIri, isLiteral, literal as parts } from "../core/terms.js";
import { beyond, cap } from "./cap.js";
import { lateral } from "./lateral.js";
import { refused } from "./limits.js";
import { formOf, hasDataset, mask } from "./mask.js";
import { missing, unknown } from "./prefixes.js";

const CHUNK = 1 << 21;
const JSON_RESULTS = "application/sparql-results+json";
const N_TRIPLES = "application/n-triples";
const SOLUTIONS = 100; // as many times the triples shown
const QUICK = 20; // ms in which no such number of solutions can be gone through
const MESSAGE = 300;
let data = null;
let store = null;
let prefixes = {};

/** Load the quads as TriG, a chunk at a time; those with blank nodes one by one, since each load names them anew. */
function load(terms, { g, s, p, o }) {
  let text = [];
  let size = 0;
  let graph = -1;
  let subject = -1;
  let predicate = -1;
  const put = (piece) => { text.push(piece); size += piece.length; };
  const close = () => {
    if (subject >= 0) put(" .\n");
    if (graph >= 0) put("}\n");
    graph = subject = predicate = -1;
  };
  const flush = () => {
    close();
    if (text.length) store.load(text.join(""), { format: "application/trig", lenient: true, no_transaction: true });
    text = [];
    size = 0;
  };
  for (let i = 0; i < s.length; i += 1) {
    if (terms[s[i]].startsWith("_:") || terms[o[i]].startsWith("_:") || terms[g[i]].startsWith("_:")) {
      store.add(quad(node(terms[s[i]]), node(terms[p[i]]), node(terms[o[i]]), terms[g[i]] ? node(terms[g[i]]) : defaultGraph()));
      continue;
    }
    if (g[i] !== graph) {
      close();
      graph = g[i];
      put(`${terms[graph]} {\n`);
    }
    if (s[i] !== subject) {
      if (subject >= 0) put(" .\n");
      subject = s[i];
      predicate = p[i];
      put(`${terms[subject]} ${terms[predicate]} ${terms[o[i]]}`);
    } else if (p[i] !== predicate) {
      predicate = p[i];
      put(` ;\n${terms[predicate]} ${terms[o[i]]}`);
    } else put(` , ${terms[o[i]]}`);
    if (size > CHUNK) flush();
  }
  flush();
}

function node(term) {
  if (isIri(term)) return namedNode(iriOf(term));
  if (!isLiteral(term)) return blankNode(term.slice(2));
  const { value, language, datatype } = parts(term);
  return literal(value, language || (datatype ? namedNode(datatype) : undefined));
}

/** A query with the prefixes of the project in a line before it. */
function whole(text) {
  const line = missing(text, prefixes);
  return line ? { text: `${line}\n${text}`, lines: 1 } : { text, lines: 0 };
}

/** What the engine answers, over the union of all graphs where the query does not name its own. */
function ask(text, format) {
  return store.query(text, { use_default_graph_as_union: !hasDataset(mask(text)), results_format: format });
}

/** Terms are as the SPARQL 1.1 Query Results JSON Format has them; null where a variable is unbound. */
function answer(typed, most, quick) {
  const started = performance.now();
  const done = (found) => ({ ...found, ms: performance.now() - started });
  const refusal = refused(typed);
  if (refusal) throw new Refusal(refusal, typed);
  const { text, lines } = whole(quick ? lateral(typed) : typed);
  const form = formOf(mask(typed));
  try {
    if (form === "CONSTRUCT" || form === "DESCRIBE") return done(triples(text, most));
    const found = JSON.parse(ask(form === "SELECT" ? cap(text, most + 1) : text, JSON_RESULTS));
    return done(found.boolean === undefined ? select(found, most) : { kind: "ask", value: found.boolean });
  } catch (error) {
    throw moved(unbounded(error, text), typed, lines);
  }
}

/** The error of a query that does not parse, without the limit that was put behind it, which may draw it there. */
function unbounded(error, text) {
  if (!String(error?.message).startsWith("error at ")) return error;
  try {
    ask(text, JSON_RESULTS);
    return error;
  } catch (again) {
    return String(again?.message).startsWith("error at ") ? again : error;
  }
}

function select({ head, results }, most) {
  const rows = results.bindings.slice(0, most).map((row) => head.vars.map((name) => row[name] ?? null));
  return { kind: "select", variables: head.vars, rows, truncated: results.bindings.length > most };
}

/** The triples, each once. A solution may give none or one that was there: many more are asked for than are shown. */
function triples(text, most) {
  const started = performance.now();
  const solutions = most * SOLUTIONS;
  const lines = [...new Set(ask(cap(text, solutions), N_TRIPLES).split("\n"))];
  const found = lines.filter((line) => line !== "").map((line) => split(line).map(plain));
  let truncated = found.length > most;
  if (!truncated && Number.isFinite(most) && performance.now() - started > QUICK) {
    const next = beyond(text, solutions);
    truncated = next !== null && ask(next, N_TRIPLES) !== "";
  }
  return { kind: "construct", triples: found.slice(0, most), truncated };
}

/** Subject, predicate and object of a line of N-Triples; an object may be a triple itself. */
function split(line) {
  const first = line.indexOf(" ");
  const second = line.indexOf(" ", first + 1);
  return [line.slice(0, first), line.slice(first + 1, second), line.slice(second + 1).replace(/ \.$/, "")];
}

/** A term of N-Triples as the results format in JSON has it. */
function plain(term) {
  if (term.startsWith("<<")) return { type: "triple", value: term };
  if (isIri(term)) return { type: "uri", value: iriOf(term) };
  if (!isLiteral(term)) return { type: "bnode", value: term.slice(2) };
  const { value, language, datatype } = parts(term);
  const found = { type: "literal", value };
  if (language) found["xml:lang"] = language;
  else if (datatype) found.datatype = datatype;
  return found;
}

/** An error that says what is wrong by a code, and where in the text by line and column, from 1, in characters. */
class Refusal extends Error {
  constructor({ code, index, name }, text, message = code) {
    super(message);
    const before = index === undefined ? null : text.slice(0, index).split(/\r\n|\r|\n/);
    Object.assign(this, { code, name, line: before?.length ?? 0, column: before ? [...before.at(-1)].length + 1 : 0 });
  }
}

/** The engine's error with the place where it is in the text as it was typed. */
function moved(error, typed, lines) {
  if (!(error instanceof Error) || error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return error;
  const message = String(error.message).replace(/\s+/g, " ");
  const at = /^error at (\d+):(\d+): (.*)$/.exec(message);
  if (!at) return Object.assign(new Error(brief(message)), { code: "failed" });
  const prefix = at[3].includes("Prefix not found") ? unknown(typed, prefixes) : null;
  if (prefix) return new Refusal({ code: "prefix", ...prefix }, typed, `the prefix ${prefix.name}: is not declared`);
  const place = { line: Math.max(Number(at[1]) - lines, 1), column: Number(at[2]) };
  return Object.assign(new Error(brief(at[3])), { code: "syntax", ...place });
}

function brief(text) { return text.length > MESSAGE ? `${text.slice(0, MESSAGE)} …` : text; }

/** The terms and the columns of quads from compressed bytes. */
async function read({ terms, quads }) {
  const [texts, numbers] = await Promise.all([unpacked(terms), unpacked(quads)]);
  return [new TextDecoder().decode(texts).split("\n"), arrays(numbers)];
}

const COMMANDS = {
  async unpack(asked) {
    data = read(asked);
    await data;
  },
  async load({ module }) {
    initSync({ module });
    store = new Store();
    load(...await data);
    data = null;
    return { quads: store.size };
  },
  query(asked) {
    prefixes = asked.prefixes;
    return answer(asked.text, asked.most ?? Infinity, asked.quick);
  },
};

self.postMessage({ id: 0 }); // It runs.

self.onmessage = async ({ data: { id, command, ...asked } }) => {
  try {
    self.postMessage({ id, result: await COMMANDS[command](asked) });
  } catch (error) {
    // What the engine itself did not throw has broken it: it must not be asked again.
    const broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const { code, line = 0, column = 0, name } = error ?? {};
    self.postMessage({ id, error: { message: String(error?.message ?? error), code: broken ? "broken" : code ?? "failed", line, column, name } });
  }
};
