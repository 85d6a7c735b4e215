// Texts of a question and of its parameters in the language shown, as far as its file has them.
import { h } from "../../core/dom.js";

/** An element with the text `key` of a question or parameter; where there is no Chinese it is English, and marked so. */
export function inLanguage(app, holder, key, attributes, tag = "span") {
  const chinese = app.language === "zh" ? holder[`${key}_zh`] : "";
  const lang = app.language === "zh" && !chinese ? "en" : null;
  return h(tag, { lang, ...attributes }, chinese || holder[key]);
}

/** The label of a parameter's field: its name, in Chinese the first clause of what it is. */
export function labelOf(app, parameter) {
  const chinese = app.language === "zh" ? parameter.description_zh : "";
  return chinese ? chinese.split(/[，；：]/)[0] : parameter.name.replaceAll("_", " ");
}
