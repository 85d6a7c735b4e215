// The view "query": questions of the catalogue with their fields, an editor for one's own, and the answers.
import { fill, h } from "../../core/dom.js";
import { bind } from "./bind.js";
import { catalogue } from "./catalogue.js";
import { editor } from "./editor.js";
import { form } from "./form.js";
import { inLanguage } from "./language.js";
import { MOST, results } from "./results.js";
import text from "./text.js";

const KEPT = ["view", "node", "lang", "embed"];
const FIRST = `# ${"{first}"}
SELECT ?class (COUNT(?thing) AS ?things)
WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?things)
`;
const memory = new WeakMap(); // What is typed and answered survives a switch of language.

/** Make the view; `update` is called with the parameters of the address each time they change. */
function create(app) {
  const kept = memory.get(app) ?? { typed: null, outcome: null };
  memory.set(app, kept);
  let question = null; // the question shown, with its form
  let key = null; // what the address said last
  let run = 0; // the number of the run under way
  let clock = null;

  const list = catalogue(app, (each) => go({ query: each.name }), () => { go({}); write(); });
  const own = editor(app, () => ask());
  const asked = h("section", { class: "asked", hidden: true });
  const fromLink = h("p", { class: "notice", role: "status", hidden: true }, app.t("query.link"));
  const runButton = h("button", { type: "button", class: "primary run", onclick: () => ask() }, app.t("query.run"));
  const written = h("section", { class: "written" }, h("h2", {}, app.t("query.editor")), fromLink,
    h("div", { class: "editor" }, own.root),
    h("div", { class: "buttons" }, runButton, h("p", { class: "soft", id: "query-editor-hint" }, app.t("query.hint"))));
  const stop = h("button", { type: "button", class: "stop", onclick: () => { app.engine.stop().catch(() => {}); } }, app.t("query.stop"));
  const elapsed = h("span", { role: "status" });
  const running = h("div", { class: "running", hidden: true }, h("span", { class: "spinner", "aria-hidden": "true" }), elapsed, stop);
  const fault = h("div", { class: "fault", role: "alert", hidden: true });
  const answer = h("section", { class: "answer", "aria-label": app.t("query.results") });
  const root = h("div", { class: "view-query" }, list.root, h("div", { class: "work" }, asked, written, running, fault, answer));
  own.set(kept.typed ?? FIRST.replace("{first}", app.t("query.first")));

  /** Make the address say what is shown, without what it said of another question. */
  function go(next) {
    const dropped = Object.fromEntries(Object.keys(app.params).filter((name) => !KEPT.includes(name)).map((name) => [name, null]));
    app.go({ ...dropped, view: "query", ...next });
  }

  /** Take the question away with its form, which must not be sent when it is not there to be seen. */
  function drop() {
    question = null;
    list.mark("");
    fill(asked);
    asked.hidden = true;
  }

  function write() {
    drop();
    written.hidden = false;
    own.focus();
  }

  function choose(found) {
    const show = h("button", { type: "button", class: "show", onclick: () => reveal() }, app.t("query.show"));
    question = { found, form: form(app, found, () => send(), [h("button", { type: "submit", class: "primary ask" }, app.t("query.ask")), show]) };
    list.mark(found.name);
    fill(asked, inLanguage(app, found, "summary", {}, "h2"), inLanguage(app, found, "question", { class: "question" }, "p"), question.form.root);
    asked.hidden = false;
    written.hidden = true;
  }

  /** The form's fields into the address, which asks; where nothing changed, ask again. */
  function send() {
    const texts = question.form.read();
    if (!question.form.values(texts)) return;
    const before = key;
    go({ query: question.found.name, ...texts });
    if (key === before) askQuestion(texts);
  }

  function bound(texts, quiet) {
    const values = question.form.values(texts, quiet);
    if (!values) return null;
    return bind(question.found.text, question.found.parameters.map((each) => each.name), values);
  }

  /** The query of the question with its values, to be read or changed. */
  function reveal() {
    const found = bound(question.form.read(), false);
    if (found === null) return;
    own.set(kept.revealed = found.replace(/\n[ \t]*\n(?=[ \t]*[?{}\w])/g, "\n"));
    own.mark();
    fromLink.hidden = true;
    written.hidden = false;
    own.focus();
  }

  function askQuestion(texts, quiet = false) {
    const found = bound(texts, quiet);
    if (found === null) return void fill(answer);
    const { name, returns } = question.found;
    carry(found, { name, returns, ordered: true, quick: true });
  }

  /** Ask what is in the editor. */
  function ask() {
    const typed = own.text();
    fromLink.hidden = true;
    key = keyOf({ sparql: typed });
    kept.asked = typed;
    go({ sparql: typed });
    drop();
    carry(typed, { name: "query", returns: {}, ordered: false, quick: typed === kept.revealed });
  }

  async function carry(asking, about) {
    const mine = run += 1;
    begin();
    fill(answer);
    own.mark();
    fault.hidden = true;
    try {
      const found = await app.engine.query(asking, MOST, { quick: about.quick });
      if (mine !== run) return;
      kept.outcome = { key, answer: found, text: asking, ...about };
      show();
    } catch (error) {
      if (mine === run) tell(error, !about.ordered);
    } finally {
      if (mine === run) end();
    }
  }

  function show() {
    const { outcome } = kept;
    fill(answer, results(app, outcome, () => app.engine.query(outcome.text, null, { quick: outcome.quick })));
  }

  function begin() {
    clearInterval(clock);
    const started = performance.now();
    const tick = () => {
      const seconds = app.number((performance.now() - started) / 1_000, 1);
      fill(elapsed, app.engine.state === "ready" ? app.t("query.running", { seconds }) : app.t("query.loading"));
    };
    tick();
    running.hidden = false;
    clock = setInterval(tick, 200);
  }

  function end() {
    clearInterval(clock);
    running.hidden = true;
  }

  /** What went wrong, in the reader's words, and where. */
  function tell(error, mine) {
    const code = error.code && `query.error.${error.code}` in app.texts.en ? error.code : "failed";
    const where = error.line ? { line: error.line, column: error.column } : null;
    fill(fault, h("strong", {}, app.t(`query.error.${code}`, { name: error.name ?? "" })), " ",
      where ? h("button", { type: "button", class: "where", onclick: () => { written.hidden = false; own.go(where.line, where.column); } }, app.t("query.error.at", where)) : null,
      ["syntax", "failed", "broken"].includes(code) ? h("p", { class: "soft", lang: "en" }, app.t("query.error.engine"), " ", error.message) : null);
    fault.hidden = false;
    if (mine && where) own.mark(where.line, where.column);
  }

  return {
    root,
    update(params) {
      const next = keyOf(params);
      if (next === key) return;
      key = next;
      if (params.query) {
        const found = app.questions.find((each) => each.name === params.query);
        if (!found) return tell({ code: "question", name: params.query }, false);
        fault.hidden = true;
        if (question?.found !== found) choose(found);
        question.form.set(params);
        askQuestion(params, !found.parameters.some((each) => params[each.name]));
      } else if (params.sparql) {
        run += 1;
        end();
        write();
        own.set(params.sparql);
        // A link must not set a query running that never ends: it is run by a click.
        fromLink.hidden = params.sparql === kept.asked;
        if (kept.outcome?.key === key) show();
        else fill(answer);
      }
    },
    resize() {},
    destroy() {
      kept.typed = own.text();
      run += 1;
      clearInterval(clock);
      own.destroy();
    },
  };
}

/** What of the address this view follows. */
function keyOf(params) {
  return JSON.stringify(Object.entries(params).filter(([name]) => !KEPT.includes(name)).sort());
}

export default { id: "query", text, create };
