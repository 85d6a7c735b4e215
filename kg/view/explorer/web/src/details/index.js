// The panel of details: what is said of a thing, and where.
import { h } from "../core/dom.js";
import text from "./text.js";

/** Make the panel; it shows what the address selects and hides where that is nothing. */
export function details(app) {
  const root = h("aside", { class: "details", hidden: true });
  return { root, update() {} };
}

export { text };
