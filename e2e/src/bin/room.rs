//! Prints how the window is shared out on every example, at several sizes of it. `cargo xtask room` builds and serves
//! the page for it.

use std::process::ExitCode;

use anyhow::Result;
use e2e::{Page, Room, median, visit};

/// Sizes of the window in pixels, and the least part of it that is to be the chart's, in percent.
const SIZES: [(u32, u32, f64); 10] = [
    (1440, 900, 40.0),
    (1366, 768, 40.0),
    (1920, 1080, 50.0),
    (2560, 1440, 50.0),
    (1024, 768, 0.0),
    (900, 700, 0.0),
    (768, 1024, 0.0),
    (600, 900, 0.0),
    (390, 844, 0.0),
    (360, 740, 0.0),
];

/// How much may move, as the browser counts it.
const MOVES: f64 = 0.02;

/// From this width on everything is to be in view.
const WIDE: u32 = 1101;

fn main() -> Result<ExitCode> {
    let mut missed = 0;
    visit("room", async |page| {
        let examples = page.examples().await?;
        println!(
            "of {} examples: the chart's part of the window in percent, and on how many …",
            examples.len()
        );
        println!(
            "{:>10} {:>6} {:>6} {:>9} {:>9} {:>9} {:>7}",
            "window", "median", "least", "in view", "sideways", "cut text", "bars"
        );
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
        missed += still(page, &examples).await?;
        Ok(())
    })?;
    println!(
        "in view: of how many parameters, program and output are; bars: off by at most, in points"
    );
    Ok(if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints how much moves when an example is opened by its address and when its sliders are dragged; says on how many it is
/// too much.
async fn still(page: &Page, examples: &[String]) -> Result<usize> {
    let mut missed = 0;
    for (width, height) in [(1440, 900), (390, 844)] {
        page.resize(width, height).await?;
        let (mut opening, mut dragging) = (Vec::new(), Vec::new());
        for example in examples {
            page.go(&format!("{}#{example}", page.url())).await?;
            page.reload().await?;
            let moved = [page.moved().await?, page.moved_by_sliders().await?];
            opening.push(moved[0]);
            dragging.push(moved[1]);
            if moved.iter().any(|moved| *moved > MOVES) {
                println!("           moves: {example} {:.3}, by sliders {:.3}", moved[0], moved[1]);
                missed += 1;
            }
        }
        let most = |moved: &[f64]| moved.iter().copied().fold(0.0, f64::max);
        println!(
            "{:>10} layout shifts when opened: at most {:.3}; when sliders are dragged: at most {:.3}",
            format!("{width}x{height}"),
            most(&opening),
            most(&dragging)
        );
    }
    Ok(missed)
}
