// A worker with a Python of its own, for one run: `{ pyodide, modules, request }` in, the answer out.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

const { pyodide: folder, modules, request } = workerData;
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: folder + "/" });
python.FS.mkdir("/engine");
for (const from of modules) {
  for (const name of readdirSync(from)) {
    if (name.endsWith(".py")) python.FS.writeFile(`/engine/${name}`, readFileSync(join(from, name)));
  }
}
python.runPython("import sys; sys.path.insert(0, '/engine')");
const answer = (text) => parentPort.postMessage({ text });
try {
  python.pyimport("engine").run(request, answer);
} catch (error) {
  // The interpreter ends itself once it has answered.
  if (error.name !== "Exit") parentPort.postMessage({ failed: String(error) });
}
