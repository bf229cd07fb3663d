// The editor of Python, CodeMirror 6 as the page has it, and links that carry a program: bundled into one file, which puts
// both into `coroscope`, where the page finds them (`src/ui/program/script.rs`).
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration, EditorView, GutterMarker, WidgetType, drawSelection, gutter, highlightActiveLine, keymap, lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

/** Colours are the page's; those of code are the page's, too, by other names. */
const LOOK = EditorView.theme({
  "&": { height: "100%", fontSize: "12.5px", backgroundColor: "transparent", color: "inherit" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { caretColor: "currentColor", paddingBlock: "8px" },
  ".cm-cursor": { borderLeftColor: "currentColor" },
  ".cm-gutters": { backgroundColor: "transparent", border: "none", color: "var(--muted)" },
  ".cm-marks": { width: "14px", cursor: "pointer" },
  ".cm-marks i": { display: "inline-block", width: "3px", height: "1.1em", marginRight: "1px", verticalAlign: "middle",
    borderRadius: "1px", background: "var(--task)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, currentColor 5%, transparent)" },
  ".cm-standing": { backgroundColor: "color-mix(in srgb, var(--task) 16%, transparent)",
    boxShadow: "inset 3px 0 0 var(--task)" },
  ".cm-who": { color: "var(--muted)", fontSize: "11px", paddingLeft: "2em", fontStyle: "normal", userSelect: "none" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 28%, transparent) !important" },
  ".cm-panels, .cm-tooltip": { backgroundColor: "var(--panel)", color: "inherit", borderColor: "var(--line)" },
  ".tok-keyword": { color: "var(--code-k)" },
  ".tok-string, .tok-string2": { color: "var(--code-s)" },
  ".tok-comment": { color: "var(--code-c)" },
  ".tok-number, .tok-bool": { color: "var(--code-n)" },
});

const setMarks = StateEffect.define();

class Who extends WidgetType {
  constructor(text) { super(); this.text = text; }
  eq(other) { return other.text === this.text; }
  toDOM() {
    const node = document.createElement("i");
    node.className = "cm-who";
    node.textContent = this.text;
    node.setAttribute("aria-hidden", "true");
    return node;
  }
  ignoreEvent() { return false; }
}

class Bars extends GutterMarker {
  constructor(colours) { super(); this.colours = colours; }
  eq(other) { return other.colours.join() === this.colours.join(); }
  toDOM() {
    const box = document.createElement("span");
    for (const colour of this.colours.slice(0, 3)) {
      box.append(document.createElement("i"));
      box.lastChild.style.setProperty("--task", colour);
    }
    return box;
  }
}

/** What stands at the lines: decorations of the text, and bars beside it. */
const marks = StateField.define({
  create: () => ({ text: Decoration.none, bars: RangeSet.empty }),
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const text = [], bars = [], { doc } = transaction.state;
      for (const { line, colours, names } of effect.value) {
        if (line < 1 || line > doc.lines) continue;
        const { from, to } = doc.line(line);
        text.push(Decoration.line({ class: "cm-standing",
          attributes: { style: `--task:${colours[0]}`, "data-tasks": names.join(" ") } }).range(from));
        text.push(Decoration.widget({ widget: new Who(names.join(", ")), side: 1 }).range(to));
        bars.push(new Bars(colours).range(from));
      }
      return { text: Decoration.set(text, true), bars: RangeSet.of(bars, true) };
    }
    if (!transaction.docChanged) return value;
    return { text: value.text.map(transaction.changes), bars: value.bars.map(transaction.changes) };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.text),
});

