// The editor: colours, completion, and a mark where the engine found an error. The engine alone judges.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";
import { tags } from "@lezer/highlight";
import { completion } from "./complete.js";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword)", fontWeight: "600" },
  { tag: [tags.variableName], color: "var(--code-variable)" },
  { tag: [tags.string, tags.integer, tags.float, tags.bool, tags.number], color: "var(--code-value)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--code-name)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

const setMark = StateEffect.define();
const marks = StateField.define({
  create: () => Decoration.none,
  update(value, change) {
    let found = change.docChanged ? Decoration.none : value;
    for (const effect of change.effects) if (effect.is(setMark)) found = effect.value;
    return found;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** @returns {root, text, set, mark, go, focus, destroy} */
export function editor(app, run) {
  const view = new EditorView({
    state: EditorState.create({
      extensions: [
        lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(),
        EditorView.lineWrapping, sparql(), syntaxHighlighting(COLOURS), marks,
        autocompletion({ override: [completion(app)], icons: false, maxRenderedOptions: 60, activateOnTypingDelay: 60 }),
        EditorView.contentAttributes.of({ "aria-label": app.t("query.editor"), "aria-describedby": "query-editor-hint", spellcheck: "false", autocapitalize: "off" }),
        EditorState.phrases.of(app.language === "zh" ? { Completions: "补全" } : {}),
        keymap.of([
          { key: "Mod-Enter", run: () => { run(); return true; } },
          ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab,
        ]),
      ],
    }),
  });

  /** The place of a line and column, from 1, in characters. */
  function place(line, column) {
    const { doc } = view.state;
    const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const before = [...found.text].slice(0, column - 1).join("").length;
    return { from: found.from + Math.min(before, found.length), to: found.to };
  }

  return {
    root: view.dom,
    text: () => view.state.doc.toString(),
    set(text) {
      if (text !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    /** Mark the word at a place; without one, take the mark away. */
    mark(line, column) {
      if (!line) return void view.dispatch({ effects: setMark.of(Decoration.none) });
      const { from, to } = place(line, column);
      const rest = view.state.doc.sliceString(from, to);
      const length = Math.max(/^[\p{L}\p{N}_?$:-]*/u.exec(rest)[0].length, 1);
      const wrong = { class: "cm-wrong", attributes: { title: app.t("query.error.here") } };
      const start = from >= to && from > 0 ? from - 1 : from;
      const range = start < view.state.doc.length ? [Decoration.mark(wrong).range(start, Math.min(start + length, view.state.doc.length))] : [];
      view.dispatch({ effects: setMark.of(Decoration.set(range)) });
    },
    go(line, column) {
      view.dispatch({ selection: { anchor: place(line, column).from }, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
    view,
    destroy: () => view.destroy(),
  };
}
