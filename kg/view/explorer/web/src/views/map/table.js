// The places as a table: the same as the picture shows, for those who do not see it, for print, and to sort.
import { h } from "../../core/dom.js";

/** The columns: {key, name, value for sorting, text}. */
function columnsOf({ app, atlas }) {
  const said = (place) => atlas.memberships(place).map(({ group, role }) => `${atlas.name(group.place)} (${app.t(`map.role.${role}`)})`).join("; ");
  const point = (place) => (place.located ? `${place.latitude}, ${place.longitude}` : app.t("map.nopoint"));
  const column = (key, text, value = text, number = false) => ({ key, name: app.t(`map.column.${key}`), text, value, number });
  return [
    column("name", (place) => atlas.name(place)),
    column("class", (place) => (place.cls < 0 ? "" : app.label(place.cls))),
    column("state", (place) => app.t(place.proposed ? "map.proposed" : "map.actual")),
    column("point", point, (place) => (place.located ? place.latitude : -999)),
    column("lies", (place) => (place.lies === null ? "" : atlas.name(atlas.places[place.lies]))),
    column("member", said),
    ...atlas.measures.map((measure) => ({
      key: measure.key, name: [measure.name, measure.unit, measure.period].filter(Boolean).join(", "), number: true, said: measure.said,
      text: (place) => {
        const found = measure.values.get(place);
        return found ? `${found.text}${found.issue ? " ⚠" : ""}` : "";
      },
      value: (place) => measure.values.get(place)?.value ?? -Infinity,
    })),
  ];
}

function rowsOf(picture, columns) {
  const { sort, atlas } = picture;
  const column = columns.find(({ key }) => key === sort.by) ?? columns[0];
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, picture.app.language === "zh" ? "zh-CN" : "en"));
  const sorted = [...atlas.places].sort((a, b) => compare(column.value(a), column.value(b)) || a.index - b.index);
  return sort.down ? sorted.reverse() : sorted;
}

export function table(picture) {
  const { app, atlas } = picture;
  const columns = columnsOf(picture);
  const sortBy = (key) => () => {
    picture.sort = { by: key, down: picture.sort.by === key ? !picture.sort.down : columns.find((column) => column.key === key).number };
    const place = picture.parts.data;
    place.replaceChildren(table(picture));
    place.querySelector('th[aria-sort] button')?.focus();
  };
  const head = columns.map(({ key, name, number, said }) => h("th", { scope: "col", class: said ? "said" : number ? "number" : key, "aria-sort": picture.sort.by === key ? (picture.sort.down ? "descending" : "ascending") : null },
    h("button", { type: "button", onclick: sortBy(key) }, name, picture.sort.by === key && h("span", { "aria-hidden": "true" }, picture.sort.down ? " ▾" : " ▴"))));
  const rows = rowsOf(picture, columns).map((place) => h("tr", { class: place === picture.selected ? "selected" : null, "data-row": place.index },
    columns.map((column, i) => (i === 0
      ? h("th", { scope: "row" }, h("button", { type: "button", class: "link", onclick: () => picture.visit(place) }, column.text(place)))
      : h("td", { class: column.said ? "number said" : column.number ? "number" : column.key }, column.text(place))))));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": app.t("map.table.caption", { count: atlas.places.length }) },
    h("table", {}, h("caption", {}, app.t("map.table.caption", { count: atlas.places.length })), h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows)));
}

/** The table as comma-separated values; what a spreadsheet would take for a formula is made a text. */
export function csv(picture) {
  const columns = columnsOf(picture);
  const cell = (text) => `"${(/^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rows = rowsOf(picture, columns).map((place) => columns.map((column) => cell(column.text(place))));
  return [columns.map((column) => cell(column.name)), ...rows].map((row) => row.join(",")).join("\r\n");
}
