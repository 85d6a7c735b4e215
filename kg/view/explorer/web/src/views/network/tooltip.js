// What is under the pointer, in words.
import { fill, h } from "../../core/dom.js";
import { between } from "./ways.js";
import { relation, status } from "./words.js";

const MOST = 6;

/** @returns {root, show(node, edge, x, y), words(node)} */
export function tooltip(app, scene) {
  const root = h("div", { class: "tip", hidden: true });
  const { network } = app;
  const label = (node) => app.label(network.nodes.term[node]);

  const words = (node) => app.t("network.tip.node", { name: label(node), class: app.label(network.nodes.class[node]), status: status(app, network.nodes.status[node]), degree: app.number(network.nodes.degree[node]) });
  const thing = (node) => [
    h("strong", {}, label(node)),
    h("span", {}, `${app.label(network.nodes.class[node])} · ${status(app, network.nodes.status[node])} · ${app.t("network.tip.degree", { count: app.number(network.nodes.degree[node]) })}`)];
  const relations = (edge) => {
    const { source, target, property, status: states } = network.edges;
    const all = between(network, source[edge], target[edge], scene.edges);
    return [all.slice(0, MOST).map((each) => h("span", { class: "said" }, label(source[each]), " ", h("b", {}, `— ${relation(app, property[each])} →`), " ", label(target[each]), " ", h("small", { class: `state-${states[each]}` }, status(app, states[each])))),
      all.length > MOST && h("span", {}, app.t("network.tip.more", { count: app.number(all.length - MOST) })), h("small", {}, app.t("network.tip.click"))];
  };

  let last = "";
  const show = (node, edge, x, y) => {
    root.hidden = node < 0 && edge < 0;
    if (root.hidden) { last = ""; return; }
    const now = `${node} ${edge}`;
    if (now !== last) fill(root, node >= 0 ? thing(node) : relations(edge));
    last = now;
    const { clientWidth: width, clientHeight: height } = root.parentElement;
    const [left, top] = [x + 14 + root.offsetWidth > width ? Math.max(4, x - 14 - root.offsetWidth) : x + 14, y + 16 + root.offsetHeight > height ? Math.max(4, y - 12 - root.offsetHeight) : y + 16];
    root.style.left = `${left}px`;
    root.style.top = `${top}px`;
  };
  return { root, show, words };
}
