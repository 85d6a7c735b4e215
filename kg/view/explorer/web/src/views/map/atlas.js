// What the map knows: places with and without a point, groups of places, steps of spillover, and measures for sizes.
import { STATES } from "../../core/network.js";
import { isIri } from "../../core/terms.js";

const POINT_KINDS = ["passages", "facts", "degree", "industries", "stages", "gaps"];
const KINDS = { "radiates to": "radiates", "is to radiate to": "radiates", "core city of": "core", contains: "contains" };

export class Atlas {
  /**
   * @param app the page
   * @param block what kg/view/explorer/map.py gives
   * @param boundaries {credit, geojson} of the user, or null
   */
  constructor(app, block, boundaries) {
    this.app = app;
    this.boundaries = boundaries;
    this.places = block.places.map((row, index) => this.#place(row, index));
    this.located = this.places.filter((place) => place.located);
    this.byTerm = new Map(this.places.map((place) => [place.term, place]));
    const slots = {};
    this.groups = block.groups.map((row) => {
      slots[row[1]] = (slots[row[1]] ?? -1) + 1;
      return this.#group(row, slots[row[1]]);
    });
    this.steps = block.steps.map(([source, target, relation, basis, passages]) => ({
      source: this.places[source], target: this.places[target], relation, kind: KINDS[relation] ?? "member",
      proposed: basis === "proposed", basis, passages,
    }));
    this.#read(block);
    this.measures = [...POINT_KINDS.map((key) => this.#counted(key)), ...this.#figures(block.figures)]
      .filter((measure, i) => i === 0 || measure.values.size);
  }

  name(place) { return this.app.label(place.term); }

  address(place) { return this.app.graph.curie(this.app.graph.iri(place.term)); }

  /** The place of an address such as place:x, or undefined. */
  find(text) { return text ? this.byTerm.get(this.app.graph.number(this.app.graph.expand(text))) : undefined; }

  /** The place that a text names, or the first whose name begins with it or has it. */
  search(text) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return undefined;
    const names = (place) => [this.name(place), ...this.app.graph.names(place.term)].map((name) => name.toLowerCase());
    const tests = [(name) => name === wanted, (name) => name.startsWith(wanted), (name) => name.includes(wanted)];
    for (const test of tests) {
      const found = this.places.filter((place) => names(place).some(test));
      if (found.length) return found.find((place) => place.located || this.groupOf(place)) ?? found[0];
    }
    return undefined;
  }

  measure(key) { return this.measures.find((measure) => measure.key === key) ?? this.measures[0]; }

  /** The group that a place is, where it has members with a point. */
  groupOf(place) { return this.groups.find((group) => group.place === place); }

  /** The groups that a place is a member of, with its role. */
  memberships(place) {
    return this.groups.flatMap((group) => group.members.filter((each) => each.place === place && each.role !== "through")
      .map(({ role }) => ({ group, role })));
  }

  /** The zones and parks without a point that lie in a place. */
  sitesIn(place) { return this.places.filter((each) => each.lies === place.index && each.site); }

  /** The steps to which one comes from a place, with how many steps away each begins. */
  downstream(place) {
    const found = new Map();
    let ahead = [place];
    for (let distance = 0; ahead.length; distance += 1) {
      const next = [];
      for (const step of this.steps) {
        if (ahead.includes(step.source) && !found.has(step)) {
          found.set(step, distance);
          next.push(step.target);
        }
      }
      ahead = next;
    }
    return found;
  }

  /** Who gives the points: places by the host of the gazetteer entry that they name, "" for none. */
  gazetteers() {
    const hosts = new Map();
    for (const place of this.located) {
      const host = place.entry ? hostOf(place.entry) : "";
      hosts.set(host, (hosts.get(host) ?? 0) + 1);
    }
    return hosts;
  }

  #place([term, latitude, longitude, level, lies], index) {
    const { network } = this.app;
    const node = network.node(term);
    return {
      index, term, latitude, longitude, level, lies, located: latitude !== null && longitude !== null,
      site: lies !== null && (level === "zone" || level === "park"),
      cls: node < 0 ? -1 : network.nodes.class[node],
      proposed: node >= 0 && STATES[network.nodes.status[node]] === "proposed",
      degree: node < 0 ? 0 : network.nodes.degree[node],
      industries: [0, 0], states: null, facts: 0, passages: 0, entry: "",
    };
  }

  #group([place, kind, members], slot) {
    return {
      place: this.places[place], kind, slot, proposed: this.places[place].proposed,
      members: members.map(([member, role]) => ({ place: this.places[member], role })),
    };
  }

