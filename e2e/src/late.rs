//! Live runs on a machine that is late: they happen as they were predicted, and say by how much they were late.

use std::fmt::{self, Display};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::page::Page;

/// How long a run may take at most, beside what it is to take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A clock that can be put forward: `jump` in milliseconds for the monotonic one, `date` for the other.
pub const CLOCK: &str = "{
    const now = performance.now.bind(performance), today = Date.now.bind(Date);
    window.jump = window.date = 0;
    performance.now = () => now() + window.jump;
    Date.now = () => today() + window.date;
}";

/// A clock that goes so many times faster: both clocks, timers, and the times that frames are told.
pub fn fast(times: u64) -> String {
    format!(
        "{{
            const now = performance.now.bind(performance), today = Date.now.bind(Date), begun = today();
            const after = setTimeout.bind(window), every = setInterval.bind(window);
            const frame = requestAnimationFrame.bind(window);
            performance.now = () => now() * {times};
            Date.now = () => begun + (today() - begun) * {times};
            window.setTimeout = (call, time = 0, ...rest) => after(call, time / {times}, ...rest);
            window.setInterval = (call, time = 0, ...rest) => every(call, time / {times}, ...rest);
            window.requestAnimationFrame = (call) => frame((time) => call(time * {times}));
        }}"
    )
}

/// What befalls a machine while a run is live.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    /// Its processor is so many times slower.
    Slow(u64),
    /// It sleeps for so many seconds, while somebody sets the date back by a day; needs [`CLOCK`].
    Asleep(u64),
    /// The browser freezes the page for a while.
    Frozen(Duration),
    /// The page is behind another tab for a while.
    Hidden(Duration),
}

impl Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Slow(times) => write!(f, "a processor {times} times slower"),
            Trouble::Asleep(seconds) => {
                write!(f, "asleep for {seconds} s, and the date set back by a day")
            }
            Trouble::Frozen(time) => write!(f, "frozen for {} ms", time.as_millis()),
            Trouble::Hidden(time) => write!(f, "behind another tab for {} ms", time.as_millis()),
        }
    }
}

impl Trouble {
    /// Plays the example that is open at a speed, has this befall it, and waits for its end, which must be as predicted;
    /// gives by how many milliseconds the run says that it was late.
    ///
    /// # Errors
    /// That it is not as predicted, or does not say how late it was.
    pub async fn befalls(self, page: &Page, speed: &str) -> Result<f64> {
        if let Trouble::Slow(times) = self {
            throttle(page, times).await?;
        }
        play(page, speed).await?;
        match self {
            Trouble::Slow(_) => {}
            Trouble::Asleep(seconds) => {
                let jump = format!("window.jump += {seconds}e3; window.date = -8.64e7; return 1");
                page.evaluate(&jump).await?;
            }
            Trouble::Frozen(time) => {
                page.devtools("Page.setWebLifecycleState", json!({ "state": "frozen" })).await?;
                tokio::time::sleep(time).await;
                page.devtools("Page.setWebLifecycleState", json!({ "state": "active" })).await?;
            }
            Trouble::Hidden(time) => {
                let [first, _] = page.another_tab().await?;
                tokio::time::sleep(time).await;
                page.use_tab(&first).await?;
            }
        }
        let late = ends_as_predicted(page).await?;
        match self {
            Trouble::Slow(_) => throttle(page, 1).await?,
            // For a part of that it was to sleep anyway.
            Trouble::Asleep(seconds) => {
                let to_take = page.makespan().await? / speed.parse::<f64>()?;
                let least = (seconds as f64 - to_take) * 1000.0;
                ensure!(late > least, "{self}, and says that it was late by {late} ms");
            }
            Trouble::Frozen(_) | Trouble::Hidden(_) => {}
        }
        Ok(late)
    }
}

async fn throttle(page: &Page, times: u64) -> Result<()> {
    page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times })).await?;
    Ok(())
}

/// Begins to play the example that is open from its beginning, at a speed.
pub async fn play(page: &Page, speed: &str) -> Result<()> {
    page.set("#speed", speed).await?;
    let again = page.count("#restart").await? > 0;
    page.click(if again { "#restart" } else { "#play" }).await
}

/// Plays the example that is open, to its end, so many times, all of it in one script: what a driver keeps for each of its
/// commands would be counted with the page's; gives by how many milliseconds the runs were late at most, as the page says.
///
/// # Errors
/// That one of them has not happened as predicted.
pub async fn play_all(page: &Page, speed: &str, times: u64) -> Result<f64> {
    let late = page.hand_with(include_str!("plays.js"), vec![json!(speed), json!(times)]).await?;
    ensure!(late >= 0.0, "one of {times} runs has not happened as predicted");
    Ok(late)
}

/// Waits for the end of the run, which must be as it was predicted; gives by how many milliseconds it was late at most,
/// as the page says.
pub async fn ends_as_predicted(page: &Page) -> Result<f64> {
    page.state("finished", PATIENCE).await?;
    let same = "return ({ true: 1, false: 0 })[document.querySelector('.player .status').dataset.asPredicted] ?? null";
    ensure!(page.later(same).await? == 1.0, "it has not happened as predicted");
    let late = page.text(".player .status").await?;
    let digits: String = late.chars().filter(char::is_ascii_digit).collect();
    digits.parse().with_context(|| format!("it does not say how late it was: {late}"))
}

/// Has a thread of its own look from now on how late the machine is, whatever the page does.
pub async fn watch_machine(page: &Page) -> Result<()> {
    let script = "const look = `let last = performance.now(), most = 0;
            setInterval(() => {
                const now = performance.now();
                most = Math.max(most, now - last - 20);
                last = now;
            }, 20);
            onmessage = () => postMessage(most);`;
        window.machine = new Worker(URL.createObjectURL(new Blob([look])));
        return 1";
    page.evaluate(script).await?;
    Ok(())
}

/// By how many milliseconds that thread was late at most; it ends.
pub async fn machine_was_late(page: &Page) -> Result<f64> {
    let script = "const done = arguments[0], { machine } = window;
        machine.onmessage = ({ data }) => { machine.terminate(); done(data); };
        machine.postMessage(0)";
    page.hand(script).await
}
