//! Prints, for every example, how long it takes from a change of a parameter to the frame that shows it.
//! `cargo xtask frames` builds and serves the page for it.

use std::process::ExitCode;

use anyhow::Result;
use e2e::{Frames, Page, visit};

/// The time between two frames, in milliseconds.
const FRAME: f64 = 1000.0 / 60.0;

/// How often each parameter is changed.
const ROUNDS: usize = 12;

/// How often an example that misses the goal is measured again: other work on the machine makes single
/// frames late, and not the same ones twice.
const AGAIN: usize = 2;

/// How often the empty page's control is changed.
const EMPTY: usize = 200;

fn main() -> Result<ExitCode> {
    let (options, wanted): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let sample = options.iter().find_map(|option| option.strip_prefix("--sample="));
    let sample: Option<usize> = sample.map(str::parse).transpose()?;
    let mut over = Vec::new();
    visit("frames", async |page| {
        println!("milliseconds from a change of a parameter to the painted frame");
        println!("{:>8} {:>6} {:>8} {:>8} {:>8}", "changes", "late", "median", "95 %", "most");
        let mut examples = page.examples().await?;
        examples.retain(|id| wanted.is_empty() || wanted.contains(id));
        if let Some(count) = sample {
            examples = spread(examples, count);
        }
        let before = empty(page).await?;
        let mut all = Vec::new();
        for example in examples {
            let frames = of(page, &example).await?;
            print(&example, &frames);
            all.push((example, frames));
        }
        let after = empty(page).await?;
        let empty = Frames::all([&before, &after].into_iter());
        print("all examples", &Frames::all(all.iter().map(|(_, frames)| frames)));
        print("an empty page", &empty);
        let goal = FRAME + empty.part(0.95);
        println!(
            "the goal: each change in the next frame, 95 % within {FRAME:.1} ms and what the empty page \
             needs in 95 %, {goal:.1} ms"
        );
        let misses = |frames: &Frames| frames.late() > 0 || frames.part(0.95) > goal;
        all.retain(|(_, frames)| misses(frames));
        for _ in 0..AGAIN {
            if all.is_empty() {
                break;
            }
            println!("again, those over it:");
            for (example, frames) in &mut all {
                *frames = of(page, example).await?;
                print(example, frames);
            }
            all.retain(|(_, frames)| misses(frames));
        }
        over = all.into_iter().map(|(example, _)| example).collect();
        Ok(())
    })?;
    if over.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("over it each time: {}", over.join(", "));
    Ok(ExitCode::FAILURE)
}

/// So many of them, evenly spread.
fn spread(examples: Vec<String>, count: usize) -> Vec<String> {
    let all = examples.len().max(1);
    let chosen = |place: usize| place * count / all != (place + 1) * count / all;
    let places = examples.into_iter().enumerate();
    places.filter(|(place, _)| count >= all || chosen(*place)).map(|(_, example)| example).collect()
}

/// Opens an example and changes its parameters.
async fn of(page: &Page, example: &str) -> Result<Frames> {
    page.choose(example).await?;
    Frames::of(page, ROUNDS).await
}

/// What the empty page needs; the page is there again after it.
async fn empty(page: &Page) -> Result<Frames> {
    let frames = Frames::of_nothing(page, EMPTY).await?;
    page.reload().await?;
    Ok(frames)
}

fn print(what: &str, frames: &Frames) {
    let [median, most_of, most] = [0.5, 0.95, 1.0].map(|part| frames.part(part));
    let (count, late) = (frames.count(), frames.late());
    println!("{count:>8} {late:>6} {median:>8.1} {most_of:>8.1} {most:>8.1}  {what}");
}
