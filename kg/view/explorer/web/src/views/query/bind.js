// Parameters of a question: one-line VALUES clauses whose terms are replaced, as kg/query/parameters.py does it.

const LINE = /^([ \t]*)VALUES[ \t]+\?([\p{L}\p{N}_]+)[ \t]*\{[^{}\n]*\}[ \t\r]*$/u;
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\\ud800-\udfff]*$/u;
export const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const DIGITS = 18;
const XSD = "http://www.w3.org/2001/XMLSchema#";

export class BadValue extends Error {}

/** Whether a text can stand as an absolute IRI in a query. */
export const isIri = (text) => IRI.test(text) && !text.endsWith("\n");

/** A value {type: "uri" | "literal", value, datatype} as a term of SPARQL. */
export function serialise({ type, value, datatype }) {
  if (type === "uri") {
    if (!isIri(value)) throw new BadValue("iri");
    return `<${value}>`;
  }
  if (/[\ud800-\udfff]/u.test(value)) throw new BadValue("utf8");
  const quoted = `"${value.replace(/[\\"\n\r\t\b\f]/g, (one) => ESCAPES[one])}"`;
  return datatype ? `${quoted}^^<${datatype}>` : quoted;
}

/**
 * The query with the given terms in its VALUES lines; the line of a parameter that is null is taken out.
 * @param names of the parameters
 * @param values arrays of values, or null, by name
 */
export function bind(text, names, values) {
  const counts = new Map(names.filter((name) => Object.hasOwn(values, name)).map((name) => [name, 0]));
  const lines = text.split("\n").map((line) => {
    const match = LINE.exec(line);
    if (!match || !counts.has(match[2])) return line;
    const [, indent, name] = match;
    counts.set(name, counts.get(name) + 1);
    return values[name] === null ? indent : `${indent}VALUES ?${name} { ${values[name].map(serialise).join(" ")} }`;
  });
  for (const count of counts.values()) if (count !== 1) throw new BadValue("values");
  return lines.join("\n");
}

/** A whole or decimal number that was typed as a value; an error where it is none that the graph can hold. */
export function number(text, type) {
  const match = NUMBER.exec(text.trim());
  if (!match || !(match[2] || match[3])) throw new BadValue(type);
  const power = Number(match[4] ?? 0);
  const fraction = match[3] ?? "";
  const digits = `${match[2]}${fraction}`;
  const first = digits.search(/[1-9]/);
  const adjusted = match[2].length - 1 - first + power;
  if (first >= 0 && !(adjusted >= -DIGITS && adjusted < DIGITS)) throw new BadValue(type);
  if (first < 0) return { type: "literal", value: "0", datatype: `${XSD}${type === "integer" ? "integer" : "decimal"}` };
  const shift = match[2].length + power;
  const padded = shift <= 0 ? `${"0".repeat(1 - shift)}${digits}` : digits.padEnd(shift, "0");
  const point = Math.max(shift, 1);
  const whole = padded.slice(0, point).replace(/^0+(?=\d)/, "");
  const rest = padded.slice(point);
  const sign = match[1] === "-" ? "-" : "";
  if (type !== "integer") return { type: "literal", value: `${sign}${whole}${rest ? `.${rest}` : ""}`, datatype: `${XSD}decimal` };
  if (/[1-9]/.test(rest)) throw new BadValue(type);
  return { type: "literal", value: `${sign}${whole}`, datatype: `${XSD}integer` };
}
