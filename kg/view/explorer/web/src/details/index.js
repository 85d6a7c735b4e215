// The panel of details: what is said of a thing or of a relation, and where.
import { fill, h } from "../core/dom.js";
import { about } from "./data.js";
import { edgeName, edgeOf, edgeView } from "./edge.js";
import text from "./text.js";
import { thingView } from "./thing.js";

const OWN_ESCAPE = "input, select, textarea, dialog, [role=dialog], [role=listbox], [role=menu], [contenteditable]";

/** What the address selects: {key, term} of a thing, {key, edge} of a relation; null where that is nothing. */
function selection(app) {
  const { node, edge } = app.params;
  if (node) return { key: `node ${node}`, name: node, term: app.selected };
  if (edge) return { key: `edge ${edge}`, name: edge, edge: edgeOf(app, edge) };
  return null;
}

/** Make the panel; it shows what the address selects and hides where that is nothing. */
export function details(app) {
  const heading = h("h2", { tabindex: "-1" });
  const body = h("div", { class: "content" });
  let shown = null;
  let opener = null;
  const close = () => {
    app.go({ node: null, edge: null });
    const back = opener?.isConnected && opener !== document.body ? opener : document.getElementById("main");
    back?.focus();
  };
  const size = h("button", { type: "button", class: "size", "aria-pressed": "false", "aria-label": app.t("details.larger"), title: app.t("details.larger"), onclick: () => {
    size.setAttribute("aria-pressed", String(root.classList.toggle("large")));
  } }, "⤢");
  const root = h("aside", { class: "details", hidden: true, "aria-label": app.t("details.title") },
    h("div", { class: "head" }, heading, size, h("button", { type: "button", class: "close", "aria-label": app.t("details.close"), title: app.t("details.close"), onclick: close }, "×")),
    body, h("p", { class: "read" }, app.t("details.read")));

  const escape = (event) => {
    if (!root.isConnected && shown !== null) return document.removeEventListener("keydown", escape);
    if (event.key !== "Escape" || event.defaultPrevented || root.hidden || event.target.closest?.(OWN_ESCAPE)) return undefined;
    return close();
  };
  document.addEventListener("keydown", escape);

  const show = (chosen, data) => {
    const inside = root.contains(document.activeElement);
    if (chosen.term >= 0) {
      fill(heading, h("bdi", {}, app.label(chosen.term) || app.graph.iri(chosen.term)));
      fill(body, thingView(app, data, chosen.term));
    } else if (chosen.edge) {
      fill(heading, h("bdi", {}, edgeName(app, chosen.edge)));
      fill(body, edgeView(app, data, chosen.edge));
    } else {
      fill(heading, app.t("details.title"));
      fill(body, h("p", { class: "nothing" }, h("bdi", {}, app.t("details.unknown", { name: chosen.name }))));
    }
    root.dataset.shown = chosen.key;
    root.scrollTop = 0;
    if (inside) heading.focus();
  };

  const update = () => {
    const chosen = selection(app);
    if ((chosen?.key ?? "") === (shown ?? "")) return;
    if (root.hidden && chosen) opener = document.activeElement;
    shown = chosen?.key ?? "";
    root.hidden = chosen === null;
    if (chosen === null) delete root.dataset.shown;
    else about(app).then((data) => { if (shown === chosen.key && root.isConnected) show(chosen, data); });
    tell(app, chosen);
  };
  return { root, update };
}

/** Tell whoever listens what is selected; a new panel in another language tells nothing. */
function tell(app, chosen) {
  const key = chosen?.key ?? "";
  if (app.toldSelection === key) return;
  app.toldSelection = key;
  app.emit("selected", { term: chosen?.term ?? -1, edge: chosen?.edge ?? null });
}

export { text };
