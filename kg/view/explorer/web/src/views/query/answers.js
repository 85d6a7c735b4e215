// Answers as kg/query has them: parts of concatenated columns in order, and CSV.
import { ESCAPES } from "./bind.js";

const CONCATENATED = /GROUP_CONCAT\([^()]*(?:\([^()]*\)[^()]*)*SEPARATOR="([^"]+)"\)[^?]*AS \?([\p{L}\p{N}_]+)\)/gu;
const FORMULA = /^'*[=+\-@\t\r]/;
const QUOTED = /[,"\r\n]/;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const WHOLE = new Set([`${XSD}integer`]);
const BROKEN = new Set([`${XSD}double`, `${XSD}float`]);

/** The separator of each concatenated column of a query by the name of its variable. */
export function separators(text) {
  return new Map([...text.matchAll(CONCATENATED)].map((match) => [match[2], match[1]]));
}

/** The rows with the parts of concatenated columns sorted; engines concatenate in any order. */
export function inOrder(text, { variables, rows }) {
  const found = separators(text);
  if (!found.size) return rows;
  return rows.map((row) => row.map((term, i) => {
    const separator = found.get(variables[i]);
    if (!separator || !term || term.type !== "literal" || term.datatype) return term;
    return { type: "literal", value: term.value.split(separator).sort(byCodePoint).join(separator) };
  }));
}

/** Sorts as Python does, by code point rather than by half of a pair. */
export function byCodePoint(a, b) {
  const [first, second] = [[...a], [...b]];
  for (let i = 0; i < Math.min(first.length, second.length); i += 1) {
    if (first[i] !== second[i]) return first[i].codePointAt(0) - second[i].codePointAt(0);
  }
  return first.length - second.length;
}

/** CSV with a header (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function toCsv(variables, rows) {
  const lines = [variables, ...rows.map((row) => row.map(cell))];
  return lines.map((line) => `${line.length === 1 && line[0] === "" ? '""' : line.map(quoted).join(",")}\n`).join("");
}

/** Rows as text that a spreadsheet takes from the clipboard. */
export function toTabs(variables, rows) {
  const flat = (text) => text.replace(/[\t\r\n]+/g, " ");
  return [variables, ...rows.map((row) => row.map(cell))].map((line) => line.map(flat).join("\t")).join("\n");
}

/** The number that a term is, or NaN. */
export function numeric(term) {
  if (!term || term.type !== "literal" || !term.datatype?.startsWith(XSD)) return Number.NaN;
  const type = term.datatype.slice(XSD.length);
  const known = WHOLE.has(term.datatype) || BROKEN.has(term.datatype) || type === "decimal" || /^(?:unsigned|non|positive|negative)?(?:Int|int|Long|long|Short|short|Byte|byte|PositiveInteger|NegativeInteger|Integer)$/.test(type);
  if (!known || term.value.trim() === "") return Number.NaN;
  return Number(term.value.replace(/^\+?(-?)INF$/, "$1Infinity"));
}

function cell(term) {
  if (!term) return "";
  const { type, value, datatype } = term;
  if (type === "literal" && datatype) {
    const told = special(value, datatype);
    if (told !== null) return told;
  }
  return FORMULA.test(value) ? `'${value}` : value;
}

/** Numbers and truth values as Python writes them; null where it is text. */
function special(value, datatype) {
  if (datatype === `${XSD}boolean`) return value === "true" || value === "1" ? "true" : "false";
  if (WHOLE.has(datatype) && /^[+-]?\d+$/.test(value)) return String(BigInt(value.replace("+", "")));
  if (datatype === `${XSD}decimal` && /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(value)) return decimal(value);
  if (BROKEN.has(datatype)) return broken(value);
  return null;
}

function decimal(value) {
  const sign = value.startsWith("-") ? "-" : "";
  const [whole, fraction = ""] = value.replace(/^[+-]/, "").split(".");
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, "");
  const adjusted = digits.length - 1 - fraction.length;
  if (adjusted >= -6) return `${sign}${whole.replace(/^0+(?=\d)/, "") || "0"}${fraction ? `.${fraction}` : ""}`;
  return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}E${adjusted}`;
}

function broken(value) {
  const number = Number(value.replace(/^\+?(-?)INF$/, "$1Infinity"));
  if (Number.isNaN(number)) return value === "NaN" ? "nan" : null;
  if (!Number.isFinite(number)) return number > 0 ? "inf" : "-inf";
  if (number === 0) return Object.is(number, -0) ? "-0.0" : "0.0";
  const [digits, power] = number.toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  const plain = number.toString().includes("e") ? number.toFixed(-exponent + digits.replace(/[^\d]/g, "").length - 1) : number.toString();
  return plain.includes(".") ? plain : `${plain}.0`;
}

function quoted(text) {
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A term as N-Triples has it. */
export function ntriples({ type, value, datatype, "xml:lang": language }) {
  if (type === "uri") return `<${value}>`;
  if (type === "bnode") return `_:${value}`;
  if (type !== "literal") return value;
  const quoted = `"${value.replace(/[\\"\n\r\t\b\f]/g, (one) => ESCAPES[one])}"`;
  return language ? `${quoted}@${language}` : datatype ? `${quoted}^^<${datatype}>` : quoted;
}
