// The fields of a question's parameters.
import { fill, h } from "../../core/dom.js";
import { inLanguage, labelOf } from "./language.js";
import { picker } from "./picker.js";
import { kindsOf, thingsOf } from "./things.js";

/**
 * @param question as kg/view/explorer/catalogue.py gives it
 * @param ask called when the form is sent
 * @returns {root, read, set, bound}: read() and set() take texts by parameter as the address has them;
 *   values(texts) are those that the query is bound to, or null where the form says what is wrong
 */
export function form(app, question, ask, buttons) {
  const things = thingsOf(app);
  const fields = new Map(question.parameters.map((parameter) => [parameter.name, field(app, parameter)]));
  const root = h("form", {
    class: "parameters", novalidate: true, onsubmit: (event) => { event.preventDefault(); ask(); },
  }, [...fields.values()].map((each) => each.root), h("div", { class: "buttons" }, buttons));

  return {
    root,
    read: () => Object.fromEntries([...fields].map(([name, each]) => [name, each.value()])),
    set(texts) {
      for (const [name, each] of fields) each.set(texts[name] ?? "");
    },
    /** Values by parameter, for `bind`; null where some field is wrong, which then says so. */
    values(texts, quiet = false) {
      const found = {};
      let wrong = null;
      for (const parameter of question.parameters) {
        const each = fields.get(parameter.name);
        try {
          found[parameter.name] = things.values(parameter, texts[parameter.name]);
          if (parameter.required && found[parameter.name] === null) throw Object.assign(new Error("required"), { quiet });
          each.fault("");
        } catch (error) {
          if (!error.quiet) each.fault(reason(app, error, parameter));
          wrong ??= each;
        }
      }
      if (wrong && !quiet) wrong.input.focus();
      return wrong ? null : found;
    },
  };
}

function reason(app, error, parameter) {
  const known = ["required", "integer", "number", "unknown", "ambiguous", "utf8", "iri"];
  const key = known.includes(error.message) ? error.message : "unknown";
  return app.t(`query.wrong.${key}`, { text: error.text ?? "", among: (error.among ?? []).join(", "), name: parameter.name });
}

function field(app, parameter) {
  const things = thingsOf(app);
  const id = `query-field-${parameter.name}`;
  const kinds = kindsOf(parameter);
  const label = labelOf(app, parameter);
  const about = inLanguage(app, parameter, "description", { class: "about", id: `${id}-about`, hidden: label === parameter.description_zh }, "p");
  const fault = h("p", { class: "fault", id: `${id}-fault`, role: "alert", hidden: true });
  const describedby = `${id}-about ${id}-fault`;
  const control = kinds.length ? picker(app, { id, label, kinds, describedby }) : plain(id, parameter, describedby);
  if (parameter.required) control.input.setAttribute("aria-required", "true");
  const mark = parameter.required ? h("span", { class: "required" }, app.t("query.required")) : h("span", { class: "soft" }, app.t("query.optional"));
  return {
    root: h("div", { class: "field" }, h("label", { for: id }, label, " ", mark), control.root, about, fault),
    input: control.input,
    value: control.value,
    set(text) {
      if (!kinds.length) return void control.set(text);
      try {
        control.set((things.values(parameter, text) ?? []).map((value) => value.value));
      } catch {
        control.set([], text);
      }
    },
    fault(text) {
      fill(fault, text);
      fault.hidden = text === "";
      control.input.setAttribute("aria-invalid", String(text !== ""));
    },
  };
}

function plain(id, parameter, describedby) {
  const mode = parameter.type === "integer" ? "numeric" : parameter.type === "number" ? "decimal" : "text";
  const input = h("input", { id, type: "text", inputmode: mode, autocomplete: "off", "aria-describedby": describedby });
  return { root: input, input, value: () => input.value, set: (text) => { input.value = text; } };
}
