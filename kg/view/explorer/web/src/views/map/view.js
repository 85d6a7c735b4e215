// The map with its controls: it follows the address, and the address follows it.
import { download, fill, h } from "../../core/dom.js";
import { draw } from "./draw.js";
import { View, projectionFor, together } from "./geo.js";
import { gestures } from "./gestures.js";
import { legend, notes, summary } from "./panel.js";
import { pictureFile } from "./picture.js";
import { csv, table } from "./table.js";

const LAYERS = ["agglomerations", "regions", "zones", "sites", "spillover", "members", "labels", "graticule", "boundaries"];
const SHOWN = ["agglomerations", "sites", "spillover", "labels", "graticule", "boundaries"];
const NARROW = 600;
const WIDE = 800;
const REST = 350; // ms without a move until the address says where

export class Picture {
  constructor(app, atlas) {
    Object.assign(this, { app, atlas, view: null, params: {}, sort: { by: "name", down: false } });
    this.layers = LAYERS.filter((layer) => layer !== "boundaries" || atlas.boundaries);
    this.#build();
    const printed = () => fill(this.parts.data, table(this));
    addEventListener("beforeprint", printed);
    this.stops = [() => removeEventListener("beforeprint", printed)];
  }

  get measure() { return this.atlas.measure(this.params.measure); }

  get selected() { return this.atlas.find(this.params.place) ?? this.atlas.find(this.params.node) ?? null; }

  get shown() {
    return new Set("layers" in this.params ? this.params.layers.split(",").filter((each) => this.layers.includes(each)) : SHOWN);
  }

  update(params) {
    this.params = params;
    const asTable = params.as === "table";
    this.parts.measure.value = this.measure?.key ?? "";
    for (const [layer, box] of this.parts.layers) box.checked = this.shown.has(layer);
    this.root.classList.toggle("as-table", asTable);
    this.parts.table.setAttribute("aria-pressed", String(asTable));
    this.#follow(params.at);
    fill(this.parts.summary, summary(this));
    fill(this.parts.legend, legend(this));
    fill(this.parts.data, asTable ? table(this) : null);
    this.draw();
  }

  resize() {
    const box = this.parts.stage.getBoundingClientRect();
    const [width, height] = [Math.round(box.width), Math.round(box.height)];
    if (width < 50 || height < 50 || (this.view?.width === width && this.view?.height === height)) return;
    const points = together(this.atlas.located.map((place) => [place.longitude, place.latitude]));
    const before = this.view;
    this.view = new View(projectionFor(points, width, height, width < NARROW ? 34 : 56), width, height);
    if (before?.moved) Object.assign(this.view, { k: before.k, centre: before.centre });
    this.parts.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    if (this.drawn) this.draw();
  }

  draw() {
    if (!this.view || !this.measure) return;
    const { app, atlas, view } = this;
    const scene = {
      atlas, view, layers: this.shown, measure: this.measure, selected: this.selected, largest: view.width < NARROW ? 12 : 18,
      t: app.t.bind(app), number: app.number.bind(app),
    };
    const { elements, left } = draw(scene);
    this.parts.svg.setAttribute("aria-label", app.t("map.aria", { count: atlas.located.length, measure: this.measure.name }));
    fill(this.parts.svg, elements);
    this.left = left;
    this.drawn = true;
    this.outside = atlas.located.filter((place) => {
      const [x, y] = view.place([place.longitude, place.latitude]);
      return x < 0 || y < 0 || x > view.width || y > view.height;
    });
    const told = [left, ...this.outside.map((place) => place.index)].join();
    if (told !== this.told) fill(this.parts.notes, notes(this));
    this.told = told;
  }

  /** Pick a place, or none: its summary here, its details in the panel. */
  pick(place) {
    this.app.go({ place: place ? this.atlas.address(place) : null, node: place ? this.atlas.address(place) : null });
  }

  /** Pick a place and bring it, or its members, into the picture. */
  visit(place) {
    const group = this.atlas.groupOf(place);
    const shown = place.located ? [place] : group ? group.members.map((each) => each.place) : [];
    this.show(shown);
    this.pick(place);
  }

