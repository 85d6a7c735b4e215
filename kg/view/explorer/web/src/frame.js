// The frame: title, tabs, language and theme, the view that is shown and the panel of details beside it.
import { fill, h } from "./core/dom.js";
import { details } from "./details/index.js";
import views from "./views.js";

const THEMES = ["light", "dark"];

/** Build the frame; views are made when they are first shown, and anew when the language changes. */
export function frame(app, place) {
  let made = new Map();
  let panel = null;
  let parts = null;
  app.embedded = new URLSearchParams(location.search).has("embed") || "embed" in app.read();

  const build = () => {
    for (const view of made.values()) view.destroy();
    made = new Map();
    panel = details(app);
    document.documentElement.lang = app.language === "zh" ? "zh-CN" : "en";
    document.title = app.meta.title || app.t("app.title");
    document.body.classList.toggle("embedded", app.embedded);
    parts = { tabs: new Map(), main: h("main", { id: "main", tabindex: "-1" }), read: h("p", { class: "read" }), engine: h("span", { class: "engine", "data-engine": true, role: "status" }) };
    for (const view of views) {
      parts.tabs.set(view.id, h("a", { href: `#view=${view.id}`, onclick: (event) => { event.preventDefault(); app.go({ view: view.id }); } }, app.t(`${view.id}.title`)));
    }
    fill(place,
      h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); parts.main.focus(); } }, app.t("app.skip")),
      h("header", { class: "frame" },
        h("h1", {}, document.title),
        h("nav", { "aria-label": app.t("app.views") }, [...parts.tabs.values()]),
        h("div", { class: "tools" },
          parts.engine,
          h("button", { type: "button", class: "language", lang: app.language === "zh" ? "en" : "zh-CN", title: app.t("app.language.hint"), onclick: () => app.setLanguage(app.language === "zh" ? "en" : "zh") }, app.t("app.language")),
          h("button", { type: "button", class: "theme", title: app.t("app.theme"), "aria-label": app.t("app.theme"), onclick: () => turn(app) }, "◐"))),
      h("div", { class: "body" }, parts.main, panel.root),
      h("footer", { class: "frame" }, parts.read, unfold(app), h("p", { class: "holds" }, holds(app))));
    engine();
    show();
  };

  const engine = () => {
    const { state } = app.engine;
    parts.engine.dataset.engine = state;
    parts.engine.textContent = state === "ready" ? app.t("app.ready") : state === "failed" ? app.t("app.failed", { message: app.engine.message }) : app.t("app.loading");
  };

  const show = () => {
    const view = views.find((each) => each.id === app.params.view) ?? views[0];
    for (const [id, tab] of parts.tabs) {
      if (id === view.id) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    if (!made.has(view.id)) made.set(view.id, view.create(app));
    const shown = made.get(view.id);
    if (parts.main.firstChild !== shown.root) parts.main.replaceChildren(shown.root);
    parts.main.dataset.view = view.id;
    parts.read.textContent = app.t(`${view.id}.read`);
    panel.update(app.params);
    shown.resize();
    shown.update(app.params);
  };

  app.on("moved", show);
  app.on("engine", engine);
  app.on("language", build);
  window.addEventListener("hashchange", () => app.moved());
  window.addEventListener("popstate", () => app.moved());
  window.addEventListener("resize", () => { for (const view of made.values()) view.resize(); });
  if (!location.hash && app.meta.start) {
    history.replaceState(null, "", `#${new URLSearchParams({ view: "network", node: app.meta.start })}`);
  }
  app.params = app.read();
  if (app.params.lang) app.language = app.params.lang === "zh" ? "zh" : "en";
  build();
}

/** A button that shows the foot in full where the page is narrow. */
function unfold(app) {
  return h("button", { type: "button", class: "unfold", "aria-expanded": "false", "aria-label": app.t("app.unfold"), onclick: (event) => {
    const open = event.target.parentElement.classList.toggle("unfolded");
    event.target.setAttribute("aria-expanded", String(open));
    window.dispatchEvent(new Event("resize"));
  } }, "…");
}

/** What the file holds, of what it is a part, and that whoever has it has that. */
function holds(app) {
  const count = (name) => app.number(app.meta[name]);
  const held = app.t("app.holds", { quads: count("quads"), nodes: count("nodes"), sources: count("sources"), passages: count("passages") });
  const asked = Object.entries(app.meta.selection ?? {}).map(([kind, names]) =>
    app.t(`app.part.${kind}`, { names: names.map((name) => name[app.language]).join(app.t("app.comma")) }));
  const part = asked.length ? app.t("app.part", { asked: asked.join(app.t("app.semicolon")) }) : app.t("app.whole");
  return [part, held, app.t("app.shared"), ...(asked.length ? [app.t("app.elsewhere")] : [])].join(app.t("app.space"));
}

/** Switch between dark and light, from what the system prefers. */
function turn(app) {
  const root = document.documentElement;
  const now = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.theme = THEMES[1 - THEMES.indexOf(now)];
  app.emit("theme", root.dataset.theme);
}
