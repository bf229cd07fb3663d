// Runs Python programs in Pyodide under Node.js, by the interpreter that the page has in its worker.
//
//     node main.mjs PYODIDE COMPILED MODULES… < requests > answers
//
// PYODIDE is the folder of npm's pyodide, COMPILED that which `compile.mjs` made, MODULES the folders with the modules
// that `engine.py` needs. Requests are JSON, one a line, as `engine/page.py` takes them. For each there is a line of the
// same, a text: a trace (docs/trace.md), or `{"refused": …, "text": …}`.
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";

/** Seconds of real time after which a run is given up. */
const LIMIT = 60;
/** Seconds after which Python itself is given up; on a machine with much else to do it takes minutes. */
const START = 300;

const [pyodide, compiled, ...folders] = process.argv.slice(2);
let worker;
let hear = () => {};

function begin() {
  const workerData = { pyodide, compiled, folders };
  worker = new Worker(new URL("./worker.mjs", import.meta.url), { workerData, stdout: true });
  worker.on("message", (message) => hear(message));
  worker.on("error", (error) => hear({ failed: String(error?.stack ?? error) }));
  worker.on("exit", () => hear({ failed: "the interpreter ended" }));
}

function end() {
  hear = () => {};
  worker.removeAllListeners();
  worker.terminate();
  worker = undefined;
}

/** The next message of the worker; that it is late, if it says nothing for so many seconds. */
function heard(seconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ late: true }), seconds * 1000);
    hear = (message) => {
      clearTimeout(timer);
      resolve(message);
    };
  });
}

async function answer(request) {
  if (!worker) {
    begin();
    const started = await heard(START);
    if (!started.ready) throw new Error(started.failed ?? "Python does not start");
  }
  worker.postMessage(request);
  const { told, spent, late, failed } = await heard(LIMIT);
  if (failed || late || spent) end();
  if (failed) return JSON.stringify({ refused: "internal", text: failed });
  if (late) return JSON.stringify({ refused: "limit", text: `the program did not end within ${LIMIT} seconds` });
  // What is told before, of its text and of its errors, is for an editor.
  return told.at(-1) ?? JSON.stringify({ refused: "internal", text: "it told nothing" });
}

let code = 0;
try {
  for await (const request of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (request) process.stdout.write(JSON.stringify(await answer(request)) + "\n");
  }
} catch (error) {
  process.stderr.write(`${error?.stack ?? error}\n`);
  code = 1;
}
process.stdout.write("", () => process.exit(code));
