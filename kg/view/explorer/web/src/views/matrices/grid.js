// A matrix as an HTML table that is walked with the arrow keys (the ARIA grid pattern).
import { h } from "../../core/dom.js";

const UPRIGHT = /^[\u3400-\u9fff]/; // names in Chinese run downwards; others are turned

/**
 * @param model {rows, columns, label, corner, cell(row, column)}; rows and columns are [{term, name}]; a cell is
 *   {content, class, words} or null for one that has no value
 * @param told {pick(row, column), head(term), hover(words)}
 * @returns {root, mark(row, column)}: the table, and what shows the cell that is picked (numbers, -1 for none)
 */
export function grid(model, told) {
  const cells = [];
  const head = h("tr", { role: "row" }, headCell(model.corner, "corner", "columnheader"),
    model.columns.map((column) => headCell(h("span", { class: `name${UPRIGHT.test(column.name) ? " upright" : ""}` }, column.name), "column", "columnheader")));
  cells.push([...head.children]);
  const body = model.rows.map((row, r) => {
    const line = h("tr", { role: "row" }, headCell(h("span", { class: "name" }, row.name), "row", "rowheader"),
      model.columns.map((_column, c) => cellOf(model, r, c)));
    cells.push([...line.children]);
    return line;
  });
  const table = h("table", { role: "grid", "aria-label": model.label, class: "grid" },
    h("thead", { role: "rowgroup" }, head), h("tbody", { role: "rowgroup" }, body));
  let [atRow, atColumn] = [Math.min(1, model.rows.length), Math.min(1, model.columns.length)];
  cells[atRow][atColumn].tabIndex = 0;
  let lit = [];
  let picked = null;

  const move = (r, c, focus = true) => {
    cells[atRow][atColumn].tabIndex = -1;
    [atRow, atColumn] = [clamp(r, cells.length), clamp(c, cells[0].length)];
    cells[atRow][atColumn].tabIndex = 0;
    if (focus) cells[atRow][atColumn].focus();
    light(atRow, atColumn);
  };
  const light = (r, c) => {
    for (const each of lit) each.classList.remove("lit");
    lit = [r > 0 ? cells[r][0] : null, c > 0 ? cells[0][c] : null].filter(Boolean);
    for (const each of lit) each.classList.add("lit");
    told.hover(wordsAt(model, r - 1, c - 1));
  };
  const act = (r, c) => {
    if (r > 0 && c > 0) told.pick(r - 1, c - 1);
    else if (r > 0) told.head(model.rows[r - 1].term);
    else if (c > 0) told.head(model.columns[c - 1].term);
  };
  table.addEventListener("keydown", (event) => {
    const to = target(event, atRow, atColumn, cells.length, cells[0].length);
    if (to) {
      event.preventDefault();
      move(...to);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      act(atRow, atColumn);
    }
  });
  table.addEventListener("click", (event) => {
    const at = place(event.target);
    if (!at) return;
    move(...at);
    act(...at);
  });
  table.addEventListener("mouseover", (event) => {
    const at = place(event.target);
    if (!at) return;
    light(...at);
    const cell = cells[at[0]][at[1]];
    if (!cell.title) cell.title = wordsAt(model, at[0] - 1, at[1] - 1);
  });
  return {
    root: table,
    mark(r, c) {
      picked?.classList.remove("picked");
      picked?.removeAttribute("aria-selected");
      picked = r >= 0 && c >= 0 ? cells[r + 1][c + 1] : null;
      if (!picked) return;
      picked.classList.add("picked");
      picked.setAttribute("aria-selected", "true");
      move(r + 1, c + 1, false);
      if (!document.activeElement || !table.contains(document.activeElement)) picked.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
  };
}

function headCell(content, kind, role) {
  return h("th", { role, scope: kind === "row" ? "row" : "col", tabindex: "-1", class: kind }, content);
}

function cellOf(model, r, c) {
  const cell = model.cell(r, c);
  if (!cell) return h("td", { role: "gridcell", tabindex: "-1", class: "blank", "aria-label": wordsAt(model, r, c) });
  return h("td", { role: "gridcell", tabindex: "-1", class: cell.class ?? null, "aria-label": wordsAt(model, r, c, cell) }, cell.content);
}

function wordsAt(model, r, c, cell = null) {
  if (r < 0 && c < 0) return "";
  if (r < 0) return model.columns[c].name;
  if (c < 0) return model.rows[r].name;
  const words = (cell ?? model.cell(r, c))?.words ?? model.blank;
  return `${model.rows[r].name} × ${model.columns[c].name}${model.colon}${words}`;
}

function place(target) {
  const cell = target.closest("td, th");
  return cell ? [cell.parentElement.parentElement.tagName === "THEAD" ? 0 : cell.parentElement.sectionRowIndex + 1, cell.cellIndex] : null;
}

const clamp = (value, count) => Math.max(0, Math.min(count - 1, value));

function target(event, r, c, rows, columns) {
  const whole = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case "ArrowUp": return [r - 1, c];
    case "ArrowDown": return [r + 1, c];
    case "ArrowLeft": return [r, c - 1];
    case "ArrowRight": return [r, c + 1];
    case "Home": return [whole ? 0 : r, 0];
    case "End": return [whole ? rows - 1 : r, columns - 1];
    case "PageUp": return [r - 10, c];
    case "PageDown": return [r + 10, c];
    default: return null;
  }
}
