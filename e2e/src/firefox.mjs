// The page in Firefox, which `cargo xtask trust firefox` serves for it: every example and its parameters, a program of the
// reader's, then random use by the same actions and invariants as in Chromium. Arguments: Puppeteer's module, Firefox, the
// page's address, a seed, how many actions. Prints figures; ends with an error where something does not hold.
import { readFileSync } from "node:fs";

const [module, executablePath, url, seed, actions] = process.argv.slice(2);
const puppeteer = (await import(module)).default;
const text = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const [MONKEY, INVARIANTS] = [text("monkey.js"), text("invariants.js")];
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, args: ["--width=1400", "--height=1000"] });
const page = await browser.newPage();
await page.setViewport({ width: 1400, height: 1000 });
const errors = [];
page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
// Firefox says this of a worker that is ended while it loads. What the page itself lets fall for no reason is told by the
// page, below.
const OF_THE_BROWSER = /^Error: uncaught exception: undefined$/;
// And this where a page that is loaded anew was still waiting for a file.
const CUT_SHORT = /Failed to load .* A ServiceWorker intercepted the request/;
page.on("pageerror", (error) => {
  const text = String(error);
  if (!OF_THE_BROWSER.test(text)) errors.push(`${text} ${error?.stack ?? ""}`.trim());
});
await page.evaluateOnNewDocument(() => {
  addEventListener("unhandledrejection", ({ reason }) => { if (reason === undefined) console.error("rejected, and no reason given"); });
  // Without a reason it is told as the browser tells of those workers.
  addEventListener("error", ({ message }) => { if (/^uncaught exception/.test(message)) console.error(`thrown: ${message}`); });
});

// When the page has come to rest, whatever came just before, also beside other work: in milliseconds.
const SETTLED = 5_000;

const until = async (what, test, patience = 60_000) => {
  const end = Date.now() + patience;
  // An element is nothing that could be handed over.
  const is = typeof test === "string" ? test : `Boolean((${test})())`;
  while (!(await page.evaluate(is))) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
};
const frames = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
// Bodies of functions, as WebDriver takes them. The policy lets no text be code in the page: they come as functions.
const body = (source) => new Function(source);
const [act, look] = [body(MONKEY), body(INVARIANTS)];
const holds = async (where) => {
  let wrong = await page.evaluate(look);
  // A run may come just then, and its table a moment after its chart: what stays is wrong.
  for (const end = Date.now() + SETTLED; wrong.length && Date.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    wrong = await page.evaluate(look);
  }
  wrong = [...wrong, ...errors.splice(0)];
  if (wrong.length) throw new Error(`${where}: ${wrong.join("\n")}`);
};
const settled = () => until("the table", () => document.querySelector(".table[aria-busy=false] #spans tbody tr"));

