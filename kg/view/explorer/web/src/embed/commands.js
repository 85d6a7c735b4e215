// What an embedding page may ask for. Each command is given a message that was checked, and gives its result.

const MOST_ROWS = 1_000;
const MOST_QUERIES = 20;
const LONGEST_RUN = 60_000;
const MOST_CANDIDATES = 5;

/** The commands by name; `tell` sends an event. */
export function commands(app, tell) {
  const queue = queries(app, tell);
  return {
    select({ thing }) {
      const term = thing === null ? null : find(app, thing);
      app.select(term);
      return named(app, term ?? -1);
    },
    focus({ thing }) {
      const term = find(app, thing);
      const key = app.graph.curie(app.graph.iri(term));
      app.go({ view: "network", node: key, focus: key, edge: null });
      return named(app, term);
    },
    query: ({ text, limit }) => queue(text, limit ?? MOST_ROWS),
    filter({ parameters }) {
      app.go({ view: "network", ...parameters });
      return { parameters: { ...app.params } };
    },
  };
}

/** The term of an IRI, a compact IRI, or a name that only one thing has. */
function find(app, name) {
  for (const iri of [name, app.graph.expand(name)]) {
    const term = app.graph.number(iri);
    if (term >= 0) return term;
  }
  const wanted = name.trim().toLowerCase();
  const found = namedSo(app.graph, wanted);
  if (found.length === 1) return found[0];
  if (!found.length) throw new Error(`nothing in the graph is called ${name.slice(0, 80)}`);
  const keys = found.slice(0, MOST_CANDIDATES).map((term) => app.graph.curie(app.graph.iri(term)));
  throw new Error(`several things are called ${name.slice(0, 80)}: ${keys.join(", ")}${found.length > keys.length ? " …" : ""}`);
}

/** The things that have a name, whatever its case: those that have it as their label, else as another name or code. */
function namedSo(graph, wanted) {
  const has = (term) => graph.names(term).some((each) => each.toLowerCase() === wanted);
  const first = (language) => [...graph.labels[language].keys()].filter((term) => graph.label(term, language).toLowerCase() === wanted);
  const labelled = [...new Set([...first("en"), ...first("zh")])];
  return labelled.length ? labelled : [...graph.others.keys()].filter(has);
}

/** Queries one after the other; one that runs too long is stopped, with whatever else the engine does. */
function queries(app, tell) {
  let last = Promise.resolve();
  let waiting = 0;
  const run = async (text, most) => {
    await app.engine.start();
    const clock = setTimeout(() => app.engine.stop(), LONGEST_RUN);
    try {
      return await app.engine.query(text, most);
    } finally {
      clearTimeout(clock);
    }
  };
  return (text, most) => {
    if (waiting >= MOST_QUERIES) throw new Error(`${MOST_QUERIES} queries wait already`);
    waiting += 1;
    const answer = last.then(() => run(text, most)).finally(() => { waiting -= 1; });
    last = answer.catch(() => {});
    return answer.then((found) => {
      tell("result", { kind: found.kind, count: (found.rows ?? found.triples ?? []).length, truncated: Boolean(found.truncated), ms: found.ms });
      return standard(found);
    });
  };
}

/** An answer as the SPARQL 1.1 Query Results JSON Format has it; of CONSTRUCT the triples, each of three such terms. */
function standard({ kind, variables, rows, triples, value, truncated }) {
  if (kind === "ask") return { head: {}, boolean: value };
  if (kind === "construct") return { triples, truncated };
  const bindings = rows.map((row) => Object.fromEntries(variables.map((name, i) => [name, row[i]]).filter(([, term]) => term !== null)));
  return { head: { vars: variables }, results: { bindings }, truncated };
}

/** A thing as the embedding page is told of it: IRI, compact IRI and name; null where there is none. */
export function named(app, term) {
  if (term < 0) return null;
  const iri = app.graph.iri(term);
  return { iri, key: app.graph.curie(iri), label: app.label(term) };
}
