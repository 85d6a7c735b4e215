// How a page that embeds this one talks to it: messages over a port, from origins that the file allows. docs/embedding.md
// says what they are. All that comes in is checked: it is from another page.
import { checked, connection } from "./check.js";
import { commands, named } from "./commands.js";

const VERSION = 1;

/** Answer the embedding page. */
export function embed(app, listener) {
  let link = null;
  listener.start((event) => {
    const asked = connection(event.data);
    const [port] = event.ports;
    if (!asked || !port) return;
    const refusal = refused(app.meta.origins, event.origin) ?? (asked.version === VERSION ? null : `version ${VERSION} is spoken here`);
    if (refusal) {
      port.postMessage({ event: "refused", reason: refusal });
      port.close();
      return;
    }
    link?.end();
    link = connect(app, port);
  });
}

/** Why a page of an origin may not speak with this one, or null where it may. */
function refused(origins, origin) {
  const allowed = Array.isArray(origins) ? origins : origins ? [origins] : [];
  const name = origin === "file://" ? "null" : origin; // Browsers differ in what they call files.
  return allowed.includes("*") || allowed.includes(name) ? null : `this file does not allow ${name} to embed it: write it with that origin allowed`;
}

/** What went wrong as a sentence; where a query is at fault, the line and column come first. */
function reason(app, problem) {
  const { message = problem, code, line, column } = problem ?? {};
  const words = message === code ? app.texts.en[`query.error.${code}`] ?? message : message;
  return line ? `${line}:${column}: ${words}` : String(words);
}

/** Speak over a port: answer its messages, and tell it what happens. */
function connect(app, port) {
  const known = commands(app, tell);
  const ends = [
    app.on("selected", ({ term, edge }) => tell("selected", { thing: named(app, term), relation: edge && edge.map((each) => named(app, each)) })),
    app.on("filtered", ({ nodes, edges }) => tell("filtered", { nodes: Number(nodes), edges: Number(edges) })),
  ];
  function tell(event, detail) { port.postMessage({ event, ...detail }); }
  port.onmessage = async ({ data }) => {
    const { id, command, error, values } = checked(data, Object.keys(known));
    if (error) return port.postMessage({ id, error });
    try {
      return port.postMessage({ id, result: await known[command](values) });
    } catch (problem) {
      return port.postMessage({ id, error: reason(app, problem) });
    }
  };
  tell("ready", {
    version: VERSION, commands: Object.keys(known), title: document.title, language: app.language,
    facts: app.meta.quads, things: app.meta.nodes, digest: app.meta.digest, selected: named(app, app.selected),
  });
  return { end() { ends.forEach((end) => end()); port.close(); } };
}
