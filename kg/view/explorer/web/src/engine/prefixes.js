// The prefixes of the project, which need no PREFIX lines.
import { mask } from "./mask.js";

/** The PREFIX declarations, on one line, of what a query uses and does not declare; empty where there is none. */
export function missing(text, prefixes) {
  const masked = mask(text);
  const used = new Set([...masked.matchAll(/([\p{L}\p{N}_.-]*):/gu)].map((match) => match[1]));
  const declared = new Set([...masked.matchAll(/\bPREFIX\s+([^\s:]*)\s*:/giu)].map((match) => match[1]));
  const names = [...used].filter((name) => Object.hasOwn(prefixes, name) && !declared.has(name)).sort();
  return names.map((name) => `PREFIX ${name}: <${prefixes[name]}> `).join("");
}

/** The first prefix that a query uses and nobody declares, as {name, index}, or null. */
export function unknown(text, prefixes) {
  const masked = mask(text);
  const declared = new Set([...masked.matchAll(/\bPREFIX\s+([^\s:]*)\s*:/giu)].map((match) => match[1]));
  for (const match of masked.matchAll(/(?<![\p{L}\p{N}_.:?$@-])([\p{L}][\p{L}\p{N}_.-]*):/gu)) {
    if (!declared.has(match[1]) && !Object.hasOwn(prefixes, match[1])) return { name: match[1], index: match.index };
  }
  return null;
}
