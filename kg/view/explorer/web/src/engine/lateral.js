// Questions of the catalogue in a form that this engine answers fast. Its release joins what stands in an OPTIONAL anew,
// by way of all facts, for each row before it; LATERAL gives it the row's values first. The answers are the same for
// patterns such as those of the catalogue, which the tests ask in both engines; what a user types is left as it is.
import { mask } from "./mask.js";

/** The query with `OPTIONAL { … }` as `LATERAL { OPTIONAL { … } }`, where that joins several patterns. */
export function lateral(text) {
  const masked = mask(text);
  const inserts = [];
  for (const match of masked.matchAll(/(?<![?$:\w])OPTIONAL\s*\{/gi)) {
    const open = match.index + match[0].length - 1;
    const close = closing(masked, open);
    const body = masked.slice(open + 1, close);
    // A subquery is better asked once than for each row; one pattern joins nothing.
    if (close < 0 || /(?<![?$:\w])SELECT(?![\w:])/i.test(body) || !/[{;]|\.\s*\S/.test(body)) continue;
    inserts.push([match.index, "LATERAL { "], [close + 1, " }"]);
  }
  inserts.sort((a, b) => b[0] - a[0]);
  return inserts.reduce((made, [at, added]) => made.slice(0, at) + added + made.slice(at), text);
}

function closing(masked, open) {
  let depth = 0;
  for (let i = open; i < masked.length; i += 1) {
    if (masked[i] === "{") depth += 1;
    else if (masked[i] === "}") depth -= 1;
    if (depth === 0) return i;
  }
  return -1;
}
