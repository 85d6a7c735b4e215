// The view "map": places as dots sized by a measure, groups as outlines, spillover as arrows, on a bare graticule.
import { json } from "../../core/blocks.js";
import { fill, h } from "../../core/dom.js";
import { Atlas } from "./atlas.js";
import text from "./text.js";
import { Picture } from "./view.js";

let blocks = null;

/** Make the view; `update` is called with the parameters of the address each time they change. */
function create(app) {
  const root = h("div", { class: "view-map" }, h("p", { class: "wait" }, app.t("map.wait")));
  let picture = null;
  let ended = false;
  blocks ??= Promise.all([json("map"), json("boundaries")]);
  blocks.then(([block, boundaries]) => {
    if (ended) return;
    if (!block) {
      fill(root, h("p", { class: "wait" }, app.t("map.noplaces")));
      return;
    }
    picture = new Picture(app, new Atlas(app, block, boundaries));
    fill(root, picture.root);
    picture.resize();
    picture.update(app.params);
  });
  return {
    root,
    update(params) { if (app.params.view === "map") picture?.update(params); },
    resize() { picture?.resize(); },
    destroy() {
      ended = true;
      picture?.destroy();
    },
  };
}

export default { id: "map", text, create };
