// A worker of `main.mjs` with an interpreter: requests in, `{ told, spent }` out; before that `{ ready: true }`.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { start } from "./interpreter.mjs";

const { pyodide, modules } = workerData;
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")));
const texts = {};
for (const from of modules) {
  for (const name of readdirSync(from)) {
    if (name.endsWith(".py")) texts[name] = readFileSync(join(from, name), "utf8");
  }
}
const interpreter = await start(loadPyodide, { indexURL: pyodide + "/" }, texts);
parentPort.on("message", async (request) => parentPort.postMessage(await interpreter.run(request)));
parentPort.postMessage({ ready: true });
