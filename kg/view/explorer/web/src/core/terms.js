// Terms as N-Triples has them: "<iri>", "\"text\"@en", "_:b1".

const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };
const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?$/s;

export const isIri = (term) => term.startsWith("<");
export const isLiteral = (term) => term.startsWith('"');
export const isBlank = (term) => term.startsWith("_:");
export const iriOf = (term) => unescape(term.slice(1, -1));
export const termOf = (iri) => `<${iri}>`;

/** The text, language and datatype of a literal. */
export function literal(term) {
  const match = LITERAL.exec(term);
  if (!match) return { value: term, language: "", datatype: "" };
  return { value: unescape(match[1]), language: match[2] ?? "", datatype: match[3] ?? "" };
}

function unescape(text) {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs, (_all, short, long, one) =>
    one !== undefined ? ESCAPES[one] ?? one : String.fromCodePoint(Number.parseInt(short ?? long, 16)));
}
