// What moves while the sliders of the page are dragged: how far the furthest of what is in view, in pixels, and what
// that is. In a wide window that is all that stands around the drawing, in a narrow one, where it stands in one column
// with the chart, the slider that is dragged. The last argument is called with it.
const done = arguments[arguments.length - 1];
const AROUND = "header button, h1, main > *, .player > *, .panel-head > *, .legend-bar > button, .findings-head, .chart, .rows, .params label, .params input";
const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const places = (slider) => {
  const stands = innerWidth > 1100 ? [...document.querySelectorAll(AROUND)] : [slider];
  return new Map(stands.map((element) => [element, element.getBoundingClientRect()]));
};
const in_view = ({ top, bottom, height }) => height > 0 && bottom > 0 && top < innerHeight;
const name = (element) => element.id || element.className || element.tagName;
(async () => {
  let [far, what] = [0, ""];
  for (const slider of document.querySelectorAll(".params input[type=range]")) {
    slider.focus();
    await frame();
    const [before, stood] = [slider.value, places(slider)];
    for (const part of [0, 0.25, 0.5, 0.75, 1]) {
      slider.value = Number(slider.min) + part * (slider.max - slider.min);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await frame();
      await frame();
      for (const [element, now] of places(slider)) {
        const then = stood.get(element);
        if (!then || !in_view(then) || !in_view(now)) continue;
        const moved = Math.max(Math.abs(now.left - then.left), Math.abs(now.top - then.top));
        if (moved > far) [far, what] = [moved, `${name(element)} by ${name(slider)} at ${slider.value}`];
      }
    }
    slider.value = before;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await frame();
  }
  done([far, what]);
})();
