// The view "chain": stages left to right, functions above and below, states at a place, and what would close a gap.
import { fill, h } from "../../core/dom.js";
import { about, couplings as couplingList } from "./about.js";
import { controls, legend } from "./controls.js";
import { load, STATES } from "./data.js";
import { draw } from "./draw.js";
import { layout } from "./layout.js";
import { couplings, feeds, needs, stated } from "./links.js";
import { couplingsOf, groups, place as placeOf, statedStates, strips } from "./model.js";
import { curie } from "./parts.js";
import { stage } from "./stage.js";
import { table } from "./table.js";
import text from "./text.js";

const BANDS = { innovation: "chain.band.innovation", service: "chain.band.service" };

/** Make the view; `update` is called with the parameters of the address each time they change. */
function create(app) {
  const view = new View(app);
  return {
    root: view.root,
    update: (params) => view.update(params),
    resize: () => view.draw(),
    destroy: () => { view.ended = true; },
  };
}

class View {
  constructor(app) {
    this.app = app;
    this.ended = false;
    this.at = null;
    this.parts = {
      bar: h("div", { class: "bar" }), legend: h("div", { class: "legend" }), notice: h("p", { class: "notice", role: "status", hidden: true }),
      scroll: h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": app.t("chain.picture") }),
      table: h("div", { class: "as-table" }), side: h("section", { class: "side", "aria-labelledby": "chain-side-title" }),
    };
    const { bar, notice, scroll, side } = this.parts;
    this.root = h("div", { class: "view-chain" }, bar, notice, h("div", { class: "halves" }, h("div", { class: "left" }, this.parts.legend, scroll, this.parts.table), side));
    load().then((chains) => {
      if (this.ended) return;
      if (!chains) return void this.empty();
      this.chains = chains;
      this.update(this.app.params);
    });
  }

