// What can be done with the thing that is selected: its neighbourhood, and a path from it or to it.
import { fill, h } from "../../core/dom.js";
import { FACETS } from "../../core/filter.js";
import { curie, nodeOf } from "./words.js";

/** @returns {root, update(params, selected, hidden)} */
export function nodeBar(app, path) {
  const root = h("div", { class: "nodebar", hidden: true });
  const { term } = app.network.nodes;

  const update = (params, selected, hidden) => {
    const focus = nodeOf(app, params.focus);
    const node = selected >= 0 ? selected : focus;
    root.hidden = node < 0;
    if (node < 0) return;
    const name = curie(app, term[node]);
    const steps = Math.min(3, Math.max(1, Number(params.steps) || 1));
    const held = document.activeElement?.dataset?.act;
    fill(root,
      h("strong", { class: "name" }, app.label(term[node])),
      hidden && h("span", { class: "hidden" }, app.t("network.node.hidden"), " ",
        button("show", "network.node.show", () => app.go({ ...Object.fromEntries(FACETS.map((facet) => [facet, null])), focus: null, steps: null }))),
      h("span", { class: "group", role: "group", "aria-label": app.t("network.focus") }, h("span", { class: "label" }, app.t("network.focus")),
        [1, 2, 3].map((each) => h("button", { type: "button", "data-act": `steps-${each}`, title: app.t("network.focus.steps", { steps: each }), "aria-label": app.t("network.focus.steps", { steps: each }),
          "aria-pressed": String(focus === node && steps === each), onclick: () => app.go({ focus: name, steps: each === 1 ? null : String(each) }) }, String(each))),
        focus >= 0 && button("whole", "network.focus.end", () => app.go({ focus: null, steps: null, arrange: null }))),
      h("span", { class: "group" }, button("from", "network.path.here", () => start({ from: name })), button("to", "network.path.there", () => start({ to: name }))));
    if (held) root.querySelector(`[data-act="${held}"]`)?.focus();
  };

  const start = (change) => {
    path.root.hidden = false;
    app.go(change);
  };
  const button = (act, key, onclick) => h("button", { type: "button", "data-act": act, onclick }, app.t(key));
  return { root, update };
}
