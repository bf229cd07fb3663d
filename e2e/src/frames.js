// Changes every parameter some times, and takes the time from each change to the painted frame.
// Arguments: how often each parameter is changed; where the answer goes.
const [rounds, done] = arguments;

// The browser says nothing when it has painted. A message that is sent in the last step before it paints
// is delivered after it.
const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => resolve(performance.now());
  channel.port2.postMessage(null);
}));

// Hands reach a control at any time between two frames.
const sometime = () => new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 17));

// The values that a control is given in turn.
const values = (field) => {
  if (field.tagName === "SELECT") return [...field.options].map((option) => option.value);
  if (field.type === "checkbox") return [!field.checked, field.checked];
  const [min, max] = [Number(field.min), Number(field.max)];
  const step = Number(field.step) || 1;
  const part = (n) => min + Math.round((max - min) * n / step) * step;
  return [0.2, 0.35, 0.5, 0.65, 0.8, 0.65, 0.5, 0.35].map(part);
};

const give = (field, value) => {
  if (field.type === "checkbox") field.checked = value; else field.value = value;
  const name = field.type === "range" ? "input" : "change";
  field.dispatchEvent(new Event(name, { bubbles: true }));
};

// Whether the page shows what the slider says: the field beside it is rendered with the run.
const shows = (field) => {
  const number = field.type === "range" && field.parentElement.querySelector("input[type=number]");
  return !number || Number(number.value) === Number(field.value);
};

(async () => {
  const selector = "[data-param]:is(input[type=range], select, input[type=checkbox])";
  const names = new Set([...document.querySelectorAll(selector)].map((field) => field.dataset.param));
  const times = [];
  let late = 0;
  for (const name of names) {
    // Of a list, its first element.
    const field = () => [...document.querySelectorAll(selector)].find((field) => field.dataset.param === name);
    const before = field().type === "checkbox" ? field().checked : field().value;
    const given = values(field());
    for (let n = 0; n < rounds; n += 1) {
      await sometime();
      const control = field();
      const began = performance.now();
      give(control, given[n % given.length]);
      times.push(await painted() - began);
      if (!shows(control)) late += 1;
    }
    give(field(), before);
    await painted();
  }
  return { times, late, error: null };
})().then(done, (error) => done({ times: [], late: 0, error: String(error) }));
