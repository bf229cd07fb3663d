// A worker of `main.mjs` with an interpreter: requests in, `{ told, spent }` out; before that `{ ready: true }`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { start } from "./interpreter.mjs";
import { modules } from "./modules.mjs";

const { pyodide, compiled, folders } = workerData;
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")));
const options = { indexURL: pyodide + "/", stdLibURL: join(compiled, "python_stdlib.zip") };
const codes = readFileSync(join(compiled, "compiled.json"), "utf8");
const interpreter = await start(loadPyodide, options, modules(folders), codes);
parentPort.on("message", async (request) => parentPort.postMessage(await interpreter.run(request)));
parentPort.postMessage({ ready: true });
