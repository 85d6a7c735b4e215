// An answer as a table: sorted by any column, a hundred rows to a page.
import { fill, h } from "../../core/dom.js";
import { numeric } from "./answers.js";
import { cellOf, readable, textOf } from "./cells.js";

const PAGE = 100;

/**
 * @param answer {variables, rows}
 * @param returns what each variable is, by name
 */
export function table(app, { variables, rows }, returns = {}) {
  const columns = readable(variables);
  let order = rows;
  let sorted = { column: -1, down: false };
  let page = 0;
  const heads = columns.map((column, i) => h("th", { scope: "col" }, h("button", {
    type: "button", title: returns[variables[column.at]] ?? returns[variables[column.iri]], onclick: () => sort(i),
  }, column.name, h("span", { class: "order", "aria-hidden": "true" }, ""))));
  const body = h("tbody");
  const pages = h("nav", { class: "pages", "aria-label": app.t("query.pages") });
  const root = h("div", { class: "result-table" },
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": app.t("query.results") },
      h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "number" }, "#"), heads)), body)), pages);

  function named(row, column) { return column.iri < 0 ? null : row[column.iri]; }

  function sort(i) {
    sorted = sorted.column !== i ? { column: i, down: false } : sorted.down ? { column: -1, down: false } : { column: i, down: true };
    order = sorted.column < 0 ? rows : arranged(columns[sorted.column], sorted.down);
    heads.forEach((head, each) => {
      const state = each !== sorted.column ? null : sorted.down ? "descending" : "ascending";
      if (state) head.setAttribute("aria-sort", state);
      else head.removeAttribute("aria-sort");
      head.querySelector(".order").textContent = state === null ? "" : sorted.down ? " ▼" : " ▲";
    });
    page = 0;
    draw();
  }

  /** Numbers by value, before texts; what is empty last. */
  function arranged(column, down) {
    const collator = new Intl.Collator(app.language === "zh" ? "zh-CN" : "en", { numeric: true });
    const keyed = rows.map((row) => {
      const number = numeric(row[column.at]);
      const text = textOf(app, row[column.at], named(row, column));
      return { row, number, text, rank: text === "" ? 2 : Number.isNaN(number) ? 1 : 0 };
    });
    keyed.sort((a, b) => a.rank - b.rank || (down ? -1 : 1) * (a.rank === 0 ? a.number - b.number : collator.compare(a.text, b.text)));
    return keyed.map((each) => each.row);
  }

  function draw() {
    const start = page * PAGE;
    fill(body, order.slice(start, start + PAGE).map((row, i) => h("tr", {}, h("td", { class: "number" }, start + i + 1), columns.map((column) =>
      h("td", { class: Number.isNaN(numeric(row[column.at])) ? null : "number" }, cellOf(app, row[column.at], named(row, column)))))));
    const last = Math.ceil(rows.length / PAGE) - 1;
    pages.hidden = last <= 0;
    const turn = (to, label) => h("button", { type: "button", disabled: to < 0 || to > last, onclick: () => { page = to; draw(); root.querySelector(".scroll").scrollTop = 0; } }, label);
    fill(pages, turn(page - 1, app.t("query.previous")), h("span", {}, app.t("query.page", {
      from: app.number(start + 1), to: app.number(Math.min(start + PAGE, rows.length)), all: app.number(rows.length),
    })), turn(page + 1, app.t("query.next")));
  }

  draw();
  return root;
}
