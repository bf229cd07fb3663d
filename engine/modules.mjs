// The Python modules of folders, under Node.js.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Their texts by the names of their files. */
export function modules(folders) {
  const texts = {};
  for (const folder of folders) {
    for (const name of readdirSync(folder).sort()) {
      if (name.endsWith(".py")) texts[name] = readFileSync(join(folder, name), "utf8");
    }
  }
  return texts;
}
