// The view "network".
import { h } from "../../core/dom.js";
import text from "./text.js";

/** Make the view; `update` is called with the parameters of the address each time they change. */
function create(app) {
  const root = h("div", { class: "view-network" });
  return { root, update() {}, resize() {}, destroy() {} };
}

export default { id: "network", text, create };
