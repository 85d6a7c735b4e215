// The view "network": the things and relations of the graph as a picture, a table, or where they are many a summary.
import { h } from "../../core/dom.js";
import { parse, visible, visibleEdges } from "../../core/filter.js";
import { names } from "../../core/search.js";
import { FEW, MOST, arrange } from "./arrange.js";
import { chips, toolbar } from "./bar.js";
import { facets } from "./facets.js";
import { legend } from "./legend.js";
import { nodeBar } from "./nodebar.js";
import { pathPanel } from "./path.js";
import { listen } from "./pointer.js";
import { COLOURINGS, Scene } from "./scene.js";
import { Stage } from "./stage.js";
import { MOST_DRAWN, summary } from "./summary.js";
import { table } from "./table.js";
import text from "./text.js";
import { tooltip } from "./tooltip.js";
import { around } from "./ways.js";
import { curie, edgeKey, edgesOf, nodeOf } from "./words.js";

const SHOWS = ["picture", "table", "summary"];
const MOST_WORDS = 16;

/** Make the view; `update` is called with the parameters of the address each time they change. */
function create(app) {
  const { network } = app;
  const scene = new Scene(network);
  const { term } = network.nodes;
  const told = h("p", { class: "told", role: "status" });
  const drawn = h("span", { class: "drawn" });
  const tip = tooltip(app, scene);
  const stage = new Stage(app, scene, { inset, covered, picture: (some, all) => { drawn.textContent = some < all ? app.t("network.sampled", { some: app.number(some), all: app.number(all) }) : ""; } });
  const path = pathPanel(app, scene);
  const key = legend(app, scene);
  const bar = nodeBar(app, path);
  const filters = facets(app, scene);
  const list = table(app, scene);
  const sum = summary(app, scene);
  const chosen = chips(app);
  const tools = toolbar(app, scene, {
    find: (node) => {
      const name = curie(app, term[node]);
      if (picture.hidden && list.root.hidden) app.go({ node: name, edge: null, focus: name, steps: null, show: null });
      else app.go({ node: name, edge: null });
      reveal(node, true);
    },
    path: () => { path.open(); },
    filters: () => root.classList.toggle("filtering"),
  });
  const controls = h("div", { class: "controls", role: "group", "aria-label": app.t("network.controls") },
    control("+", "network.zoom.in", () => stage.zoom(1.5)), control("−", "network.zoom.out", () => stage.zoom(1 / 1.5)),
    control("⤢", "network.zoom.fit", () => stage.fit()), control("⤓", "network.save", save));
  const keys = h("p", { class: "unseen", id: "network-keys" }, app.t("network.keys"));
  const empty = h("p", { class: "empty", hidden: true }, app.t("network.nothing"));
  const over = h("div", { class: "over" }, bar.root, path.root);
  const picture = h("div", { class: "stage" }, stage.canvas, keys, empty, over, controls, key.root, tip.root);
  const root = h("div", { class: "view-network" }, tools.root, chosen.root,
    h("div", { class: "columns" }, filters.root, picture, list.root, sum.root), h("div", { class: "foot" }, told, drawn));
  const announced = h("span", { class: "unseen", role: "status" });
  root.append(announced);

  for (const each of [list.root, sum.root]) each.hidden = true;

  let last = { drawn: false };
  let arranged = false;

  function control(sign, name, act) {
    return h("button", { type: "button", title: app.t(name), "aria-label": app.t(name), onclick: act }, sign);
  }

  /** How much of the picture lies under the legend, the path and the bar of the thing that is selected. */
  function inset() {
    if (picture.clientWidth < 700) return { left: 0, right: 0, top: over.offsetHeight };
    return { left: key.root.open ? key.root.offsetWidth : 0, right: path.root.offsetWidth || 40, top: bar.root.hidden ? 0 : 30 };
  }

  /** What lies over the picture, where no name would be read. */
  function covered() {
    return [key.root, bar.root, path.root, controls].filter((each) => each.offsetWidth).map((each) => {
      const [at, from] = [each.getBoundingClientRect(), picture.getBoundingClientRect()];
      return [at.left - from.left, at.top - from.top, at.right - from.left, at.bottom - from.top];
    });
  }

  function save() {
    stage.canvas.toBlob((blob) => {
      const address = URL.createObjectURL(blob);
      h("a", { href: address, download: "network.png" }).click();
      setTimeout(() => URL.revokeObjectURL(address), 1_000);
    });
  }

  function reveal(node, closer = false) {
    if (scene.nodes[node]) stage.reveal(node, closer);
  }

  listen(stage, {
    hover: (node, edge, x, y) => {
      if (node !== stage.marks.hover || edge !== stage.marks.hoverEdge) stage.mark({ hover: node, hoverEdge: edge });
      stage.canvas.classList.toggle("hot", node >= 0 || edge >= 0);
      tip.show(node, edge, x, y);
    },
    click: (node, edge) => {
      stage.mark({ cursor: -1 });
      app.go({ node: node < 0 ? null : curie(app, term[node]), edge: node < 0 && edge >= 0 ? edgeKey(app, edge) : null });
    },
    twice: (node) => app.go({ focus: curie(app, term[node]), node: curie(app, term[node]), edge: null }),
    cursor: (node) => {
      if (node < 0) return;
      stage.mark({ cursor: node });
      stage.reveal(node);
      announced.textContent = tip.words(node);
    },
    enter: () => {
      const node = stage.marks.cursor >= 0 ? stage.marks.cursor : stage.grid.beside(stage.camera, -1, 1, 0);
      if (node >= 0) app.go({ node: curie(app, term[node]), edge: null });
    },
    escape: () => {
      if (stage.marks.cursor >= 0) stage.mark({ cursor: -1 });
      else if (app.params.node || app.params.edge) app.go({ node: null, edge: null });
      else if (app.params.from || app.params.to) app.go({ from: null, to: null });
      else if (app.params.focus) app.go({ focus: null, steps: null });
    },
    fit: () => stage.fit(),
  });

  /** Which nodes and edges are shown; gives whether that has changed. */
  function narrow(params) {
    const filter = parse(params);
    const focus = nodeOf(app, params.focus);
    const steps = Math.min(3, Math.max(1, Number(params.steps) || 1));
    const now = JSON.stringify([filter, focus, steps]);
    if (now === last.shown) return false;
    last.shown = now;
    let nodes = visible(app, filter);
    // What the neighbourhood is of is shown whatever the filters are.
    if (focus >= 0) nodes[focus] = 1;
    const edges = visibleEdges(app, filter, nodes);
    if (focus >= 0) {
      nodes = around(network, focus, steps, nodes, edges);
      edges.forEach((shown, edge) => { if (shown && !(nodes[network.edges.source[edge]] && nodes[network.edges.target[edge]])) edges[edge] = 0; });
    }
    const [some, related] = [nodes, edges].map((each) => each.reduce((total, shown) => total + shown, 0));
    scene.show(nodes, edges);
    last.edgesShown = edges;
    filters.update(filter);
    chosen.update(filter);
    empty.hidden = some > 0;
    told.textContent = app.t(some === network.size ? "network.shown.all" : "network.shown", { nodes: app.number(some), edges: app.number(related), all: app.number(network.size) });
    app.emit("filtered", { nodes: some, edges: related });
    return true;
  }

  /** Give what is shown places of its own, or those of the whole. */
  function settle(params, changed) {
    const wanted = scene.count < network.size && (params.arrange ? params.arrange === "own" && scene.count <= MOST : scene.count <= FEW);
    if (!changed && wanted === arranged) return false;
    if (wanted) {
      const nodes = [...scene.nodes.keys()].filter((node) => scene.nodes[node]);
      const places = arrange(scene, nodes, [...scene.edges.keys()].filter((edge) => scene.edges[edge]));
      nodes.forEach((node, i) => { [scene.x[node], scene.y[node]] = [places.x[i], places.y[i]]; });
    } else if (arranged) {
      scene.x.set(network.nodes.x);
      scene.y.set(network.nodes.y);
    }
    const moved = wanted || arranged;
    arranged = wanted;
    if (moved) scene.version += 1;
    return moved || changed;
  }

  /** What is picked out: the path, else the relation or thing that is selected. */
  function pick(params) {
    const found = path.read(params, last.edgesShown);
    const selected = app.selected < 0 ? -1 : network.node(app.selected);
    const edges = edgesOf(app, params.edge).filter((edge) => scene.edges[edge]);
    let emphasis = { nodes: [], edges: [], words: false };
    if (found.whole) emphasis = { nodes: found.nodes, edges: found.edges, words: true };
    else if (edges.length) emphasis = { nodes: [network.edges.source[edges[0]], network.edges.target[edges[0]]], edges, words: true };
    else if (selected >= 0 && scene.nodes[selected]) {
      const own = [...network.edgesAt(selected)].filter((edge) => scene.edges[edge]);
      const focussed = selected === nodeOf(app, params.focus);
      // Around itself a thing need not stand out.
      if (!focussed) emphasis = { nodes: [selected, ...new Set(own.map((edge) => network.other(edge, selected)))], edges: own, words: own.length <= MOST_WORDS };
    }
    stage.emphasis = emphasis;
    stage.marks.selected = selected;
    bar.update(params, selected, selected >= 0 && !scene.nodes[selected]);
    return found;
  }

  function update(params) {
    const changed = narrow(params);
    const colour = COLOURINGS.includes(params.colour) && (params.colour in network.nodes) ? params.colour : "class";
    const size = scene.sizes.includes(params.size) ? params.size : scene.sizes[0];
    const looks = `${colour} ${size}`;
    scene.setColour(colour);
    scene.setSize(size);
    const moved = settle(params, changed);
    const found = pick(params);
    const show = SHOWS.includes(params.show) ? params.show : scene.count > MOST_DRAWN ? "summary" : "picture";
    for (const [name, element] of [["picture", picture], ["table", list.root], ["summary", sum.root]]) element.hidden = name !== show;
    filters.root.classList.toggle("flat", show === "summary");
    tools.update(show, arranged, scene.count <= MOST && scene.count < network.size);
    if (show === "table") list.update();
    if (show === "summary") sum.update();
    if (show !== "picture") return;
    if (changed || looks !== last.looks) key.update();
    last.looks = looks;
    stage.resize();
    if (moved) stage.fit(last.drawn);
    last.drawn = true;
    const way = found.whole ? found.nodes.join() : "";
    if (way && way !== last.way) stage.fit(true, found.nodes);
    else if (stage.marks.selected >= 0 && stage.marks.selected !== last.selected) reveal(stage.marks.selected);
    last.way = way;
    last.selected = stage.marks.selected;
    stage.redraw();
  }

  names(app);
  const watch = new ResizeObserver(() => { if (stage.resize() && stage.marks.selected >= 0) reveal(stage.marks.selected); });
  watch.observe(picture);
  const ends = [app.on("theme", () => stage.recolour())];
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const recolour = () => stage.recolour();
  scheme.addEventListener("change", recolour);
  return {
    root, update, stage,
    resize: () => stage.resize(),
    destroy() {
      scheme.removeEventListener("change", recolour);
      watch.disconnect();
      stage.destroy();
      for (const end of ends) end();
    },
  };
}

export default { id: "network", text, create };
