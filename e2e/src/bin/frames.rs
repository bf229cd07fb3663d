//! Prints, for every example, how long it takes from a change of a parameter to the frame that shows it.
//! `cargo xtask frames` builds and serves the page for it.

use std::process::ExitCode;

use anyhow::Result;
use e2e::{Frames, visit};

/// The time between two frames, in milliseconds.
const FRAME: f64 = 1000.0 / 60.0;

/// How often each parameter is changed.
const ROUNDS: usize = 12;

fn main() -> Result<ExitCode> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let mut over = Vec::new();
    visit("frames", async |page| {
        println!("milliseconds from a change of a parameter to the painted frame");
        println!("{:>8} {:>8} {:>8} {:>8}", "changes", "median", "95 %", "most");
        let mut examples = page.examples().await?;
        examples.retain(|id| wanted.is_empty() || wanted.contains(id));
        let mut all = Vec::new();
        for example in examples {
            page.choose(&example).await?;
            let frames = Frames::of(page, ROUNDS).await?;
            print(&example, &frames);
            all.push((example, frames));
        }
        let total = Frames::all(all.iter().map(|(_, frames)| frames));
        print("all examples", &total);
        let empty = Frames::of_nothing(page, 200).await?;
        print("an empty page", &empty);
        let goal = FRAME + empty.part(0.5);
        println!("the goal: 95 % within {FRAME:.1} ms and what the empty page needs, {goal:.1} ms");
        over = all
            .iter()
            .filter(|(_, frames)| frames.part(0.95) > goal)
            .map(|(example, _)| example.clone())
            .collect();
        Ok(())
    })?;
    if over.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("over it: {}", over.join(", "));
    Ok(ExitCode::FAILURE)
}

fn print(what: &str, frames: &Frames) {
    let [median, most_of, most] = [0.5, 0.95, 1.0].map(|part| frames.part(part));
    println!("{:>8} {median:>8.1} {most_of:>8.1} {most:>8.1}  {what}", frames.count());
}
