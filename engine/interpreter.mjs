// An interpreter that runs many programs, each as if it were the first.
//
// Starting Python takes seconds, and a run leaves patched modules, names, files and counters behind. So the memory of
// the started interpreter is kept, and put back before the next run: some 20 MB, copied in milliseconds. What is outside
// of it is JavaScript's: the files, which are put back too, and objects that Python holds, of which no run makes any: what
// it tells is written to a file.

/** How many times its first size the memory may grow before the interpreter is given up for a new one. */
const GROWTH = 12;

/** What every program finds loaded already; before it, what was compiled is put where Python looks for it. */
const WARM = `
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, "/engine")
import binascii, json, os
def unpack(path):
    with open(path, encoding="ascii") as file:
        for path, code in json.load(file).items():
            with open(path, "wb") as to:
                to.write(binascii.a2b_base64(code))
unpack("/compiled.json")
os.unlink("/compiled.json")
del unpack
import asyncio, collections, contextlib, contextvars, dataclasses, datetime, enum, functools, heapq, http, itertools
import json, logging, math, random, re, textwrap, time, typing, urllib.parse
import page, pasted, patches, results, runs, threads
import gc
gc.collect()
gc.disable()
gc.freeze()
`;

/** What a program does not find: the browser itself. The page's policy, which the worker is under, stops what goes round. */
const SHUT = `
import sys
for name in ("js", "pyodide_js"):
    sys.modules[name] = None
`;

/** What stacks that are suspended need of JavaScript; the policy allows none that is made of text. */
const STACKS = {
  promise: () => Promise.withResolvers(),
  later: (body) => { Promise.resolve().then(() => body.callPromising()).catch(() => {}); },
};

/** Whether stacks of WebAssembly can be suspended here: then programs may start threads. */
const SWITCHES = "Suspending" in WebAssembly;

/** How the engine refuses a program for starting one on a stack that cannot be suspended. */
const NO_THREADS = '{"refused": "threads"';

/** Up to how many seconds of computing a run is done once more: so much may be another process's doing. */
const HICCUPS = 0.5;

/** How many seconds of computing were measured in what a run told. */
function computed(texts) {
  let seconds = 0;
  for (const [, of] of texts.join("").matchAll(/"seconds":([^,]+),"measured":true/g)) seconds += Number(of);
  return seconds;
}

/** Its folders that are not a program's. */
const OWN = new Set([".", "..", "lib", "proc", "dev", "engine", "etc"]);

function clear(FS, folder, keep) {
  for (const name of FS.readdir(folder)) {
    if (keep.has(name)) continue;
    const path = `${folder === "/" ? "" : folder}/${name}`;
    const { mode } = FS.lstat(path);
    if (FS.isDir(mode)) {
      clear(FS, path, new Set([".", ".."]));
      // Where Python stands, and what has a file system of its own.
      if (!["/home", "/home/pyodide", "/tmp"].includes(path)) FS.rmdir(path);
    } else {
      FS.unlink(path);
    }
  }
}

/**
 * Python with all that every program finds loaded. `modules` are texts of Python modules by name, `compiled` is the text
 * that `compile.mjs` made of them, each perhaps yet to come; `options` are those of `loadPyodide`.
 */
export async function load(loadPyodide, options, modules, compiled = "{}") {
  const coming = loadPyodide({
    ...options,
    // Sets of strings in programs iterate in the same order in every run.
    env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" },
    stdout: () => {},
    stderr: () => {},
  });
  const [python, texts, codes] = await Promise.all([coming, modules, compiled]);
  python.FS.mkdirTree("/engine/__pycache__");
  for (const [name, text] of Object.entries(texts)) {
    // Of the recorder, what looks at real programs is never used here.
    python.FS.writeFile(`/engine/${name}`, text.split("\n# Real programs\n", 1)[0]);
  }
  python.FS.writeFile("/compiled.json", codes);
  python.registerJsModule("coroscope_stacks", STACKS);
  python.runPython(WARM);
  return python;
}

/**
 * Starts one, of what `load` takes. Gives `{ version, run }`: `run(request)` takes what `engine/page.py` takes, and
 * promises `{ told, spent }`: all that the run told, and whether it was the last of this interpreter.
 */
export async function start(...given) {
  const python = await load(...given);
  const version = python.runPython("import sys; '.'.join(map(str, sys.version_info[:3]))");
  const module = python._module;
  for (const name of ["js", "pyodide_js"]) python.unregisterJsModule(name);
  python.runPython(SHUT);
  // Called past what Pyodide puts around a call: that would never let us in again after a program's end.
  const begin = (code) => module._PyRun_SimpleString(module.stringToNewUTF8(code));
  const memory = module.HEAPU8.slice();
  const stack = module.stackSave();
  const streams = new Set(Object.keys(python.FS.streams).filter((n) => python.FS.streams[n]));

  function restore() {
    for (const n of Object.keys(python.FS.streams)) {
      if (python.FS.streams[n] && !streams.has(n)) python.FS.close(python.FS.streams[n]);
    }
    clear(python.FS, "/", OWN);
    module.HEAPU8.set(memory);
    module.HEAPU8.fill(0, memory.length);
    module.stackRestore(stack);
  }

  function prepare(request) {
    python.FS.writeFile("/request.json", request);
    python.FS.writeFile("/told", "");
  }

  const told = () =>
    python.FS.readFile("/told", { encoding: "utf8" }).split("\x1e").filter((text) => text);

  function runAtOnce(request) {
    let spent = false, failed;
    prepare(request);
    try {
      begin("import page; page.run('/request.json', '/told')");
    } catch (error) {
      // A program's end is the end of the process, which is what throws this.
      spent = error?.name !== "ExitStatus" && error?.name !== "Exit";
      if (spent) failed = JSON.stringify({ refused: "internal", text: String(error?.message ?? error) });
    }
    const texts = told();
    if (failed) texts.push(failed);
    try {
      spent ||= module.HEAPU8.length > GROWTH * memory.length;
      if (!spent) restore();
    } catch {
      spent = true;
    }
    return { told: texts, spent };
  }

  /** On a stack that can be suspended. That leaves behind what is not in the memory, so it is the last run. */
  async function runWithThreads(request) {
    prepare(request);
    const page = python.pyimport("page");
    const over = Promise.withResolvers();
    // It ends with the process; on another stack than its own it never does.
    page.run.callPromising("/request.json", "/told", over.resolve).then(over.resolve, over.resolve);
    await over.promise;
    return { told: told(), spent: true };
  }

  async function run(request) {
    let first = runAtOnce(request);
    const long = computed(first.told);
    if (long > 0 && long < HICCUPS && !first.spent) {
      // What the program itself computes it computes again.
      const again = runAtOnce(request);
      if (again.spent || computed(again.told) < long) first = again;
    }
    const wantsThreads = !first.spent && first.told.some((text) => text.startsWith(NO_THREADS));
    return wantsThreads && SWITCHES ? await runWithThreads(request) : first;
  }

  return { version, run };
}
