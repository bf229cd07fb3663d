//! Charts in numbers.

use super::*;
use std::fmt::Write as _;
use timeline::Timeline;

fn run_of(id: &str) -> Timeline {
    let example = examples::find(id).expect("it is in the catalogue");
    run::instant(example, &example.defaults(), 250_000).timeline()
}

#[test]
fn places_and_moments_are_each_other_s_inverse() {
    let scale = Scale::new(4.0, 800.0);
    assert!((scale.time(scale.x(1.5)) - 1.5).abs() < 1e-9);
    assert_eq!(scale.time(-100.0), 0.0);
    assert_eq!(scale.time(1e6), 4.0);
}

#[test]
fn ticks_are_round_and_within_the_axis() {
    let (ticks, decimals) = Scale::new(2.0, 500.0).ticks();
    assert_eq!(ticks, [0.0, 0.5, 1.0, 1.5, 2.0]);
    assert_eq!(decimals, 1);
    assert_eq!(Scale::new(3.0, 500.0).ticks(), (vec![0.0, 1.0, 2.0, 3.0], 0));
}

#[test]
fn rows_lie_one_below_the_other_without_gaps() {
    for example in examples::CATALOGUE {
        let timeline = run_of(example.id);
        let layout = Layout::of(&timeline);
        let row = layout.row(400.0);
        let mut top = 0.0;
        for placed in layout.rows() {
            assert!((placed.top.at(row) - top).abs() < 1e-9, "{}", example.id);
            top += placed.height.at(row);
        }
        assert!((layout.height().at(row) - top).abs() < 1e-9, "{}", example.id);
        assert!((layout.row_in(top) - row).abs() < 1e-9, "{}", example.id);
    }
}

#[test]
fn a_length_in_css_says_what_it_is_in_pixels() {
    assert_eq!(Length::pixels(3.0).css(), "calc(3px)");
    let length = Length::rows(2.5) - Length::bars(0.5) + Length::pixels(-1.5);
    assert_eq!(length.css(), "calc(2.5*var(--row) + -0.5*var(--bar) + -1.5px)");
    assert!((length.at(40.0) - (100.0 - 11.6 - 1.5)).abs() < 1e-9);
}

/// The pixels that a percentage of CSS comes to.
fn percent(text: &str, width: f64) -> f64 {
    let number = text.strip_suffix('%').expect("a percentage");
    number.parse::<f64>().expect("a number") / 100.0 * (width - 2.0 * MARGIN) + MARGIN
}

/// The picture of a run that is over, with nothing selected.
fn picture(timeline: &Timeline, layout: &Layout) -> (String, String) {
    let (selected, pale, over, columns) = (None, false, true, None);
    Svg::of(Scene { timeline, rows_of: timeline, layout, selected, pale, over, columns })
}

#[test]
fn the_picture_has_a_bar_where_the_page_has_it() {
    let timeline = run_of(examples::FIRST.id);
    let layout = Layout::of(&timeline);
    let (svg, css) = picture(&timeline, &layout);
    let scale = Scale::new(timeline.end, 777.0);
    for lane in &timeline.tasks {
        let fill = format!("fill:{};rx:4px", Colour::Task(lane.id).css());
        let drawn: Vec<f64> = svg
            .split("<rect style=\"")
            .filter(|rect| rect.contains(&fill))
            .map(|rect| percent(rect[2..].split(';').next().expect("its x"), 777.0))
            .collect();
        let sleeps = lane.spans.iter().filter(|span| span.is_work());
        let painted: Vec<f64> = sleeps.map(|span| scale.x(span.from)).collect();
        assert!(!painted.is_empty() || lane.parent.is_none());
        assert_eq!(drawn.len(), painted.len(), "{}", lane.name);
        for (drawn, painted) in drawn.iter().zip(&painted) {
            assert!((drawn - painted).abs() < 0.01, "{}: {drawn}, {painted}", lane.name);
        }
    }
    // Of the moments that are marked, those of every width: the page's for this one are among them.
    let mut marks = String::new();
    let (ticks, decimals) = scale.ticks();
    for tick in ticks {
        marks.clear();
        write!(marks, ">{}</span>", tick_text(tick, decimals)).expect("written");
        assert!(axis(timeline.end).contains(&marks), "{marks}");
    }
    assert!(css.contains("@container plot"));
}

#[test]
fn every_example_has_a_picture() {
    for example in examples::CATALOGUE {
        let timeline = run_of(example.id);
        let layout = Layout::of(&timeline);
        let (svg, css) = picture(&timeline, &layout);
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", example.id);
        for open in ["<g", "<pattern", "<text"] {
            let close = format!("</{}>", &open[1..]);
            let opened = svg.matches(&format!("{open} ")).count();
            assert_eq!(opened, svg.matches(&close).count(), "{}: {open}", example.id);
        }
        for used in svg.split("url(#").skip(1) {
            let name = used.split(')').next().expect("its name");
            assert!(svg.contains(&format!("id=\"{name}\"")), "{}: {name}", example.id);
        }
        assert_eq!(css.matches('{').count(), css.matches('}').count(), "{}", example.id);
    }
}

/// The luminance of a colour as WCAG 2 has it.
fn luminance(colour: &str) -> f64 {
    let part = |from: usize| {
        let part = u8::from_str_radix(&colour[from..from + 2], 16).expect("two hexadecimal digits");
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

#[test]
fn numbers_on_bars_can_be_read() {
    for palette in [&LIGHT, &DARK] {
        for task in (0..7).map(trace::TaskId) {
            let (bar, text) = (palette.of(Colour::Task(task)), palette.of(Colour::on(task)));
            let (a, b) = (luminance(bar), luminance(text));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.5, "{text} on {bar}: {contrast}");
        }
    }
}
