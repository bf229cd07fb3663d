// One random action, of numbers from 0 to 1 that it is given; tells what it did. What leaves the page, opens a window of the
// system's or throws away what was typed is left alone.
const [which, one, two, three] = arguments;
const pick = (list, part) => list[Math.min(list.length - 1, Math.floor(part * list.length))];
const LEFT = "#program-save, #program-open, #program-remove, #program-original, input[type=file], [download]";
const seen = (element) => element.getClientRects().length > 0 && !element.disabled && !element.closest(LEFT);
const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
const name = (element) => element.id || element.className || element.tagName;
const HOSTILE = ["", "0", "-1", "1e999", "[[0.6]", "abc", "3,,4", "0.5,0.5,0.5,0.5", "<b>", "９", "  2 ", "NaN"];
const chart = () => document.querySelector("#plot");
const at = (x, y) => {
  const box = chart().getBoundingClientRect();
  return { clientX: box.left + x * box.width, clientY: box.top + y * box.height, bubbles: true, cancelable: true };
};
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Enter", "Escape", "PageUp", "PageDown", " ",
  "+", "-", "0", ",", ".", "/", "?", "f", "Tab"];
const TRACE = [
  { format: "coroscope-trace", version: 1, clock: "real", sources: { "shop.py": "a = 1" } },
  { e: "task_created", t: 0, task: 0, name: "shop" }, { e: "step_began", t: 0.5, task: 0 },
  { e: "finished", t: 2.5, task: 0, outcome: "done" }, { e: "end", end: "done" },
].map((line) => JSON.stringify(line)).join("\n");
const KEEPS = "main, #plot, #console, #search, .divider, body";
const actions = {
  press() {
    const element = pick(all("button, summary, a[href^='#'], [role=button], [role=tab]"), one);
    element?.click();
    return element && name(element);
  },
  set() {
    const field = pick(all("input:not([type=file]), select"), one);
    if (!field) return;
    if (field.type === "checkbox") { field.click(); return name(field); }
    if (field.tagName === "SELECT") field.selectedIndex = Math.floor(two * field.options.length);
    else if (field.type === "range") field.value = Number(field.min || 0) + two * (Number(field.max || 1) - Number(field.min || 0));
    else field.value = three < 0.5 ? pick(HOSTILE, two) : String(Math.round(two * 100) / 10);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return `${name(field)} ${field.dataset.param ?? ""}=${field.value}`;
  },
  key() {
    const target = pick(all(KEEPS), one) ?? document.body, key = pick(KEYS, two);
    target.focus?.();
    for (const kind of ["keydown", "keyup"]) {
      target.dispatchEvent(new KeyboardEvent(kind, { key, code: key, shiftKey: three > 0.8, ctrlKey: three < 0.05, bubbles: true, cancelable: true }));
    }
    return `${key} on ${name(target)}`;
  },
  drag() {
    if (!chart()) return;
    const target = document.elementFromPoint(at(one, two).clientX, at(one, two).clientY) ?? chart();
    const rest = { pointerId: 1, isPrimary: true, button: 0, buttons: 1, shiftKey: three > 0.7, altKey: three < 0.2 };
    target.dispatchEvent(new PointerEvent("pointerdown", { ...at(one, two), ...rest }));
    for (const part of [0.3, 0.6, 1]) {
      target.dispatchEvent(new PointerEvent("pointermove", { ...at(one + (three - one) * part, two + (one - two) * part), ...rest }));
    }
    target.dispatchEvent(new PointerEvent("pointerup", { ...at(three, one), ...rest, buttons: 0 }));
    return `from ${one.toFixed(2)} to ${three.toFixed(2)} on ${name(target)}`;
  },
  wheel() {
    if (!chart()) return;
    const target = document.elementFromPoint(at(one, two).clientX, at(one, two).clientY) ?? chart();
    target.dispatchEvent(new WheelEvent("wheel", { ...at(one, two), deltaY: (three - 0.5) * 800, deltaX: (one - 0.5) * 200, ctrlKey: two > 0.5 }));
    return name(target);
  },
  hash() {
    const listed = [...document.querySelectorAll("a[data-example]")].map((a) => a.dataset.example);
    const ids = listed.length ? listed : ["gather-order", "queue-backpressure"];
    const hash = pick(["#", "#nothing", `#${pick(ids, two)}`, `#${pick(ids, two)}?at=${three * 9}`, `#${pick(ids, two)}?DELAYS=[[0.6]`,
      `#${pick(ids, two)}?PERMITS=${Math.floor(three * 12)}&x`, "#program", `#program/@${pick(ids, two)}`, "#program/a%zz", "#program/b?code=1.zz", "#%00?=&&"], one);
    location.hash = hash;
    return hash;
  },
  play() {
    const id = pick(["play", "play", "restart", "leave", "theme", "language", "axis-toggle", "table-toggle", "pin"], one);
    const button = document.getElementById(id);
    if (!button || !seen(button)) return;
    const speed = document.getElementById("speed");
    if (speed && two < 0.5) {
      speed.selectedIndex = Math.floor(three * speed.options.length);
      speed.dispatchEvent(new Event("change", { bubbles: true }));
    }
    button.click();
    return id;
  },
  scrub() {
    const head = document.getElementById("playhead");
    if (!head) return;
    for (const part of [one, two, three]) {
      head.value = part * Number(head.max);
      head.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return `to ${head.value}`;
  },
  import() {
    const main = document.querySelector("main.own");
    if (!main) return;
    const [name, text] = pick([["shop.trace", TRACE], ["cut.trace", TRACE.slice(0, Math.floor(two * TRACE.length))], ["odd.trace", "{\"format\":1}"],
      ["mine.py", "import asyncio\nasyncio.run(asyncio.sleep(1))\n"], ["bytes.bin", "\u0000\uffff"]], one);
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    main.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    return name;
  },
  edit() {
    const editor = document.querySelector(".cm-content");
    if (!editor) return;
    const lines = editor.querySelectorAll(".cm-line");
    const line = lines[Math.floor(one * lines.length)];
    editor.focus();
    getSelection().collapse(line, 0);
    const command = pick([["insertText", "await asyncio.sleep(1)\n"], ["delete"], ["forwardDelete"], ["insertText", "("], ["insertParagraph"]], two);
    // What was typed to be looked for is not to be taken away again.
    if (command[0] === "forwardDelete" && line?.textContent.includes(window.typed)) return;
    document.execCommand(command[0], false, command[1]);
    return command.join(" ");
  },
  type() {
    const editor = document.querySelector(".cm-content");
    if (!editor) return;
    const text = `# ${Math.floor(one * 1e9)}\n`;
    editor.focus();
    const selection = getSelection();
    selection.collapse(editor, 0);
    document.execCommand("insertText", false, text);
    // Nothing comes into an editor that is folded away or behind a dialogue.
    if (!editor.textContent.includes(text.trim())) return;
    window.typed = text.trim();
    return text.trim();
  },
};
const did = actions[which]();
return did === undefined ? null : String(did);
