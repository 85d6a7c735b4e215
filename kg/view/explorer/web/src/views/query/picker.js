// A field for things: what is typed is looked up among names in both languages, and what is picked stands before it.
import { fill, h } from "../../core/dom.js";
import { thingsOf } from "./things.js";

let count = 0;

/**
 * @param label the text of the field's label, for those who cannot see it
 * @param kinds of things that it takes
 * @returns {root, input, value, set}: value() is compact IRIs and whatever is typed, separated by commas
 */
export function picker(app, { id, label, kinds, describedby }) {
  const things = thingsOf(app);
  const list = `query-list-${count += 1}`;
  let picked = [];
  let offered = [];
  let active = -1;
  const chips = h("ul", { class: "chips", "aria-label": app.t("query.picked", { name: label }) });
  const options = h("ul", { class: "options", id: list, role: "listbox", "aria-label": label, hidden: true });
  const input = h("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list, "aria-describedby": describedby, placeholder: app.t("query.pick"),
    oninput: () => offer(), onfocus: () => offer(), onclick: () => offer(), onkeydown: key,
    onblur: () => setTimeout(close, 150),
  });
  const root = h("div", { class: "picker" }, chips, input, options);

  function offer() {
    const taken = new Set(picked.map((thing) => thing.iri));
    offered = things.suggestions(input.value, kinds).filter((thing) => !taken.has(thing.iri));
    active = input.value.trim() && offered.length ? 0 : -1;
    options.hidden = offered.length === 0;
    show();
  }

  function show() {
    input.setAttribute("aria-expanded", String(!options.hidden));
    fill(options, offered.map((thing, i) => h("li", {
      id: `${list}-${i}`, role: "option", "aria-selected": String(i === active),
      onmousedown: (event) => { event.preventDefault(); pick(thing); },
    }, h("span", {}, app.label(thing.term)), " ", h("span", { class: "soft" }, other(thing)))));
    if (active >= 0 && !options.hidden) {
      input.setAttribute("aria-activedescendant", `${list}-${active}`);
      options.children[active]?.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  /** The name in the other language and the compact IRI. */
  function other(thing) {
    const second = app.graph.label(thing.term, app.language === "zh" ? "en" : "zh");
    return second === app.label(thing.term) || second === thing.curie ? thing.curie : `${second} · ${thing.curie}`;
  }

  function close() {
    options.hidden = true;
    active = -1;
    show();
  }

  function key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (options.hidden) return void offer();
      active = (active + (event.key === "ArrowDown" ? 1 : offered.length - 1) + (active < 0 && event.key === "ArrowUp" ? 1 : 0)) % offered.length;
      show();
    } else if (event.key === "Enter" && !options.hidden && active >= 0) {
      event.preventDefault();
      pick(offered[active]);
    } else if (event.key === "Escape" && !options.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Backspace" && input.value === "" && picked.length) {
      picked.pop();
      draw();
    }
  }

  function pick(thing) {
    picked.push(thing);
    input.value = "";
    draw();
    close();
    input.focus();
  }

  function draw() {
    fill(chips, picked.map((thing, i) => h("li", {}, app.label(thing.term), h("button", {
      type: "button", class: "remove", "aria-label": app.t("query.remove", { name: app.label(thing.term) }),
      onclick: () => { picked.splice(i, 1); draw(); input.focus(); },
    }, "×"))));
  }

  return {
    root, input,
    value: () => [...picked.map((thing) => thing.curie), ...(input.value.trim() ? [input.value.trim()] : [])].join(","),
    set(iris, rest = "") {
      picked = iris.map((iri) => ({ iri, term: app.graph.number(iri), curie: app.graph.curie(iri) }));
      input.value = rest;
      draw();
    },
  };
}
