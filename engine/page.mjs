// The page's worker: it has an interpreter, and runs what it is sent.
//
// In comes a request as JSON (`engine/page.py` says what is in it). Out go objects with `kind`: `progress` (`part`, from
// 0 to 1), `ready` (`text`, the version of Python), `told` (`text`, what a run tells), `over` (`spent`, whether this worker
// takes no other), `failed` (`text`).
import { start } from "./interpreter.mjs";

// Where text would become the address of a script: the interpreter's own files.
const own = new URL(".", import.meta.url).href;
self.trustedTypes?.createPolicy("default", { createScriptURL: (url) => (String(url).startsWith(own) ? url : null) });

const send = (kind, rest = {}) => postMessage({ kind, ...rest });

async function file(name) {
  const response = await fetch(new URL(name, own));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}

/** Tells how much of so many bytes, once their number has come, is here of all that is fetched from now on. */
function watch(number) {
  const plain = self.fetch.bind(self);
  let come = 0, total = Infinity;
  // That it does not come is told by who needs what comes with it.
  number.then((bytes) => { total = bytes; }, () => {});
  self.fetch = async (...request) => {
    const response = await plain(...request);
    if (!response.body) return response;
    const counter = new TransformStream({
      transform(chunk, out) {
        come += chunk.byteLength;
        send("progress", { part: Math.min(1, come / total) });
        out.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
  };
}

try {
  // All at once: the interpreter does not wait for what is put into it.
  const described = file("modules.json").then((response) => response.json());
  watch(described.then(({ total }) => total));
  const compiled = file("compiled.json").then((response) => response.text());
  const load = async (options) => (await import("./pyodide/pyodide.mjs")).loadPyodide(options);
  const modules = described.then(({ modules }) => modules);
  const interpreter = await start(load, { indexURL: `${own}pyodide/` }, modules, compiled);
  onmessage = async ({ data }) => {
    const { told, spent } = await interpreter.run(data);
    for (const text of told) send("told", { text });
    send("over", { spent });
    if (spent) close();
  };
  send("ready", { text: interpreter.version });
} catch (error) {
  send("failed", { text: String(error?.message ?? error) });
  // What still comes has nothing more to tell.
  close();
}
