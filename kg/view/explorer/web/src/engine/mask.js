// The text of a query without what is in its comments, IRIs and strings, so that words and brackets can be looked for.

// As the grammar has them ([139], [156] to [159]); the empty group behind a string matches where it is not closed.
// What begins like a comparison is none of an IRI: `?a<?b&&?c>?d`.
const SKIPPED = new RegExp([
  String.raw`#[^\r\n]*`,
  String.raw`\\[^]`,
  String.raw`<(?![?$(!\d+-])[^<>"{}|^${"`"}\\\x00-\x20]*>`,
  String.raw`"""(?:"{0,2}(?:[^"\\]|\\[^]))*(?:"""|())`,
  String.raw`'''(?:'{0,2}(?:[^'\\]|\\[^]))*(?:'''|())`,
  String.raw`"(?:[^"\\\r\n]|\\[^])*(?:"|())`,
  String.raw`'(?:[^'\\\r\n]|\\[^])*(?:'|())`,
].join("|"), "g");
const CLOSES = { "}": "{", ")": "(", "]": "[" };
const FREE = "(?<![?$:\\w\\u0080-\\u{10ffff}.@-])"; // what is no ASCII is part of a name

/** The text at the same length: comments are spaces, and IRIs and strings are quotation marks. */
export function mask(text) {
  return text.replace(SKIPPED, (match) => (match.startsWith("#") ? " " : match.startsWith("\\") ? "_" : '"').repeat(match.length));
}

/** Where the first string begins that is not closed, or -1. */
export function unclosed(text) {
  for (const match of text.matchAll(SKIPPED)) if (match.slice(1).some((group) => group !== undefined)) return match.index;
  return -1;
}

/** What of a masked text is within no bracket, at the same length; null where the brackets do not match. */
export function outer(masked) {
  const open = [];
  let found = "";
  for (const one of masked) {
    if (one in CLOSES && open.pop() !== CLOSES[one]) return null;
    found += open.length ? " ".repeat(one.length) : one;
    if (one === "{" || one === "(" || one === "[") open.push(one);
  }
  return open.length ? null : found;
}

/** The first place of a word of the grammar in a masked text, as a match; variables and names do not count. */
export function word(masked, name, rest = "(?![\\w:-])") {
  return new RegExp(`${FREE}${name}${rest}`, "iu").exec(masked);
}

/** SELECT, ASK, CONSTRUCT or DESCRIBE; empty where it is none of them. */
export function formOf(masked) {
  const match = word(masked, "(?:SELECT|ASK|CONSTRUCT|DESCRIBE)", "(?![\\w:-])");
  return match ? match[0].toUpperCase() : "";
}

/** Whether a masked text says by FROM which graphs it asks: the word stands outside of all brackets, before an IRI or a name. */
export function hasDataset(masked) {
  return word(outer(masked) ?? "", "FROM", `(?![\\w:.-])\\s*(?:NAMED(?![\\w:.-])\\s*)?(?:"|[^\\s"?$]*:)`) !== null;
}
