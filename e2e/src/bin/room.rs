//! Prints how the window is shared out on every example, at several sizes of it and in both languages, and what moves.
//! `cargo xtask room` builds and serves the page for it. Arguments: languages with commas between, sizes such as
//! 1440x900 with commas between or none for all, and examples, or none for all.

use std::env;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use e2e::{Page, Room, median, visit};

/// Sizes of the window in pixels, and the least part of it that is to be the chart's, in percent. The last two are
/// windows of 1440 by 900 and 1366 by 768 whose page is enlarged twice.
const SIZES: [(Size, f64); 14] = [
    ((1440, 900), 40.0),
    ((1366, 768), 40.0),
    ((1920, 1080), 50.0),
    ((2560, 1440), 50.0),
    ((1280, 720), 30.0),
    ((1024, 768), 28.0),
    ((900, 700), 15.0),
    ((768, 1024), 15.0),
    ((600, 900), 0.0),
    ((390, 844), 0.0),
    ((360, 740), 0.0),
    ((320, 640), 0.0),
    ((720, 450), 0.0),
    ((683, 384), 0.0),
];

/// Width and height of a window.
type Size = (u32, u32);

/// How much may move when a page is opened, as the browser counts it.
const SHIFTS: f64 = 0.02;

/// How far things may move that are to stay where they are, in pixels: in a wide window, and in a narrow one, where
/// the browser keeps the slider in its place as well as it can.
const MOVES: [f64; 2] = [1.0, 8.0];

/// How far things may stand from where they stand on another example, in pixels: what is said above may take a line or
/// two more.
const APART: f64 = 40.0;

/// From this width and height on everything is to be in view.
const WIDE: Size = (1101, 768);

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (languages, sizes) = match &arguments[..] {
        [languages, sizes, ..] => (languages.split(',').collect(), asked(sizes)?),
        _ => (vec!["en", "zh"], SIZES.to_vec()),
    };
    let mut missed = 0;
    visit("room", async |page| {
        let mut examples = page.examples().await?;
        let named = arguments.get(2..).unwrap_or_default();
        examples.retain(|example| named.is_empty() || named.contains(example));
        println!(
            "of {} examples: the chart's part of the window in percent, and on how many …",
            examples.len()
        );
        println!(
            "{:>13} {:>6} {:>6} {:>9} {:>9} {:>9} {:>7} {:>7}",
            "window", "median", "least", "in view", "sideways", "cut text", "bars", "apart"
        );
        for language in &languages {
            speak(page, language).await?;
            for (size, least) in &sizes {
                page.resize(size.0, size.1).await?;
                missed += shared(page, &examples, (language, *size, *least)).await?;
            }
        }
        for language in &languages {
            for size in [(1440, 900), (390, 844)] {
                if sizes.iter().any(|(asked, _)| *asked == size) {
                    page.resize(size.0, size.1).await?;
                    speak(page, language).await?;
                    missed += still(page, &examples, (language, size)).await?;
                }
            }
        }
        Ok(())
    })?;
    println!(
        "in view: of how many parameters, program and output are; bars: off by at most, in points; apart: how far what \
         every example has stands from where it stands on the first, at most, in pixels"
    );
    Ok(if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The sizes that were asked for, with what is wanted of them.
fn asked(text: &str) -> Result<Vec<(Size, f64)>> {
    if text.is_empty() {
        return Ok(SIZES.to_vec());
    }
    let one = |text: &str| {
        let (width, height) = text.split_once('x').context("a size is such as 1440x900")?;
        let size = (width.parse()?, height.parse()?);
        let least = SIZES.iter().find(|(known, _)| *known == size).map_or(0.0, |(_, least)| *least);
        Ok((size, least))
    };
    text.split(',').map(one).collect()
}

/// Puts the page into a language.
async fn speak(page: &Page, language: &str) -> Result<()> {
    for _ in 0..2 {
        if page.attribute("html", "lang").await?.is_some_and(|lang| lang.starts_with(language)) {
            return Ok(());
        }
        page.click("#language").await?;
    }
    bail!("the page does not speak {language}")
}

/// Prints how a window is shared out; says on how many examples something is missed.
async fn shared(
    page: &Page,
    examples: &[String],
    (language, (width, height), least): (&str, Size, f64),
) -> Result<usize> {
    let mut shares = Vec::new();
    let (mut in_view, mut sideways, mut off) = (0, 0, 0.0_f64);
    let (mut cut, mut low, mut out_of_view) = (Vec::new(), Vec::new(), Vec::new());
    let (mut first, mut apart) = (None, (0.0_f64, String::new()));
    for example in examples {
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
        let (far, what) = room.apart(first.get_or_insert_with(|| room.stands.clone()));
        if far > apart.0 {
            apart = (far, format!("{what} on {example}"));
        }
    }
    // The reader's own program has the same room; what is asked of the chart's part is not asked there.
    let own = own(page).await?;
    sideways += usize::from(own.sideways);
    if !own.cut.is_empty() {
        cut.push(format!("own program: {}", own.cut.join(" | ")));
    }
    let smallest = shares.iter().copied().fold(f64::INFINITY, f64::min);
    println!(
        "{:>13} {:>6.1} {smallest:>6.1} {in_view:>9} {sideways:>9} {:>9} {off:>7.1} {:>7.1}",
        format!("{language} {width}x{height}"),
        median(&mut shares),
        cut.len(),
        apart.0,
    );
    let wide = width >= WIDE.0 && height >= WIDE.1;
    if !low.is_empty() {
        println!("              less than {least}: {}", low.join(", "));
    }
    if wide && !out_of_view.is_empty() {
        println!("              not all in view: {}", out_of_view.join(", "));
    }
    for text in cut.iter().take(5) {
        println!("              cut: {text}");
    }
    if apart.0 > APART {
        println!("              apart: {}", apart.1);
    }
    let unseen = if wide { out_of_view.len() } else { 0 };
    Ok(low.len()
        + sideways
        + cut.len()
        + unseen
        + usize::from(off > 1.0)
        + usize::from(apart.0 > APART))
}

/// The room on the page of the reader's own program.
async fn own(page: &Page) -> Result<Room> {
    page.go(&format!("{}#program", page.url())).await?;
    page.until("the editor", async || Ok(page.count(".own .tools, .cm-editor").await? > 1)).await?;
    Room::of(page).await
}

/// Prints how much moves when an example is opened by its address and when its sliders are dragged; says on how many it is
/// too much.
async fn still(
    page: &Page,
    examples: &[String],
    (language, (width, height)): (&str, Size),
) -> Result<usize> {
    let mut missed = 0;
    let (mut shifts, mut moves) = (0.0_f64, 0.0_f64);
    let may = MOVES[usize::from(width < WIDE.0)];
    for example in examples {
        page.go(&format!("{}#{example}", page.url())).await?;
        page.reload().await?;
        let shifted = page.shifted().await?;
        let (moved, what) = page.moved_by_sliders().await?;
        shifts = shifts.max(shifted);
        moves = moves.max(moved);
        if shifted > SHIFTS || moved > may {
            println!("              {example}: shifts {shifted:.3}; {moved:.0} px, {what}");
            missed += 1;
        }
    }
    println!(
        "{:>13} shifts when opened: at most {shifts:.3}; what is to stay where it is moves when sliders are dragged: by at \
         most {moves:.1} px",
        format!("{language} {width}x{height}"),
    );
    Ok(missed)
}
