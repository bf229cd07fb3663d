// What must hold of the page whatever was done; tells what does not.
const wrong = [];
const main = document.querySelectorAll("main");
const text = (selector) => document.querySelector(selector)?.textContent ?? "";
if (document.getElementById("fault")) wrong.push(`a fault: ${text("#fault pre")}`);
if (main.length !== 1) wrong.push(`${main.length} pages`);
const shown = document.querySelector("#app")?.textContent ?? "";
// A program may be called so.
const names = Object.keys(localStorage).filter((key) => key.startsWith("coroscope.program."));
for (const odd of ["NaN", "undefined", "%{", "[object", "-0.00"]) {
  if (!/NaN/.test(location.hash) && shown.includes(odd) && !text(".program").includes(odd) && !names.some((name) => name.includes(odd))) {
    const at = shown.indexOf(odd);
    wrong.push(`it says ${odd}: ${shown.slice(Math.max(0, at - 80), at + 80)}`);
  }
}
const makespan = Number(main[0]?.dataset.makespan);
if (!(makespan >= 0)) wrong.push(`it takes ${main[0]?.dataset.makespan}`);
const table = document.querySelector(".table[aria-busy=false] #spans");
const labels = [...document.querySelectorAll(".label[data-task]")].map((label) => label.dataset.task);
// While it is asked what comes next nothing is told of the rest of the run; a run that is broken off shows what it had.
const figures = document.querySelector(".figures:not(.of-range)");
const still = ["ready", "idle"].includes(main[0]?.dataset.state) && !document.querySelector("main.stale, #axis-toggle[aria-pressed=true], #more-rows");
if (table && figures && still) {
  const rows = [...table.querySelectorAll("tbody tr")];
  const names = new Set(rows.map((row) => row.firstElementChild?.textContent));
  for (const label of labels) if (!names.has(label)) wrong.push(`${label} has a lane and no row on ${main[0].dataset.example}, rows: ${[...names].join(", ").slice(0, 200)}`);
  const near = (one, other) => Math.abs(one - other) <= 0.006 + 0.006 * Math.abs(other);
  const figure = parseFloat(figures.querySelector("dd")?.textContent);
  if (!near(figure, makespan)) wrong.push(`the figure says ${figure} s, the page ${makespan} s`);
  const end = parseFloat(text(".player output").split("/")[1]);
  if (!(near(end, makespan) || end >= makespan)) wrong.push(`the player ends at ${end} s, the page at ${makespan} s`);
  const last = Math.max(0, ...rows.flatMap((row) => [3, 4].map((cell) => parseFloat(row.children[cell]?.textContent)).filter((t) => t >= 0)));
  if (!(last <= end * 1.006 + 0.006)) wrong.push(`the table goes on to ${last} s, the player to ${end} s`);
}
if (window.typed && document.querySelector(".cm-content")) {
  const kept = Object.keys(localStorage).filter((key) => key.startsWith("coroscope.program.")).map((key) => localStorage[key]);
  if (!kept.some((program) => program.includes(window.typed))) wrong.push(`what was typed is lost: ${window.typed}`);
}
return wrong;
