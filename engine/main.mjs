// Runs one Python program in Pyodide under Node.js, as the page does in a worker.
//
//     node main.mjs PYODIDE MODULES… < request > answer
//
// PYODIDE is the folder of npm's pyodide, MODULES the folders with the modules that `engine.py` needs. The answer is
// a trace (docs/trace.md), or `{"refused": …, "text": …}`.
import { text } from "node:stream/consumers";
import { Worker } from "node:worker_threads";

/** Seconds of real time after which a run is given up: the start of Python counts too. */
const LIMIT = 90;

const [pyodide, ...modules] = process.argv.slice(2);
const request = await text(process.stdin);
const worker = new Worker(new URL("./worker.mjs", import.meta.url), {
  workerData: { pyodide, modules, request },
  stdout: true,
});

function end(answer, code) {
  process.stdout.write(answer, () => process.exit(code));
}

const refused = (text) => JSON.stringify({ refused: "limit", text }) + "\n";
setTimeout(() => end(refused(`the program did not end within ${LIMIT} seconds`), 0), LIMIT * 1000);
worker.on("message", ({ text, failed }) => {
  if (failed === undefined) return end(text, 0);
  process.stderr.write(failed + "\n");
  end("", 1);
});
worker.on("error", (error) => {
  process.stderr.write(`${error.stack ?? error}\n`);
  end("", 1);
});
