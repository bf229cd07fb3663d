//! Prints how the window is shared out on every example, at several sizes of it. `cargo xtask room` builds and serves
//! the page for it.

use std::process::ExitCode;

use anyhow::Result;
use e2e::{Room, median, visit};

/// Sizes of the window in pixels, and the least part of it that is to be the chart's, in percent.
const SIZES: [(u32, u32, f64); 8] = [
    (1440, 900, 40.0),
    (1366, 768, 40.0),
    (1920, 1080, 50.0),
    (2560, 1440, 50.0),
    (1024, 768, 0.0),
    (768, 1024, 0.0),
    (390, 844, 0.0),
    (360, 740, 0.0),
];

/// From this width on everything is to be in view.
const WIDE: u32 = 1101;

fn main() -> Result<ExitCode> {
    let mut missed = 0;
    visit("room", async |page| {
        println!("of 83 examples: the chart's part of the window in percent, and on how many …");
        println!(
            "{:>10} {:>6} {:>6} {:>9} {:>9} {:>9} {:>7}",
            "window", "median", "least", "in view", "sideways", "cut text", "bars"
        );
        let examples = page.examples().await?;
        for (width, height, least) in SIZES {
            page.resize(width, height).await?;
            let mut shares = Vec::new();
            let (mut in_view, mut sideways, mut off) = (0, 0, 0.0_f64);
            let mut cut = Vec::new();
            let mut low = Vec::new();
            let mut out_of_view = Vec::new();
            for example in &examples {
                page.choose(example).await?;
                let room = Room::of(page).await?;
                if room.share < least {
                    low.push(format!("{example} {:.0}", room.share));
                }
                shares.push(room.share);
                if room.hidden == 0 {
                    in_view += 1;
                } else {
                    out_of_view.push(example.clone());
                }
                sideways += usize::from(room.sideways);
                if !room.cut.is_empty() {
                    cut.push(format!("{example}: {}", room.cut.join(" | ")));
                }
                off = off.max(room.off);
            }
            let smallest = shares.iter().copied().fold(f64::INFINITY, f64::min);
            println!(
                "{:>10} {:>6.1} {smallest:>6.1} {in_view:>9} {sideways:>9} {:>9} {off:>7.1}",
                format!("{width}x{height}"),
                median(&mut shares),
                cut.len(),
            );
            let wide = width >= WIDE;
            if !low.is_empty() {
                println!("           less than {least}: {}", low.join(", "));
            }
            if wide && !out_of_view.is_empty() {
                println!("           not all in view: {}", out_of_view.join(", "));
            }
            for text in cut.iter().take(5) {
                println!("           cut: {text}");
            }
            missed += low.len() + sideways + cut.len() + usize::from(off > 1.0);
            missed += if wide { out_of_view.len() } else { 0 };
        }
        Ok(())
    })?;
    println!(
        "in view: of how many parameters, program and output are; bars: off by at most, in points"
    );
    Ok(if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
