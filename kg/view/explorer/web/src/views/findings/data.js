// The findings as the page holds them, read once; kg/view/explorer/findings.py says what each column is.
import { json } from "../../core/blocks.js";

let reading = null;

/** A promise of all findings, the worst first. */
export function load() {
  reading ??= json("findings").then((data) => (data === null ? null : indexed(data)));
  return reading;
}

function indexed(data) {
  const byAbout = new Map();
  data.about.forEach((terms, row) => {
    for (const term of terms) {
      if (!byAbout.has(term)) byAbout.set(term, []);
      byAbout.get(term).push(row);
    }
  });
  return { ...data, size: data.finding.length, byAbout };
}

/** The rows of the findings that are about all of some terms. */
export function aboutAll(data, terms) {
  const [first, ...rest] = terms;
  return (data.byAbout.get(first) ?? []).filter((row) => rest.every((term) => data.about[row].includes(term)));
}
