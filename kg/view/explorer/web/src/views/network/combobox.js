// A box to find a thing by any of its names, with suggestions (the combobox pattern of the ARIA practices).
import { fill, h } from "../../core/dom.js";
import { names } from "../../core/search.js";
import { mark } from "./style.js";

let made = 0;

/**
 * @param options {label, hint, choose(node), clear()}
 * @returns {root, set(node)} where set shows the name of a node, -1 for none
 */
export function combobox(app, scene, { label, hint = "", choose, clear = null }) {
  made += 1;
  const id = `find-${made}`;
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const input = h("input", {
    id, type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
    "aria-label": label, placeholder: hint || label, autocomplete: "off", spellcheck: "false", maxlength: 200,
  });
  const told = h("span", { class: "unseen", role: "status" });
  let found = [];
  let at = -1;
  let shown = -1;

  const close = () => {
    list.hidden = true;
    found = [];
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const point = (next) => {
    at = next;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `${id}-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const take = (node) => {
    set(node);
    close();
    choose(node);
  };
  const set = (node) => {
    shown = node;
    input.value = node < 0 ? "" : app.label(app.network.nodes.term[node]);
  };
  const suggest = () => {
    const text = input.value;
    if (!text.trim()) {
      close();
      told.textContent = "";
      return;
    }
    const { nodes, total } = names(app).find(text);
    found = nodes;
    fill(list, nodes.map((node, i) => option(app, scene, node, `${id}-${i}`, () => take(node))),
      total > nodes.length && h("li", { class: "more", role: "presentation" }, app.t("network.find.more", { count: app.number(total - nodes.length) })),
      total === 0 && h("li", { class: "more", role: "presentation" }, app.t("network.find.none")));
    told.textContent = total ? app.t("network.find.count", { count: app.number(total) }) : app.t("network.find.none");
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(nodes.length ? 0 : -1);
  };

  input.addEventListener("input", suggest);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    close();
    if (!input.value.trim() && shown >= 0 && clear) clear();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) suggest();
      else if (found.length) point((at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (event.key === "Enter") {
      if (at >= 0) take(found[at]);
      else if (!input.value.trim() && clear) clear();
    } else if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    } else return;
    event.preventDefault();
  });
  return { root: h("div", { class: "find" }, input, list, told), set, input };
}

function option(app, scene, node, id, take) {
  const { term, class: classes, status } = app.network.nodes;
  const look = scene.look(scene.kindOf[node]);
  const name = app.label(term[node]);
  const other = app.graph.label(term[node], app.language === "zh" ? "en" : "zh");
  return h("li", {
    id, role: "option", "aria-selected": "false",
    // The press, not the click: by then the box would have lost the focus and closed the list.
    onpointerdown: (event) => { event.preventDefault(); take(); },
  }, mark(look.colour, look.shape, status[node]), h("span", { class: "name" }, name, other !== name && h("small", { lang: app.language === "zh" ? "en" : "zh" }, other)),
  h("small", { class: "kind" }, app.label(classes[node])));
}
