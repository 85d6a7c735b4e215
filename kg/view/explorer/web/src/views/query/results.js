// What an answer looks like: yes or no, a table, or a picture; with what can be taken away from it.
import { download, fill, h } from "../../core/dom.js";
import { inOrder, toCsv, toTabs } from "./answers.js";
import { drawable, drawing } from "./drawing.js";
import { table } from "./table.js";

export const MOST = 1_000;
const TRIPLE = ["subject", "predicate", "object"];

/**
 * @param outcome {answer, text, name, returns}: the engine's answer, the query asked, what to call its file
 * @param all asks for all rows: a promise of an answer
 */
export function results(app, outcome, all) {
  const { answer } = outcome;
  if (answer.kind === "ask") return h("div", { class: "results" }, h("p", { class: "verdict", role: "status" }, app.t(answer.value ? "query.yes" : "query.no")), time(app, answer));
  const { variables, rows } = tabular(answer, outcome);
  const place = h("div", { class: "shown" });
  const notice = h("p", { class: "notice", role: "status", hidden: !answer.truncated }, answer.truncated ? app.t("query.capped", { most: app.number(MOST) }) : "");
  const told = h("span", { class: "soft", role: "status" });
  const choices = ["table", "graph"].map((way) => h("button", { type: "button", "aria-pressed": "false", "data-way": way, onclick: () => show(way) }, app.t(`query.as.${way}`)));

  function show(way) {
    outcome.way = way;
    for (const button of choices) button.setAttribute("aria-pressed", String(button.dataset.way === way));
    fill(place, rows.length === 0 ? h("p", { class: "empty" }, app.t("query.empty")) : way === "graph" ? drawing(app, answer) : table(app, { variables, rows }, outcome.returns));
  }

  async function save() {
    fill(told, app.t("query.saving"));
    try {
      const whole = answer.truncated ? tabular(await all(), outcome) : { variables, rows };
      download(`${outcome.name}.csv`, toCsv(whole.variables, whole.rows));
      fill(told, app.t("query.saved", { rows: app.number(whole.rows.length) }));
    } catch (error) {
      fill(told, app.t("query.failed", { message: error.message }));
    }
  }

  async function copy() {
    fill(told, app.t(await copied(toTabs(variables, rows)) ? "query.copied" : "query.uncopied"));
  }

  const root = h("div", { class: "results" },
    h("div", { class: "bar" },
      h("strong", { class: "count", role: "status" }, app.t(answer.kind === "construct" ? "query.triples" : "query.rows", { count: app.number(rows.length), more: answer.truncated ? "+" : "" })), time(app, answer),
      drawable(answer) ? h("span", { class: "ways", role: "group", "aria-label": app.t("query.as") }, choices) : null,
      h("button", { type: "button", class: "csv", onclick: save }, app.t(answer.truncated ? "query.csv.all" : "query.csv")),
      h("button", { type: "button", class: "copy", onclick: copy }, app.t("query.copy")), told),
    notice, place);
  show(outcome.way === "graph" && drawable(answer) ? "graph" : "table");
  return root;
}

function time(app, { ms }) {
  return h("span", { class: "soft time" }, app.t("query.time", { ms: app.number(ms, ms < 10 ? 1 : 0) }));
}

function tabular(answer, outcome) {
  if (answer.kind === "construct") return { variables: TRIPLE, rows: answer.triples };
  return { variables: answer.variables, rows: outcome.ordered ? inOrder(outcome.text, answer) : answer.rows };
}

/** Into the clipboard; where the browser does not let a page do so, by way of a field. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = h("textarea", { class: "off", "aria-hidden": "true", value: text });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
