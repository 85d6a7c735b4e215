// The list of questions: by group, searched by any word of name, summary, question and group, in both languages.
import { fill, h } from "../../core/dom.js";
import { inLanguage } from "./language.js";
import { folded } from "./things.js";

/** @returns {root, mark}: mark(name) tells which question is shown */
export function catalogue(app, pick, own) {
  const search = h("input", { type: "search", "aria-label": app.t("query.search"), placeholder: app.t("query.search"), oninput: draw });
  const list = h("div", { class: "groups" });
  const count = h("p", { class: "soft", role: "status" });
  const wide = matchMedia("(min-width: 901px)").matches;
  const root = h("details", { class: "catalogue", open: wide },
    h("summary", {}, app.t("query.questions")),
    h("button", { type: "button", class: "own", onclick: () => { fold(); own(); } }, app.t("query.write")), search, count, list);
  const sought = new Map(app.questions.map((each) => [each.name, folded([each.name, each.group, ...groupNames(app, each.group),
    each.summary, each.summary_zh, each.question, each.question_zh].join(" "))]));
  let shown = "";

  function fold() {
    if (matchMedia("(max-width: 900px)").matches) root.open = false;
  }

  function draw() {
    const words = folded(search.value).split(" ").filter(Boolean);
    const found = app.questions.filter((each) => words.every((word) => sought.get(each.name).includes(word)));
    const groups = new Map();
    for (const each of found) {
      if (!groups.has(each.group)) groups.set(each.group, []);
      groups.get(each.group).push(each);
    }
    fill(count, found.length ? app.t("query.count", { count: app.number(found.length) }) : app.t(app.questions.length ? "query.none" : "query.noquestions"));
    fill(list, [...groups].map(([group, questions]) => h("section", {},
      h("h3", {}, groupName(app, group)),
      h("ul", {}, questions.map((each) => h("li", {}, h("button", {
        type: "button", "data-name": each.name, "aria-pressed": String(each.name === shown), onclick: () => { fold(); pick(each); },
      }, inLanguage(app, each, "summary", { class: "summary" }), inLanguage(app, each, "question", { class: "soft" }))))))));
  }

  draw();
  return {
    root,
    mark(name) {
      shown = name;
      for (const button of list.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.name === name));
    },
  };
}

function groupNames({ texts }, group) {
  return [texts.en, texts.zh].map((each) => each[`query.group.${group}`] ?? "");
}

/** A group's name in the language shown; that of its folder where the page has none for it. */
function groupName(app, group) {
  const key = `query.group.${group}`;
  return key in app.texts.en ? app.t(key) : group;
}
