// What is refused before the engine reads it: its parser has no limit of its own, and a query nested too deep ends it.
// The bounds are those of kg/query/limits.py.
import { mask, unclosed, word } from "./mask.js";

const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 64;
const MAX_PARTS = 1_000;
const VALUES = /\bVALUES\s*(?:[?$][\p{L}\p{N}_]+|\([^(){}]*\))\s*\{[^{}]*\}/giu;
const PARTS = /\b(?:UNION|OPTIONAL|BIND|MINUS|FILTER|VALUES|GRAPH|LATERAL|EXISTS|AS)\b|<<|&&|\|\||[{(\[+*/!|;,.^-]/gi;

/** Why a query is not asked, as {code, index}, or null. */
export function refused(text) {
  const masked = mask(text);
  if (new TextEncoder().encode(text).length > MAX_BYTES) return { code: "large" };
  const open = unclosed(text);
  if (open >= 0) return { code: "unclosed", index: open };
  const service = word(masked, "SERVICE");
  if (service) return { code: "service", index: service.index };
  const deep = tooDeep(masked);
  if (deep >= 0) return { code: "deep", index: deep };
  const parts = masked.replace(VALUES, " VALUES ").match(PARTS) ?? [];
  return parts.length > MAX_PARTS ? { code: "parts" } : null;
}

function tooDeep(masked) {
  let depth = 0;
  for (const match of masked.matchAll(/<<|>>|[{}()[\]]/g)) {
    depth += ["<<", "{", "(", "["].includes(match[0]) ? 1 : -1;
    if (depth > MAX_DEPTH) return match.index;
  }
  return -1;
}