class Editor {
  /** `onChange(text)` is called with every change of the reader's, `onLine(line)` for a line whose mark is pressed,
   * `onRun()` for Ctrl-Enter. */
  constructor(parent, text, label, onChange, onLine, onRun) {
    this.quiet = false;
    this.label = new Compartment();
    this.onChange = onChange;
    const state = EditorState.create({
      doc: text,
      extensions: [
        gutter({
          class: "cm-marks",
          markers: (view) => view.state.field(marks).bars,
          domEventHandlers: { mousedown: (view, block) => {
            onLine(view.state.doc.lineAt(block.from).number);
            return true;
          } },
        }),
        lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
        highlightActiveLine(), highlightSelectionMatches(), indentUnit.of("    "), EditorState.tabSize.of(4),
        python(), syntaxHighlighting(classHighlighter), marks, LOOK,
        keymap.of([
          { key: "Mod-Enter", run: () => { onRun(); return true; } },
          ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap,
          // Escape and then Tab leaves the editor: CodeMirror sees to that.
          indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !this.quiet) this.onChange(this.text());
        }),
        this.label.of(EditorView.contentAttributes.of({ "aria-label": label, id: "editor", lang: "en" })),
      ],
    });
    this.view = new EditorView({ state, parent });
  }

  /** The program. */
  text() { return this.view.state.doc.toString(); }

  /** Another name for those who hear it. */
  rename(label) {
    const attributes = EditorView.contentAttributes.of({ "aria-label": label, id: "editor", lang: "en" });
    this.view.dispatch({ effects: this.label.reconfigure(attributes) });
  }

  /** Another text, which can be undone; nothing is called. What is the same stays untouched, and the cursor with it. */
  replace(text) {
    const before = this.text();
    if (text === before) return;
    const shorter = Math.min(text.length, before.length);
    let from = 0, same = 0;
    while (from < shorter && text[from] === before[from]) from += 1;
    while (same < shorter - from && text.at(-1 - same) === before.at(-1 - same)) same += 1;
    this.quiet = true;
    this.view.dispatch({ changes: { from, to: before.length - same, insert: text.slice(from, text.length - same) } });
    this.quiet = false;
  }

  /** Where tasks stand: JSON, a list of `{ line, colours, names }`. */
  mark(json) { this.view.dispatch({ effects: setMarks.of(JSON.parse(json)) }); }

  /** What is wrong with the text: JSON, a list of `{ line, column, end_line, end_column, text }`; all but the line and
   * the text may be missing. */
  complain(json) {
    const { doc } = this.view.state;
    const at = (line, column, fallback) => {
      const place = doc.line(Math.min(Math.max(line, 1), doc.lines));
      if (!column || column < 1) return fallback(place);
      return Math.min(place.from + [...place.text].slice(0, column - 1).join("").length, place.to);
    };
    const found = JSON.parse(json).map(({ line, column, end_line, end_column, text }) => {
      const from = at(line, column, (place) => place.from + place.text.search(/\S|$/));
      const to = at(end_line || line, end_column, (place) => place.to);
      return { from, to: Math.max(from, to), severity: "error", message: text };
    });
    this.view.dispatch(setDiagnostics(this.view.state, found));
  }

  /** Brings a line into view, and the cursor to it. */
  go(line) {
    const place = this.view.state.doc.line(Math.min(Math.max(line, 1), this.view.state.doc.lines));
    this.view.dispatch({ selection: { anchor: place.from }, effects: EditorView.scrollIntoView(place.from, { y: "center" }) });
    this.view.focus();
  }

  destroy() { this.view.destroy(); }
}

/** The version of links. */
const VERSION = "1";

async function through(stream, bytes) {
  // Not by a `Response`: Firefox tells its console of a broken stream then, though that is an answer here.
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader(), parts = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** A text as a part of a link: version, and the text compressed, in characters that need no escape. */
async function pack(text) {
  const bytes = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(text));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `${VERSION}.${btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** The text of such a part; fails for what is none. */
async function unpack(part) {
  const [version, ...rest] = part.split(".");
  if (version !== VERSION) throw new Error(`version ${version}`);
  const binary = atob(rest.join(".").replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(await through(new DecompressionStream("deflate-raw"), bytes));
}

globalThis.coroscope = { Editor, pack, unpack };
