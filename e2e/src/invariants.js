// What must hold of the page whatever was done; tells what does not.
const wrong = [];
const main = document.querySelectorAll("main");
const text = (selector) => document.querySelector(selector)?.textContent ?? "";
if (document.getElementById("fault")) wrong.push(`a fault: ${text("#fault pre")}`);
if (main.length !== 1) wrong.push(`${main.length} pages`);
const shown = document.querySelector("#app")?.textContent ?? "";
for (const odd of ["NaN", "undefined", "%{", "[object", "-0.00"]) {
  if (!/NaN/.test(location.hash) && shown.includes(odd) && !text(".program").includes(odd)) wrong.push(`it says ${odd}`);
}
const makespan = Number(main[0]?.dataset.makespan);
if (!(makespan >= 0)) wrong.push(`it takes ${main[0]?.dataset.makespan}`);
const table = document.querySelector(".table[aria-busy=false] #spans");
const labels = [...document.querySelectorAll(".label[data-task]")].map((label) => label.dataset.task);
if (table && main[0]?.dataset.state === "ready") {
  const rows = new Set([...table.querySelectorAll("tbody tr")].map((row) => row.firstElementChild?.textContent));
  for (const label of labels) if (!rows.has(label)) wrong.push(`${label} has a lane and no row`);
}
if (window.typed && document.querySelector(".cm-content")) {
  const kept = Object.keys(localStorage).filter((key) => key.startsWith("coroscope.program.")).map((key) => localStorage[key]);
  if (!kept.some((program) => program.includes(window.typed))) wrong.push(`what was typed is lost: ${window.typed}`);
}
return wrong;
