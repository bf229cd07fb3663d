// How the window is shared out on the example that is open.
const seen = (element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const width = Math.min(right, innerWidth) - Math.max(left, 0);
  const height = Math.min(bottom, innerHeight) - Math.max(top, 0);
  return Math.max(width, 0) * Math.max(height, 0);
};
const whole = (element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5;
};
const name = (element) => `${element.className || element.id || element.tagName}: ${element.textContent.trim().slice(0, 40)}`;

const chart = document.querySelector(".chart");
const panels = [".params", ".program", ".output"].map((panel) => document.querySelector(panel));
// Parameters that must be scrolled to are not in view.
const params = document.querySelector(".params .panel-body");

// Text that is cut: it runs out of its own box, or out of the nearest one that hides what runs out.
const cut = [];
for (const element of document.querySelectorAll("header *, main *")) {
  if (element.closest(".visually-hidden, #code, .cm-editor, #console, .chart .ticks, canvas, svg, details:not([open]) > :not(summary)")) continue;
  if (!element.childNodes.length || ![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
  const style = getComputedStyle(element);
  if (style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) cut.push(name(element));
  else if (element.getBoundingClientRect().right > innerWidth + 1) cut.push(name(element));
}

// Bars of the times waited: how far each is from its part of the whole, in points.
const bars = [...document.querySelectorAll(".shares i")];
const all = bars.reduce((sum, bar) => sum + bar.getBoundingClientRect().width, 0);
const times = [...document.querySelectorAll(".waited li b")].map((time) => parseFloat(time.textContent));
const total = times.reduce((sum, time) => sum + time, 0);
const off = bars.map((bar, n) => Math.abs(bar.getBoundingClientRect().width / all - times[n] / total) * 100);

// Where in a wide window things stand that are the same on every example.
const SAME = "header button, .neighbours > :last-child, .hero, .player > *, .axis";
const stands = [...document.querySelectorAll(SAME)].map((element) => {
  const { left, top } = element.getBoundingClientRect();
  return [element.id || element.className || element.tagName, left, top];
});

return {
  stands: innerWidth > 1100 ? stands : [],
  share: 100 * seen(chart) / innerWidth / innerHeight,
  hidden: panels.filter((panel) => !whole(panel)).length + (params.scrollHeight > params.clientHeight + 1 ? 1 : 0),
  sideways: document.documentElement.scrollWidth > innerWidth || document.querySelector("main").scrollWidth > document.querySelector("main").clientWidth,
  cut,
  off: Math.max(0, ...off),
};
