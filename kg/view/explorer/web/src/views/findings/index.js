// The view "findings".
import { h } from "../../core/dom.js";
import text from "./text.js";

/** Make the view; `update` is called with the parameters of the address each time they change. */
function create(app) {
  const root = h("div", { class: "view-findings" });
  return { root, update() {}, resize() {}, destroy() {} };
}

export default { id: "findings", text, create };