try {
  await page.goto(url, { waitUntil: "domcontentloaded" });
  await until("the page", () => document.querySelector("#app:not([data-early]) main[data-state]"));
  await settled();
  await page.click("#open-catalogue");
  await until("the catalogue", () => document.querySelector("a[data-example]"));
  const examples = await page.evaluate(() => [...document.querySelectorAll("a[data-example]")].map((a) => a.dataset.example));
  await page.keyboard.press("Escape");
  let changes = 0;
  for (const id of examples) {
    await page.evaluate((hash) => { location.hash = hash; }, `#${id}`);
    await page.waitForSelector(`main[data-example="${id}"]`);
    await until(id, () => document.querySelector("#code li"));
    await settled();
    await holds(id);
    const sliders = await page.$$eval(".params input[type=range]", (all) => all.length);
    for (let n = 0; n < sliders; n += 1) {
      for (const end of ["max", "min"]) {
        await page.evaluate((n, end) => {
          const slider = document.querySelectorAll(".params input[type=range]")[n];
          if (!slider) return;
          slider.value = slider[end];
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        }, n, end);
        await frames();
        changes += 1;
      }
    }
    await until("the table to follow", () => document.querySelector(".table[aria-busy=false]"));
    await holds(`${id}, turned`);
  }
  console.log(`${examples.length} examples opened and ${changes} parameters turned in ${await browser.version()}`);

  if (await page.$("meta[name=coroscope-engine]")) {
    const run = async (name, program, seconds, printed) => {
      await page.evaluate((hash) => { location.hash = hash; }, `#program/${name}`);
      await until("the editor", () => document.querySelector("main.own .cm-content"));
      await page.evaluate((program) => {
        document.querySelector(".cm-content").focus();
        document.execCommand("selectAll");
        document.execCommand("insertText", false, program);
      }, program);
      await until(`${name} to run`, `(${(seconds) => Math.abs(Number(document.querySelector("main").dataset.makespan) - seconds) < 1e-9})(${seconds})`, 120_000);
      const console_ = await page.$eval("#console", (console_) => console_.textContent);
      if (!console_.includes(printed)) throw new Error(`${name} printed ${console_}`);
      await holds(name);
    };
    await run("naps", "import asyncio\n\nNAP = 1.5  # 0..5 step 0.5\n\nasync def nap(n):\n    await asyncio.sleep(NAP * n)\n    print('nap', n)\n\nasync def main():\n    await asyncio.gather(nap(1), nap(2))\n\nasyncio.run(main())\n", 3, "nap 2");
    if (await page.evaluate(() => typeof WebAssembly.Suspending === "function")) {
      await run("threads", "import asyncio, time\n\nasync def main():\n    await asyncio.to_thread(time.sleep, 2)\n    print('slept')\n\nasyncio.run(main())\n", 2, "slept");
      console.log("a program and one with threads ran");
    } else {
      console.log("a program ran; threads need WebAssembly.Suspending, which this Firefox lacks");
    }
  }

  // The same numbers for the same seed.
  let state = Number(seed) >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const kinds = Object.entries({ press: 30, set: 18, key: 14, drag: 8, wheel: 5, hash: 8, type: 6, edit: 5, play: 8, scrub: 4, import: 3,
    back: 3, forth: 2, size: 2, reload: 1, wait: 3 });
  const all = kinds.reduce((sum, [, often]) => sum + often, 0);
  const trail = [];
  for (let n = 0; n < Number(actions); n += 1) {
    let place = random() * all;
    const [kind] = kinds.find(([, often]) => (place -= often) < 0) ?? kinds[0];
    const parts = [random(), random(), random()];
    let did = "";
    if (kind === "back") await page.evaluate(() => { if (window.navigation ? navigation.canGoBack : history.length > 2) history.back(); });
    else if (kind === "forth") await page.evaluate(() => history.forward());
    else if (kind === "size") {
      const [width, height] = [[1400, 1000], [1024, 768], [390, 844], [1920, 1080]][Math.floor(parts[0] * 4)];
      await page.setViewport({ width, height });
    } else if (kind === "reload") {
      await page.reload({ waitUntil: "domcontentloaded" });
      await until("the page again", () => document.querySelector("#app:not([data-early]) main[data-state]"));
      errors.push(...errors.splice(0).filter((error) => !CUT_SHORT.test(error)));
    } else if (kind === "wait") await new Promise((resolve) => setTimeout(resolve, parts[0] * 400));
    else did = await page.evaluate(act, kind, ...parts);
    trail.push(`${n} ${kind} ${did}`);
    await frames();
    await holds(`seed ${seed} after\n${trail.slice(-12).join("\n")}`);
  }
  console.log(`seed ${seed}: ${actions} random actions kept every invariant`);
} catch (error) {
  console.log([String(error?.message ?? error), ...errors].join("\n"));
  await page.screenshot({ path: "target/e2e/firefox.png" }).catch(() => {});
  process.exitCode = 1;
} finally {
  await browser.close();
}
