// The shapes of what an embedding page may send. Whatever has another shape is refused with the reason.

const LONGEST_ID = 100;
const LONGEST_NAME = 2_000;
const LONGEST_QUERY = 65_536;
const LONGEST_VALUE = 4_096;
const MOST_PARAMETERS = 32;
const WORD = /^[A-Za-z][A-Za-z0-9-]{0,31}$/;
const OURS = ["view", "node", "edge", "lang", "embed"];

/** The message that asks for a connection, or null where it is something else. */
export function connection(data) {
  if (!isObject(data) || data.kg !== "connect") return null;
  return { version: data.version };
}

/** A message as {id, command, values}, or {id, error}. */
export function checked(data, known) {
  if (!isObject(data)) return { id: null, error: "a message is an object with id and command" };
  const id = isId(data.id) ? data.id : null;
  if (id === null) return { id, error: `id is a number or a text of at most ${LONGEST_ID} letters` };
  if (typeof data.command !== "string" || !known.includes(data.command)) return { id, error: `unknown command: there are ${known.join(", ")}` };
  const problem = PROBLEMS[data.command](data);
  return problem ? { id, error: problem } : { id, command: data.command, values: data };
}

const PROBLEMS = {
  select: ({ thing }) => (thing === null ? null : nameProblem(thing)),
  focus: ({ thing }) => nameProblem(thing),
  query: ({ text, limit }) => {
    if (typeof text !== "string" || !text.trim()) return "text is a query";
    if (new TextEncoder().encode(text).length > LONGEST_QUERY) return `text is longer than ${LONGEST_QUERY} bytes`;
    return limit === undefined || (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) ? null : "limit is a whole number from 1 to 1000";
  },
  filter: ({ parameters }) => {
    if (!isObject(parameters)) return "parameters is an object of texts";
    const entries = Object.entries(parameters);
    if (entries.length > MOST_PARAMETERS) return `parameters has more than ${MOST_PARAMETERS} entries`;
    for (const [name, value] of entries) {
      if (!WORD.test(name) || name in {} || OURS.includes(name)) return `parameters may not have ${name.slice(0, 40)}`;
      if (value !== null && (typeof value !== "string" || value.length > LONGEST_VALUE)) return `${name} is a text of at most ${LONGEST_VALUE} letters, or null`;
    }
    return null;
  },
};

function nameProblem(thing) {
  return typeof thing === "string" && thing.trim() && thing.length <= LONGEST_NAME ? null : "thing is an IRI, a compact IRI or a name";
}

function isObject(value) { return typeof value === "object" && value !== null && !Array.isArray(value); }

function isId(value) { return (typeof value === "string" && value.length <= LONGEST_ID) || Number.isFinite(value); }
