// A finding opened: what its severity is made of, what it is about, its passages, and how to find it again.
import { h } from "../../core/dom.js";
import { component } from "./components.js";
import { cite, keyOf, thing } from "./evidence.js";

/** All that is known of the finding of a row. */
export function opened(app, data, row) {
  const word = data.kinds[data.kind[row]][1];
  const method = data.methods[data.method[row]];
  const command = data.commands[data.command[row]];
  const explanation = data.explanation[row] < 0 ? "" : app.label(data.explanation[row]);
  const said = h("span", { role: "status" });
  return h("div", { class: "opened" },
    h("p", { class: "world" }, app.t(`findings.world.${word}` in app.texts.en ? `findings.world.${word}` : "findings.world")),
    h("div", { class: "columns" },
      h("section", {},
        h("h2", {}, app.t("findings.explanation")), parts(app, explanation),
        h("h2", {}, app.t("findings.about")),
        h("ul", { class: "things" }, data.about[row].map((term) => h("li", {}, thing(app, term), kindOf(app, term))))),
      h("section", {},
        h("h2", {}, app.t("findings.passages")),
        cite(app, data.passages[row], true) ?? h("p", {}, app.t("findings.passages.none")),
        h("h2", {}, app.t("findings.again")),
        h("p", {}, app.t(`findings.method.${method}` in app.texts.en ? `findings.method.${method}` : "findings.method", { method })),
        h("p", { class: "command" }, h("code", {}, command),
          h("button", { type: "button", onclick: () => copy(command).then((done) => { said.textContent = app.t(done ? "findings.copied" : "findings.copied.not"); }) }, app.t("findings.copy")), said),
        h("p", { class: "ways" },
          h("button", { type: "button", onclick: () => app.select(data.finding[row]) }, app.t("findings.details")),
          ways(app, data, data.about[row]).map(([key, address]) => h("button", { type: "button", onclick: () => app.go(address) }, app.t(key))),
          h("button", { type: "button", onclick: () => app.go({ view: "network", node: keyOf(app, data.about[row][0]) }) }, app.t("findings.network"))))));
}

/** Where else a finding can be looked at: a stage at a place in its chain and matrix, two places in the matrix of overlap. */
function ways(app, data, about) {
  const key = (term) => keyOf(app, term);
  const places = about.filter((term) => data.places.includes(term));
  const chains = about.filter((term) => data.chains.includes(term));
  const others = about.filter((term) => !places.includes(term) && !chains.includes(term));
  if (places.length === 1 && chains.length === 1 && others.length === 1) {
    const [place, chain, stage] = [key(places[0]), key(chains[0]), key(others[0])];
    return [
      ["findings.matrix", { view: "matrices", matrix: "gaps", chain, row: stage, column: place, all: "1" }],
      ["findings.chain", { view: "chain", chain, place, stage }],
    ];
  }
  if (places.length !== 2 || chains.length) return [];
  return [["findings.matrix", { view: "matrices", matrix: "overlap", row: key(places[0]), column: key(places[1]), all: "1" }]];
}

function kindOf(app, term) {
  const node = app.network.node(term);
  return node < 0 ? null : h("span", { class: "sub" }, ` · ${app.label(app.network.nodes.kind[node])}`);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The explanation as a table of its parts; as it stands where it is not of that form. */
function parts(app, explanation) {
  const found = partsOf(explanation);
  if (!found) return h("p", { lang: "en" }, explanation);
  return h("table", { class: "parts" },
    h("thead", {}, h("tr", {}, ["part", "value", "weight", "why"].map((each) => h("th", { scope: "col" }, app.t(`findings.part.${each}`))))),
    h("tbody", { lang: "en" }, found.map((part) => h("tr", {},
      partName(app, part.name), h("td", { class: "figure" }, part.value), h("td", { class: "figure" }, `× ${part.weight}`), h("td", {}, part.words)))));
}

function partName(app, name) {
  const { text, lang } = component(app, name);
  return h("th", { scope: "row", lang }, text);
}

/** `severity 0.49: a 0.30 x 3 (why); b 1.00` as parts with name, value, weight and words; null where it is not so. */
function partsOf(explanation) {
  const after = /^severity \d\.\d\d: (.*)$/s.exec(explanation);
  if (!after) return null;
  const parts = split(after[1]).map((text) => /^(.*?) (\d+\.\d\d)(?: x ([\d.]+))?(?: \((.*)\))?$/s.exec(text));
  return parts.every(Boolean) ? parts.map(([, name, value, weight, words]) => ({ name, value, weight: weight ?? "1", words: words ?? "" })) : null;
}

/** Cut at semicolons that stand in no brackets. */
function split(text) {
  const found = [""];
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "(") depth += 1;
    if (letter === ")") depth = Math.max(0, depth - 1);
    if (letter === ";" && depth === 0 && text[at + 1] === " ") {
      found.push("");
      at += 1;
    } else found[found.length - 1] += letter;
  }
  return found;
}