  update(params) {
    if (!this.chains || params.view !== "chain") return;
    if (!this.chains.chains.length) {
      this.empty();
      return;
    }
    const before = this.at;
    this.at = this.read(params);
    const pickedNow = before && this.at.stage >= 0 && (before.stage !== this.at.stage);
    fill(this.parts.bar, controls(this.app, this.at));
    fill(this.parts.legend, legend(this.app, this.at));
    this.draw();
    this.side();
    this.parts.table.dataset.open = params.table ? "yes" : "no";
    fill(this.parts.table, this.tableButton(Boolean(params.table)), h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": this.app.t("chain.table") }, table(this.app, this.at, this.at.groups)));
    if (pickedNow && this.root.contains(document.activeElement) || pickedNow && document.activeElement === document.body) this.parts.side.querySelector("h2")?.focus();
  }

  empty() { fill(this.root, h("p", { class: "notice" }, this.app.t("chain.empty"))); }

  /** What the address says: chain, place, other place, statement, stage, pair, and what is hidden. */
  read(params) {
    const { chains } = this;
    const number = (name) => (params[name] ? this.app.graph.number(this.app.graph.expand(params[name])) : -1);
    const asked = number("chain");
    const found = chains.chain(asked);
    const chain = found ?? chains.chains.reduce((best, each) => (worth(each) > worth(best) ? each : best));
    const notices = [];
    if (params.chain && !found) notices.push(this.app.t("chain.none", { name: params.chain }));
    const place = (name) => {
      const term = number(name);
      if (params[name] && !chains.around.has(term)) notices.push(this.app.t("chain.noplace", { name: params[name] }));
      return chains.around.has(term) ? term : -1;
    };
    const at = { chains, chain, place: place("place"), other: place("with"), stage: number("stage"), hidden: new Set((params.hide ?? "").split(",")), pair: params.pair ?? null, notices };
    if (at.place < 0) at.other = -1;
    const variant = chains.variants.get(number("stated")) ?? chains.variants.get(asked);
    at.variant = variant?.of === chain.term && variant.nodes.length ? variant : null;
    at.groups = groups(chains, chain);
    at.shown = new Set(chain.nodes);
    if (!at.shown.has(at.stage) && !(at.variant?.nodes.some(([term]) => term === at.stage))) at.stage = -1;
    at.couplings = couplingsOf(chains, chain, at.shown);
    return at;
  }

  draw(again = true) {
    if (!this.at || !this.root.isConnected) return;
    const { app, at, chains } = this;
    const width = Math.max(300, this.parts.scroll.clientWidth - 4);
    const focused = this.parts.scroll.contains(document.activeElement) ? document.activeElement.dataset.node : null;
    const bands = new Set(["spine", ...["innovation", "service"].filter((id) => at.groups[id].special.length + at.groups[id].general.length)]);
    const label = (term) => app.label(term);
    const plan = layout({
      chain: at.chain, variant: at.variant, groups: at.groups, label, width, rows: at.other >= 0 ? 2 : 1,
      strips: at.hidden.has("couplings") ? { above: [], between: [], below: [] } : strips(chains, at.chain, at.shown, bands, at.couplings),
    });
    plan.lines = this.lines(plan, bands);
    const svg = draw(plan, this.show(plan));
    fill(this.parts.scroll, svg);
    if (again && this.parts.scroll.clientWidth - 4 < width && width > 300) { // A scroll bar has taken some of it.
      this.draw(false);
      return;
    }
    this.parts.notice.hidden = !at.notices.length;
    this.parts.notice.textContent = at.notices.join(" ");
    if (focused) svg.querySelector(`[data-node="${Number(focused)}"]`)?.focus({ preventScroll: true });
  }

  lines(plan, bands) {
    const { at, chains } = this;
    const frames = new Map(plan.bands.map((band) => [band.id, band]));
    const boxes = new Map(plan.boxes.map((box) => [box.term, box]));
    const stripes = new Map(plan.strips.map((strip) => [strip.term, strip]));
    const end = (term) => {
      const found = placeOf(chains, at.chain, at.shown, bands, term);
      return found && (boxes.get(found.box) ?? frames.get(found.band) ?? stripes.get(found.strip) ?? null);
    };
    const innovation = chains.chains.filter((each) => each !== at.chain && each.kind !== "industry chain").flatMap((each) => each.feeds);
    return [
      ...(at.hidden.has("couplings") ? [] : couplings(plan, at.couplings, end)),
      ...(at.hidden.has("needs") ? [] : needs(plan, at.chain)),
      ...(at.variant ? [...stated(plan, at.variant), ...feeds(plan, at.variant.feeds.map(([from, to, passages]) => ({ from, to, passages })), "statement")] : []),
      ...feeds(plan, at.chain.feeds, "spine"), ...feeds(plan, at.chain.feeds, "own"), ...feeds(plan, innovation, "innovation"),
    ];
  }

  /** How the picture speaks and what its parts do. */
  show() {
    const { app, at } = this;
    const places = [at.place, at.other].filter((place) => place >= 0);
    const tags = places.length > 1 ? ["A", "B"] : [""];
    const states = places.length ? (term) => places.map((place, order) => ({
      place, tag: tags[order], state: at.chain.cell(term, place).state, several: statedStates(at.chains, at.chain, term, place).size > 1,
    })) : null;
    const performing = (term) => {
      const count = at.chain.performing(term).size;
      return app.t(count === 0 ? "chain.performing.none" : count === 1 ? "chain.performing.one" : "chain.performing", { count });
    };
    return {
      t: (key, values) => app.t(key, values), label: (term) => app.label(term), picked: at.stage >= 0 ? at.stage : null, pair: at.pair, states, performing,
      bandName: (id) => (BANDS[id] ? app.t(BANDS[id]) : app.label(id === "statement" ? at.variant.chain : at.chain.term)),
      title: (box) => this.title(box, states, performing),
      lineTitle: (line) => (line.kind === "couples"
        ? line.all.map((each) => `${app.t("chain.coupling", { from: app.label(each.from), kind: app.label(each.kind), to: app.label(each.to) })}${each.status === "actual" ? "" : ` (${app.word("chain.status", each.status)})`}`).join("\n")
        : app.t("chain.coupling", { from: app.label(line.from), kind: app.t(`chain.line.${line.kind}`), to: app.label(line.to) })),
      pick: (term) => app.go({ stage: at.stage === term ? null : curie(app, term), pair: null }),
      open: (term) => (at.chains.byTerm.has(term) ? app.go({ chain: curie(app, term), stage: null, stated: null, pair: null }) : app.select(term)),
      couple: (line) => app.go({ pair: at.pair === `${line.from}~${line.to}` ? null : `${line.from}~${line.to}`, stage: null }),
    };
  }

  title(box, states, performing) {
    const { app } = this;
    const parts = [app.label(box.term)];
    if (box.band === "statement") parts.push(app.t("chain.role.statement"));
    else if (box.order) parts.push(app.t("chain.role.stage", { order: box.order }));
    if (box.bare) parts.push(app.t("chain.bare"));
    if (box.band !== "statement" && !states) parts.push(performing(box.term));
    for (const { place, state } of (box.band !== "statement" && states?.(box.term)) || []) parts.push(`${app.label(place)}${app.t("details.colon")}${app.t(`chain.state.${STATES[state]}`)}`);
    return parts.join(app.language === "zh" ? "；" : "; ");
  }

  side() {
    const { app, at } = this;
    const pair = at.pair && at.couplings.filter((each) => `${each.from}~${each.to}` === at.pair);
    const title = at.stage >= 0 ? app.label(at.stage) : pair?.length ? app.t("chain.couplings") : app.label(at.chain.term);
    const close = at.stage >= 0 || Boolean(pair?.length);
    fill(this.parts.side,
      h("div", { class: "side-head" }, h("h2", { id: "chain-side-title", tabindex: "-1" }, title),
        close && h("button", { type: "button", class: "close", onclick: () => this.close() }, app.t("chain.close"))),
      at.stage >= 0 ? stage(app, at, at.stage) : pair?.length ? couplingList(app, pair) : about(app, at));
    this.parts.side.scrollTop = 0;
  }

  close() {
    const { stage: left } = this.at;
    this.app.go({ stage: null, pair: null });
    this.parts.scroll.querySelector(`[data-node="${left}"]`)?.focus();
  }

  tableButton(open) {
    return h("button", { type: "button", class: "table-toggle", "aria-expanded": String(open), onclick: () => this.app.go({ table: open ? null : "yes" }) }, this.app.t(open ? "chain.table.hide" : "chain.table.show"));
  }
}

/** How much is recorded of a chain of an industry; the one with most is shown first. */
function worth(chain) {
  return (chain.industries.length ? 1_000 : 0) + chain.stages.reduce((sum, each) => sum + chain.statements(each.term).length, 0);
}

export default { id: "chain", text, create };
