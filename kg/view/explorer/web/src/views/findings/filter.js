// Which findings are wanted, how many each filter leaves, and the filters as a form.
import { fill, h } from "../../core/dom.js";
import { keyOf, termOf } from "./evidence.js";

/** Keep, for each finding, the words that a search looks through, and its sources. */
export function searchable(app, data) {
  if (data.words) return;
  data.words = data.finding.map((term, row) => [
    ...app.graph.names(term), data.explanation[row] < 0 ? "" : app.label(data.explanation[row]),
    ...data.about[row].flatMap((each) => app.graph.names(each)),
  ].join("\n").toLowerCase());
  data.sources = data.passages.map((passages) => [...new Set(passages.map((term) => app.graph.passage(term, "en")?.source ?? -1))].filter((term) => term >= 0));
}

/** What the address asks for. */
export function read(app, data, params) {
  const kinds = (params.kind ?? "").split(",").map((key) => data.kinds.findIndex(([term, word]) => word === key || term === termOf(app, key)));
  return {
    kinds: new Set(kinds.filter((kind) => kind >= 0)),
    abouts: ["place", "chain", "about"].map((name) => [name, params[name] ? termOf(app, params[name]) : null]).filter(([, term]) => term !== null),
    source: params.source ? termOf(app, params.source) : null,
    text: (params.text ?? "").trim().toLowerCase(),
    severity: Math.min(1, Math.max(0, Number(params.severity) || 0)),
    sort: params.sort,
    params,
  };
}

const TESTS = {
  kind: (data, row, wanted) => !wanted.kinds.size || wanted.kinds.has(data.kind[row]),
  place: (data, row, wanted) => aboutIs(data, row, wanted, "place"),
  chain: (data, row, wanted) => aboutIs(data, row, wanted, "chain"),
  about: (data, row, wanted) => aboutIs(data, row, wanted, "about"),
  source: (data, row, wanted) => wanted.source === null || data.sources[row].includes(wanted.source),
  text: (data, row, wanted) => !wanted.text || wanted.text.split(/\s+/).every((word) => data.words[row].includes(word)),
  severity: (data, row, wanted) => data.severity[row] >= wanted.severity * 1000,
};

const aboutIs = (data, row, wanted, name) => wanted.abouts.every(([each, term]) => each !== name || data.about[row].includes(term));

function rowsOf(data, wanted, without = "") {
  const tests = Object.entries(TESTS).filter(([name]) => name !== without).map(([, test]) => test);
  return data.finding.map((_term, row) => row).filter((row) => tests.every((test) => test(data, row, wanted)));
}

/** The rows that are wanted, in order. */
export function filtered(app, data, wanted) {
  const rows = rowsOf(data, wanted);
  if (wanted.sort === "kind") rows.sort((a, b) => data.kind[a] - data.kind[b] || a - b);
  if (wanted.sort === "name") rows.sort((a, b) => app.label(data.finding[a]).localeCompare(app.label(data.finding[b]), app.language));
  return rows;
}

/** How many findings each value of a filter would leave, all other filters as they are. */
export function countsOf(data, wanted) {
  const count = (name, values) => {
    const found = new Map();
    for (const row of rowsOf(data, wanted, name)) for (const value of values(row)) found.set(value, (found.get(value) ?? 0) + 1);
    return found;
  };
  return {
    kind: count("kind", (row) => [data.kind[row]]),
    place: count("place", (row) => data.about[row]),
    chain: count("chain", (row) => data.about[row]),
    about: count("about", (row) => data.about[row]),
    source: count("source", (row) => data.sources[row]),
  };
}

/** The filters as the parts of a form, and how they follow the address; `go` changes it. */
export function facets(app, data, go) {
  const [places, chains, others] = split(data);
  const lists = { place: places, chain: chains, about: others, source: [...new Set(data.sources.flat())] };
  let wanted = null;
  const search = h("input", { type: "search", name: "text", oninput: (event) => go({ text: event.target.value }, true) });
  const range = h("input", { type: "range", name: "severity", min: 0, max: 1, step: 0.05, oninput: (event) => go({ severity: Number(event.target.value) ? event.target.value : null }, true) });
  const least = h("span", {});
  const kinds = data.kinds.map(([each, word], kind) => {
    const box = h("input", { type: "checkbox", name: `kind-${word}`, onchange: (event) => go({ kind: toggled(data, wanted, kind, event.target.checked) }) });
    const count = h("span", { class: "n" });
    return { box, count, label: h("label", { class: "check" }, box, h("span", {}, app.label(each)), count) };
  });
  const selects = Object.keys(lists).map((name) => [name, h("select", { name, onchange: (event) => go({ [name]: event.target.value }) })]);
  const label = (name, field) => h("label", {}, app.t(`findings.filter.${name}`), field);
  return {
    parts: [
      label("text", search),
      h("fieldset", {}, h("legend", {}, app.t("findings.filter.kind")), kinds.map((each) => each.label)),
      h("label", {}, least, range),
      selects.map(([name, select]) => label(name, select)),
    ],
    update(next, counts) {
      wanted = next;
      if (document.activeElement !== search) search.value = next.params.text ?? "";
      if (document.activeElement !== range) range.value = String(next.severity);
      least.textContent = app.t("findings.filter.severity", { severity: next.severity.toFixed(2) });
      kinds.forEach(({ box, count }, kind) => {
        box.checked = next.kinds.has(kind);
        count.textContent = app.number(counts.kind.get(kind) ?? 0);
      });
      for (const [name, select] of selects) {
        const chosen = name === "source" ? next.source ?? -1 : next.abouts.find(([each]) => each === name)?.[1] ?? -1;
        fill(select, h("option", { value: "" }, app.t("findings.any")), options(app, lists[name], counts[name], chosen));
      }
    },
  };
}

function toggled(data, wanted, kind, on) {
  const kinds = new Set(wanted.kinds);
  if (on) kinds.add(kind);
  else kinds.delete(kind);
  return [...kinds].sort((a, b) => a - b).map((each) => data.kinds[each][1]).join(",");
}

/** What findings are about: places, chains, and what is neither. */
function split(data) {
  const of = (list) => list.filter((term) => data.byAbout.has(term));
  const [places, chains] = [of(data.places), of(data.chains)];
  const known = new Set([...places, ...chains]);
  return [places, chains, [...data.byAbout.keys()].filter((term) => !known.has(term))];
}

function options(app, terms, counts, chosen) {
  return terms.map((term) => ({ term, name: app.label(term), count: counts.get(term) ?? 0 }))
    .filter((each) => each.count || each.term === chosen)
    .sort((a, b) => a.name.localeCompare(b.name, app.language))
    .map(({ term, name, count }) => h("option", { value: keyOf(app, term), selected: term === chosen }, `${name} (${app.number(count)})`));
}
