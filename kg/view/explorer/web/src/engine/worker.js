// The SPARQL engine, alone in a worker: it can only be stopped by ending the worker.
import { initSync, Store, quad, blankNode, defaultGraph, literal, namedNode } from "oxigraph/web.js";
import { arrays, unpacked } from "../core/blocks.js";
import { iriOf, isIri, isLiteral, literal as parts } from "../core/terms.js";
import { cap, formOf } from "./cap.js";

const CHUNK = 1 << 21;
const STRING = "http://www.w3.org/2001/XMLSchema#string";
const UNION = { use_default_graph_as_union: true };
let store = null;

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

/** A term of the answer to CONSTRUCT as the results format in JSON has it. */
function plain(term) {
  if (term.termType === "NamedNode") return { type: "uri", value: term.value };
  if (term.termType === "BlankNode") return { type: "bnode", value: term.value };
  if (term.termType !== "Literal") return { type: "triple", value: String(term) };
  const found = { type: "literal", value: term.value };
  if (term.language) found["xml:lang"] = term.language;
  else if (term.datatype.value !== STRING) found.datatype = term.datatype.value;
  return found;
}

/** Terms are as the SPARQL 1.1 Query Results JSON Format has them; null where a variable is unbound. */
function answer(text, most) {
  const started = performance.now();
  const ms = () => performance.now() - started;
  const form = formOf(text);
  if (form === "CONSTRUCT" || form === "DESCRIBE") {
    const found = store.query(text, UNION);
    const triples = found.slice(0, most).map((t) => [plain(t.subject), plain(t.predicate), plain(t.object)]);
    return { kind: "construct", triples, truncated: found.length > most, ms: ms() };
  }
  const found = JSON.parse(ask(text, form === "SELECT" ? cap(text, most + 1) : null));
  if (form === "ASK") return { kind: "ask", value: found.boolean, ms: ms() };
  const variables = found.head.vars;
  const bindings = found.results.bindings;
  const rows = bindings.slice(0, most).map((row) => variables.map((name) => row[name] ?? null));
  return { kind: "select", variables, rows, truncated: bindings.length > most, ms: ms() };
}

function ask(text, capped) {
  const options = { ...UNION, results_format: "application/sparql-results+json" };
  if (capped !== null) {
    try {
      return store.query(capped, options);
    } catch {
      // Asked again below as it was typed, so that the error tells its line and column.
    }
  }
  return store.query(text, options);
}

self.onmessage = async ({ data }) => {
  const { id, command } = data;
  try {
    if (command === "load") {
      initSync({ module: data.module });
      store = new Store();
      const terms = new TextDecoder().decode(await unpacked(data.terms)).split("\n");
      load(terms, arrays(await unpacked(data.quads)));
      self.postMessage({ id, result: { quads: store.size } });
    } else self.postMessage({ id, result: answer(data.text, data.most) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
};
