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

/** Tells how much of `total` bytes has come of all that is fetched from now on. */
function watch(total) {
  const plain = self.fetch.bind(self);
  let come = 0;
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
  const [{ total, modules }, compiled, { loadPyodide }] = await Promise.all([
    file("modules.json").then((response) => response.json()),
    file("compiled.json").then((response) => response.text()),
    import("./pyodide/pyodide.mjs"),
  ]);
  watch(total);
  const interpreter = await start(loadPyodide, { indexURL: `${own}pyodide/` }, modules, compiled);
  onmessage = async ({ data }) => {
    const { told, spent } = await interpreter.run(data);
    for (const text of told) send("told", { text });
    send("over", { spent });
    if (spent) close();
  };
  send("ready", { text: interpreter.version });
} catch (error) {
  send("failed", { text: String(error?.message ?? error) });
}
