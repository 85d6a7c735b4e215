// A limit on the rows of an answer, so that none fills the memory. The query's lines and columns stay what they are.
import { mask, outer, word } from "./mask.js";

const NUMBER = "\\s+(\\d+)";

/** The query with at most so many solutions; the text as it is where it is not a query whose brackets match. */
export function cap(text, most) {
  const top = Number.isFinite(most) ? outer(mask(text)) : null;
  if (top === null) return text;
  const limit = word(top, "LIMIT", NUMBER);
  if (!limit) return inserted(text, `LIMIT ${most}`);
  return Number(limit[1]) <= most ? text : replaced(text, limit, most);
}

/** The query for one solution behind the first so many; null where it has no more by its own limit. */
export function beyond(text, most) {
  const limit = clause(text, "LIMIT");
  if (limit && Number(limit[1]) <= most) return null;
  const open = without(text, limit);
  const offset = clause(open, "OFFSET");
  return inserted(without(open, offset), `LIMIT 1 OFFSET ${most + Number(offset?.[1] ?? 0)}`);
}

function clause(text, name) {
  const top = outer(mask(text));
  return top === null ? null : word(top, name, NUMBER);
}

function without(text, match) {
  return match ? text.slice(0, match.index) + text.slice(match.index + match[0].length) : text;
}

/** With a clause at the end, or before the VALUES there. */
function inserted(text, added) {
  const values = word(outer(mask(text)) ?? "", "VALUES");
  return values ? `${text.slice(0, values.index)}${added} ${text.slice(values.index)}` : `${text}\n${added}`;
}

/** With another number in a clause such as LIMIT 5. */
function replaced(text, match, number) {
  const at = match.index + match[0].length;
  return text.slice(0, at - match[1].length) + number + text.slice(at);
}
