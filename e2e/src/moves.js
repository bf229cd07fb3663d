// How much of the page moves while sliders are dragged, as the browser counts it. The last argument is called with it.
const done = arguments[arguments.length - 1];
let moved = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { moved += entry.value; })).observe({ type: "layout-shift" });
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
(async () => {
  for (const slider of [...document.querySelectorAll(".params input[type=range]")].slice(0, 4)) {
    const before = slider.value;
    for (const part of [0.25, 0.5, 0.75]) {
      slider.value = Number(slider.min) + part * (slider.max - slider.min);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await frame();
    }
    slider.value = before;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await frame();
  }
  setTimeout(() => done(moved), 200);
})();
