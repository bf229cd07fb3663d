// Compiles, by the very Python that will run it, what is loaded before a reader's program begins: Pyodide's library comes
// as text, and compiling that anew at each start would take longer than all else.
//
//     node compile.mjs PYODIDE TO MODULES…
//
// PYODIDE is the folder of npm's pyodide, MODULES the folders with the modules that `engine.py` needs. In the folder TO comes
// `python_stdlib.zip`, Pyodide's with the compiled modules beside their texts, and `compiled.json`, our own by their paths.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { load } from "./interpreter.mjs";
import { modules } from "./modules.mjs";

/** Same input, same bytes: no time of day, and the order of what was loaded counts for nothing. */
const COMPILE = `
import base64, importlib.util, io, json, py_compile, sys, zipfile

def compiled(source, named, mode):
    py_compile.compile(source, "/compiled", named, doraise=True, invalidation_mode=mode)
    with open("/compiled", "rb") as file:
        return file.read()

def loaded(below):
    origins = {getattr(getattr(module, "__spec__", None), "origin", None) or "" for module in sys.modules.values()}
    return sorted(each for each in origins if each.startswith(below + "/") and each.endswith(".py"))

def library(path):
    with open(path, "rb") as file:
        whole = io.BytesIO(file.read())
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for origin in loaded(path):
            inside = origin[len(path) + 1 :]
            with open("/source", "wb") as file:
                file.write(archive.read(inside))
            # They stand in one file with their texts, and are not compared with them again.
            code = compiled("/source", origin, py_compile.PycInvalidationMode.UNCHECKED_HASH)
            archive.writestr(zipfile.ZipInfo(inside + "c", (1980, 1, 1, 0, 0, 0)), code, zipfile.ZIP_DEFLATED)
    with open("/library.zip", "wb") as file:
        file.write(whole.getvalue())

def own(folder):
    codes = {}
    for origin in loaded(folder):
        # Compiled again where the text has become another.
        code = compiled(origin, origin, py_compile.PycInvalidationMode.CHECKED_HASH)
        codes[importlib.util.cache_from_source(origin)] = base64.b64encode(code).decode()
    return json.dumps(codes)

# What most programs reach only when they have begun.
import web

library(f"/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip")
own("/engine")
`;

const [pyodide, to, ...folders] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")));
const python = await load(loadPyodide, { indexURL: pyodide + "/" }, modules(folders));
writeFileSync(join(to, "compiled.json"), python.runPython(COMPILE));
writeFileSync(join(to, "python_stdlib.zip"), python.FS.readFile("/library.zip"));