  /** Facts and passages that name each place, and its entry in a gazetteer. */
  #read(block) {
    for (const [place, has, proposed] of block.industries) this.places[place].industries = [has, proposed];
    for (const [place, ...states] of block.states) this.places[place].states = states;
    const { graph } = this.app;
    const { g, s, p, o } = graph.quads;
    const also = graph.number("http://www.w3.org/2000/01/rdf-schema#seeAlso");
    const passages = new Map(this.places.map((place) => [place, new Set()]));
    for (let i = 0; i < s.length; i += 1) {
      const subject = this.byTerm.get(s[i]);
      const object = this.byTerm.get(o[i]);
      if (subject && p[i] === also && isIri(graph.terms[o[i]])) subject.entry = graph.iri(o[i]);
      if ((!subject && !object) || !graph.passages.has(g[i])) continue;
      for (const place of new Set([subject, object])) {
        if (!place) continue;
        place.facts += 1;
        passages.get(place).add(g[i]);
      }
    }
    for (const [place, found] of passages) place.passages = found.size;
  }

  #counted(key) {
    const of = {
      passages: (place) => place.passages,
      facts: (place) => place.facts,
      degree: (place) => place.degree,
      industries: (place) => place.industries[0],
      stages: (place) => (place.states ? place.states.slice(0, 5).reduce((sum, each) => sum + each, 0) : 0),
      gaps: (place) => place.states?.[5] ?? 0,
    }[key];
    const values = new Map(this.places.filter((place) => of(place) > 0)
      .map((place) => [place, { value: of(place), text: this.app.number(of(place)), issue: "" }]));
    const { app } = this;
    return { key, get name() { return app.t(`map.measure.${key}`); }, unit: "", said: false, values };
  }

  #figures(figures) {
    const used = new Map();
    return figures.map(([measure, unit, period, product, population, rows]) => {
      const { app } = this;
      const base = [app.graph.curie(app.graph.iri(measure)), period].filter(Boolean).join("@");
      used.set(base, (used.get(base) ?? 0) + 1);
      const values = new Map();
      for (const [place, value, upper, comparator, issue] of rows) {
        const number = upper === null ? app.number(value, 3) : `${app.number(value, 3)}–${app.number(upper, 3)}`;
        const before = values.get(this.places[place]);
        values.set(this.places[place], {
          value: before ? Math.max(before.value, value) : value, comparator, issue: issue ?? before?.issue ?? "",
          text: [...(before ? [before.text] : []), this.#compared(comparator, number)].join("; "),
        });
      }
      const parts = () => [app.label(measure), ...[product, population].filter((each) => each !== null).map((each) => app.label(each))];
      return {
        key: used.get(base) > 1 ? `${base}@${used.get(base)}` : base, said: true, values,
        get name() { return parts().join(", "); }, unit: app.label(unit), period: period ?? "",
      };
    });
  }

  /** A number with the word by which it is said; that it is exact goes without saying. */
  #compared(comparator, number) {
    const word = comparator < 0 ? "" : this.app.graph.label(comparator, "en");
    return word === "exact" || !word ? number : `${this.app.label(comparator)} ${number}`;
  }
}

function hostOf(address) {
  try {
    return new URL(address).hostname.replace(/^(www|sws)\./, "");
  } catch {
    return "";
  }
}