  show(places) {
    this.view.show(places.map((place) => [place.longitude, place.latitude]));
    this.#moved();
  }

  destroy() {
    for (const stop of this.stops) stop();
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.watch.disconnect();
  }

  #build() {
    const { app, atlas } = this;
    const parts = this.parts = {
      svg: h("svg", { class: "picture", role: "img", tabindex: "0", "aria-describedby": "map-keys" }),
      stage: h("div", { class: "stage" }), tip: h("div", { class: "tip", hidden: true, role: "tooltip" }),
      summary: h("div", { class: "summary", "aria-live": "polite" }), legend: h("div", { class: "legend" }),
      notes: h("div", { class: "notes" }), data: h("div", { class: "data" }), layers: new Map(), measure: this.#picker(),
      found: h("p", { class: "found", role: "status" }),
    };
    const press = (key, label, action, more = {}) => h("button", { type: "button", title: app.t(key), "aria-label": app.t(key), onclick: action, ...more }, label);
    const turn = (act) => () => { act(); this.#moved(); };
    parts.table = h("button", { type: "button", class: "table-button", "aria-pressed": "false", onclick: () => app.go({ as: this.params.as === "table" ? null : "table" }) }, app.t("map.table"));
    fill(parts.stage, parts.svg, parts.tip,
      h("div", { class: "zoom", role: "group", "aria-label": app.t("map.zoom") },
        press("map.zoom.in", "+", turn(() => this.view.zoom(1.5))), press("map.zoom.out", "−", turn(() => this.view.zoom(1 / 1.5))),
        press("map.zoom.fit", "⤢", turn(() => this.view.fit()))),
      h("p", { id: "map-keys", class: "keys" }, app.t("map.keys")));
    this.root = h("div", { class: "map-frame" },
      h("form", { class: "controls", onsubmit: (event) => { event.preventDefault(); this.#search(); } },
        h("label", {}, h("span", {}, app.t("map.size")), parts.measure),
        this.#searchField(), parts.found, parts.table,
        h("button", { type: "button", class: "csv", onclick: () => download("places.csv", csv(this)) }, app.t("map.csv")),
        h("button", { type: "button", class: "svg", onclick: () => download("map.svg", pictureFile(parts.svg), "image/svg+xml") }, app.t("map.svg"))),
      h("details", { class: "layers", open: innerWidth > WIDE }, h("summary", {}, app.t("map.layers")),
        h("div", { role: "group", "aria-label": app.t("map.layers") }, this.layers.map((layer) => this.#layer(layer)))),
      h("div", { class: "middle" }, parts.stage, parts.data),
      h("div", { class: "side", tabindex: "0", role: "region", "aria-label": app.t("map.side") }, parts.summary, parts.legend, parts.notes));
    gestures(parts.svg, () => this.view, (state) => (state === "moved" ? this.#moved() : this.#soon()), (target) => this.pick(this.#placeAt(target)));
    this.#hover();
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(parts.stage);
  }

  #picker() {
    const { app, atlas } = this;
    const option = (measure) => h("option", { value: measure.key },
      measure.said ? app.t("map.figure", { name: measure.name, unit: measure.unit, period: measure.period || app.t("map.undated"), count: measure.values.size }) : measure.name);
    const group = (key, said) => {
      const found = atlas.measures.filter((measure) => measure.said === said);
      return found.length > 0 && h("optgroup", { label: app.t(key) }, found.map(option));
    };
    return h("select", { onchange: (event) => app.go({ measure: event.target.value }) }, group("map.counted", false), group("map.said", true));
  }

  #searchField() {
    const { app, atlas } = this;
    const names = [...new Set(atlas.places.filter((place) => place.located || atlas.groupOf(place)).map((place) => atlas.name(place)))];
    this.parts ??= {};
    this.field = h("input", { type: "search", list: "map-places", placeholder: app.t("map.search.hint"), autocomplete: "off", onchange: () => this.#search() });
    return [h("label", {}, h("span", {}, app.t("map.search")), this.field),
      h("datalist", { id: "map-places" }, names.sort().map((name) => h("option", { value: name })))];
  }

  #search() {
    const wanted = this.field.value;
    const place = this.atlas.search(wanted);
    this.parts.found.textContent = place || !wanted.trim() ? "" : this.app.t("map.search.none");
    if (place && place !== this.selected) this.visit(place);
  }

  #layer(layer) {
    const { app } = this;
    const box = h("input", { type: "checkbox", value: layer, onchange: () => {
      const chosen = this.layers.filter((each) => this.parts.layers.get(each).checked);
      const usual = this.layers.every((each) => SHOWN.includes(each) === chosen.includes(each));
      app.go({ layers: usual ? null : chosen.join(",") || "none" });
    } });
    this.parts.layers.set(layer, box);
    return h("label", {}, box, app.t(`map.layer.${layer}`));
  }

  #placeAt(target) {
    const element = target.closest?.("[data-place]");
    return element ? this.atlas.places[Number(element.dataset.place)] : null;
  }

  #hover() {
    const { svg, tip, stage } = this.parts;
    const hide = () => { tip.hidden = true; };
    svg.addEventListener("pointerleave", hide);
    svg.addEventListener("pointerdown", hide);
    svg.addEventListener("pointermove", (event) => {
      const lines = event.buttons ? null : this.#told(event.target);
      if (!lines) { hide(); return; }
      fill(tip, lines.map((line, i) => h("p", { class: i ? "" : "first" }, line)));
      tip.hidden = false;
      const box = stage.getBoundingClientRect();
      const left = Math.max(4, Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4));
      const below = event.clientY - box.top + 16;
      const top = below + tip.offsetHeight > box.height ? Math.max(4, event.clientY - box.top - tip.offsetHeight - 10) : below;
      tip.style.left = `${left}px`;
      tip.style.top = `${top}px`;
    });
  }

  /** The lines of the hint about what the pointer is on. */
  #told(target) {
    const { app, atlas } = this;
    const place = this.#placeAt(target);
    if (place) {
      const value = this.measure.values.get(place);
      const kind = place.cls < 0 ? "" : app.label(place.cls);
      const group = atlas.groupOf(place);
      return [
        atlas.name(place), [kind, place.proposed && app.t("map.proposed")].filter(Boolean).join(", "),
        group ? app.t("map.tip.members", { count: group.members.length }) : value ? app.t("map.pair", { name: this.measure.name, value: `${value.text} ${this.measure.unit}` }) : app.t("map.tip.none", { measure: this.measure.name }),
        place.site && app.t("map.tip.site", { place: atlas.name(atlas.places[place.lies]) }), value?.issue && app.t("map.flagged", { issue: value.issue }),
      ].filter(Boolean);
    }
    const element = target.closest?.("[data-step]");
    if (!element) return null;
    const step = atlas.steps[Number(element.dataset.step)];
    return [`${atlas.name(step.source)} → ${atlas.name(step.target)}`, app.word("map.relation", step.relation), app.t(`map.basis.${step.basis}`, { count: step.passages })];
  }

  #soon() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  /** After a move: draw, and let the address say where once it rests. */
  #moved() {
    this.#soon();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { centre, k, moved } = this.view;
      this.at = moved ? [...centre, k].map((each) => Number(each.toFixed(3))).join(",") : null;
      this.app.go({ at: this.at }, true);
    }, REST);
  }

  /** Go where the address says, unless it says where one is. */
  #follow(text) {
    if (!this.view || (text ?? null) === (this.at ?? null)) return;
    this.at = text ?? null;
    const numbers = (text ?? "").split(",").map(Number);
    const sound = numbers.length === 3 && numbers.every(Number.isFinite) && Math.abs(numbers[0]) <= 180 && Math.abs(numbers[1]) < 89 && numbers[2] > 0;
    this.view.fit();
    if (sound) Object.assign(this.view, { centre: numbers.slice(0, 2), k: Math.min(200, Math.max(0.08, numbers[2])) });
  }
}
