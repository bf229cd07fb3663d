// Plays what is open so many times; hands on how late a run was at most, in milliseconds, or -1.
const [speed, times, done] = arguments;
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const status = () => document.querySelector('.player .status');
(async () => {
    let latest = 0;
    const field = document.querySelector('#speed');
    field.value = speed;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    for (let n = 0; n < times; n += 1) {
        (document.querySelector('#restart') ?? document.querySelector('#play')).click();
        do await frame(); while (document.querySelector('main').dataset.state !== 'finished');
        while (status().dataset.asPredicted === undefined) await frame();
        if (status().dataset.asPredicted !== 'true') return -1;
        latest = Math.max(latest, Number(status().textContent.replace(/[^0-9]/g, '')));
    }
    return latest;
})().then(done, () => done(-1));
