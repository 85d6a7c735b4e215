// The picture as a table: each stage and function with its links, its state, and what is recorded.
import { h } from "../../core/dom.js";
import { BLANK, STATES } from "./data.js";
import { names, nodeLink, state } from "./parts.js";
import { statedStates } from "./model.js";

export function table(app, at, groups) {
  const { chain, chains } = at;
  const spine = chain.kind === "industry chain" ? "spine" : "stages";
  const rows = [
    ...chain.stages.map((each) => [spine, each.term, each.order || app.t("chain.bare")]),
    ...groups.own.map((term) => ["own", term, ""]),
    ...["innovation", "service"].flatMap((id) => [...groups[id].special, ...groups[id].general].map((term) => [id, term, ""])),
  ];
  const places = [at.place, at.other].filter((place) => place >= 0);
  const heads = ["part", "order", "name"].map((name) => app.t(`chain.col.${name}`));
  const stated = places.length ? places.map((place) => app.label(place)) : [app.t("chain.col.count")];
  const rest = ["feeds", "needed", "who", "passages"].map((name) => app.t(`chain.col.${name}`));
  return h("table", {},
    h("caption", {}, [app.label(chain.term), ...places.map((place) => app.label(place))].join(app.language === "zh" ? "，" : ", ")),
    h("thead", {}, h("tr", {}, [...heads, ...stated, ...rest].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, rows.map(([part, term, order]) => {
      const said = chain.statements(term);
      const here = places.length ? said.filter((each) => places.some((place) => each.place === place || chains.area(place).inside.has(each.place))) : said;
      const need = chain.needs.find((each) => each.term === term);
      return h("tr", {},
        h("td", {}, app.t(`chain.part.${part}`)), h("td", {}, order), h("th", { scope: "row" }, nodeLink(app, term)),
        places.length ? places.map((place) => h("td", {}, cell(app, at, term, place))) : h("td", {}, app.number(chain.performing(term).size)),
        h("td", {}, names(app, chain.feeds.filter((each) => each.from === term).map((each) => each.to))),
        h("td", {}, need ? names(app, need.by) : ""),
        h("td", {}, names(app, [...new Set(here.map((each) => (each.actor >= 0 ? each.actor : each.place)))])),
        h("td", {}, app.number(new Set(here.flatMap((each) => each.passages)).size)));
    })));
}

function cell(app, at, term, place) {
  const value = at.chain.cell(term, place).state;
  const others = [...statedStates(at.chains, at.chain, term, place)].filter((each) => each !== value);
  const words = others.map((each) => app.t(`chain.state.${STATES[each]}`)).join(app.language === "zh" ? "、" : ", ");
  return [state(app, value), value !== BLANK && others.length > 0 && h("span", { class: "soft" }, ` (${words})`)];
}
