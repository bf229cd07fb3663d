// A worker with a Python of its own, for one run: `{ pyodide, modules, request }` in, the answer out.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

const { pyodide: folder, modules, request } = workerData;
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
// What the interpreter itself has to say goes to the errors of the process; a worker's own streams have no descriptor.
const python = await loadPyodide({ indexURL: folder + "/", stdout: console.error, stderr: console.error });
python.FS.mkdir("/engine");
for (const from of modules) {
  for (const name of readdirSync(from)) {
    if (name.endsWith(".py")) python.FS.writeFile(`/engine/${name}`, readFileSync(join(from, name)));
  }
}
python.runPython("import sys; sys.path.insert(0, '/engine')");
const answer = (text) => parentPort.postMessage({ text });
try {
  const run = python.pyimport("engine").run;
  // Threads are stacks that are suspended, where that can be done.
  await ("Suspending" in WebAssembly ? run.callPromising(request, answer) : run(request, answer));
} catch (error) {
  // The interpreter ends itself once it has answered.
  if (error.name !== "Exit") parentPort.postMessage({ failed: String(error) });
}
