//! Charts in numbers.

use super::*;
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
    let ticks = Scale::new(2.0, 500.0).ticks();
    assert_eq!(ticks.moments, [0.0, 0.5, 1.0, 1.5, 2.0]);
    assert_eq!(ticks.texts, ["0.0", "0.5", "1.0", "1.5", "2.0"]);
    assert_eq!(Scale::new(3.0, 500.0).ticks().texts, ["0", "1", "2", "3"]);
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
fn in_the_height_of_a_run_before_only_what_fits_is_in_view() {
    let mut most = 0;
    for example in examples::CATALOGUE {
        let layout = Layout::of(&run_of(example.id));
        let (first, after) = layout.within(0.0, 100.0, layout.row_in(100.0));
        assert!(after - first <= 5, "{}: {first}..{after}", example.id);
        most = most.max(layout.rows().len());
    }
    assert!(most > 20, "no example has many rows: {most}");
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
    Svg::of(Scene::still(timeline, layout, None))
}

#[test]
fn the_task_that_stands_out_shows_which_calls_await_one_another() {
    use trace::{Event, EventKind, Place, Site, TaskId, Wait};
    let place = |function: &str, within| {
        let function = Some(function.into());
        Site::new(Place { function, within, ..Place::in_file("shop.py") })
    };
    let inner = place("fetch", Some(place("main", None)));
    let task = TaskId(0);
    let kinds = [
        EventKind::TaskCreated { task, parent: None, name: "Task-1".into(), eager: false },
        EventKind::StepBegan { task, drift: 0.0 },
        EventKind::Suspended { task, wait: Wait::Sleep { until: 2.0 }, at: Some(inner) },
    ];
    let events = kinds.map(|kind| Event { time: 0.0, kind });
    let timeline = Timeline::new(&events, 2.0);
    let layout = Layout::of(&timeline);
    let drawn = |selected| Svg::of(Scene::still(&timeline, &layout, selected)).0;
    let (stacked, plain) = (drawn(Some(task)), drawn(None));
    for function in ["main", "fetch"] {
        assert!(stacked.contains(&format!(">{function}<")), "{function}: {stacked}");
        assert!(!plain.contains(function), "{function}");
    }
    assert!(plain.contains(">2.00<") && !stacked.contains(">2.00<"), "what is on the bar");
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
    for text in scale.ticks().texts {
        let mark = format!(">{text}</span>");
        assert!(axis(timeline.end).contains(&mark), "{mark}");
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

#[test]
fn a_zoom_keeps_what_is_under_the_pointer() {
    let view = View { from: 2.0, to: 6.0 };
    for x in [MARGIN, 200.0, 480.0] {
        let before = Scale::of(view, 10.0, 500.0, None);
        let at = before.place(x);
        let after = Scale::of(view.zoomed(at, 0.25), 10.0, 500.0, None);
        assert!((after.x(at) - x).abs() < 1e-6, "{x}");
        assert!((after.view().seconds() - 1.0).abs() < 1e-12);
    }
    // Half of the way there it is still under it.
    let half = view.towards(view.zoomed(3.0, 0.25), 0.5);
    let scale = |view| Scale::of(view, 10.0, 500.0, None);
    assert!((scale(half).x(3.0) - scale(view).x(3.0)).abs() < 1e-6);
    assert_eq!(view.towards(View { from: 0.0, to: 1.0 }, 1.0), View { from: 0.0, to: 1.0 });
}

#[test]
fn a_view_stays_within_the_run() {
    let within = |from, to| View { from, to }.within(10.0);
    assert_eq!(within(-3.0, 1.0), View { from: 0.0, to: 4.0 });
    assert_eq!(within(8.0, 12.0), View { from: 6.0, to: 10.0 });
    assert_eq!(within(-5.0, 90.0), View::whole(10.0));
    assert_eq!(within(f64::NAN, 1.0), View::whole(10.0));
    assert!(within(3.0, 3.0).seconds() > 0.0, "there is always something to be seen");
    assert_eq!(View { from: 1.0, to: 2.0 }.within(0.0), View { from: 0.0, to: 1.0 });
}

#[test]
fn views_can_be_gone_back_to() {
    let mut viewport = Viewport::default();
    assert!(!viewport.back() && !viewport.has_past());
    viewport.look(View { from: 2.0, to: 4.0 }, 10.0);
    // A movement of many small ones is one.
    viewport.mark();
    for n in 1..=5 {
        viewport.drift(View { from: 2.0, to: 4.0 }.moved(f64::from(n)), 10.0);
    }
    assert_eq!(viewport.view(10.0), View { from: 7.0, to: 9.0 });
    // A longer run shows the same stretch, a shorter one what it has.
    assert_eq!(viewport.view(20.0), View { from: 7.0, to: 9.0 });
    assert_eq!(viewport.view(8.0), View { from: 6.0, to: 8.0 });
    assert!(viewport.back());
    assert_eq!(viewport.view(10.0), View { from: 2.0, to: 4.0 });
    assert!(viewport.back());
    assert!(!viewport.is_zoomed());
    // The whole stays the whole, however long the run becomes.
    assert_eq!(viewport.view(30.0), View::whole(30.0));
    viewport.look(View { from: -1.0, to: 40.0 }, 30.0);
    assert!(!viewport.is_zoomed() && !viewport.has_past());
}

#[test]
fn ticks_can_be_read_at_every_scale() {
    let ticks = |from: f64, to: f64| Scale::of(View { from, to }, 1e6, 500.0, None).ticks();
    let hours = ticks(0.0, 20000.0);
    assert_eq!(hours.texts[..3], ["0:00", "1:00:00", "2:00:00"]);
    assert_eq!(ticks(600.0, 720.0).texts, ["10:00", "10:30", "11:00", "11:30", "12:00"]);
    let micro = ticks(12.3451, 12.3455);
    assert_eq!((micro.unit, micro.base.as_deref()), ("µs", Some("12.345 s")));
    assert_eq!(micro.texts, ["+100", "+200", "+300", "+400", "+500"]);
    assert_eq!(ticks(0.0, 5e-6).unit, "µs");
    assert_eq!(ticks(0.0, 5e-8).texts, ["0", "10", "20", "30", "40", "50"]);
    // Never so close that they cannot be told apart, nor too few, wherever one looks.
    for n in 0..240 {
        let wide = 10_f64.powf(f64::from(n) / 20.0 - 6.0);
        let scale = Scale::of(View { from: 1.5, to: 1.5 + wide }, 2e6, 640.0, None);
        let ticks = scale.ticks();
        assert!((2..=9).contains(&ticks.moments.len()), "{wide}: {ticks:?}");
        for pair in ticks.moments.windows(2) {
            assert!(scale.x(pair[1]) - scale.x(pair[0]) > 60.0, "{wide}: {ticks:?}");
        }
        let mut texts = ticks.texts.clone();
        texts.dedup();
        assert_eq!(texts, ticks.texts, "{wide}");
    }
}

#[test]
fn what_is_folded_is_passed_in_a_small_step() {
    let folds = Folds::new(vec![(1.0, 101.0), (102.0, 202.0)], 203.0);
    for time in [0.0, 0.5, 1.0, 40.0, 101.0, 101.5, 150.0, 202.0, 203.0] {
        assert!((folds.time(folds.axis(time)) - time).abs() < 1e-9, "{time}");
    }
    assert!(folds.axis(203.0) < 4.0);
    assert!((folds.axis(0.5) - 0.5).abs() < 1e-12 && folds.axis(101.5) > folds.axis(1.0));
    let scale = Scale::of(View::whole(folds.axis(203.0)), 203.0, 800.0, Some(&folds));
    assert!((scale.time(scale.x(101.25)) - 101.25).abs() < 1e-9);
    assert!(scale.ticks().moments.iter().all(|time| !(1.1..100.9).contains(time)));
    assert_eq!(scale.folds().count(), 2);
}

#[test]
fn a_drag_is_no_press_and_two_fingers_zoom() {
    let mut hand = Hand::default();
    hand.down(1, 100.0, Aim::Chart);
    assert_eq!(hand.moved(1, 102.0), None);
    hand.up(1);
    assert!(!hand.dragged(), "a hand trembles");
    hand.down(1, 100.0, Aim::Chart);
    assert_eq!(hand.moved(1, 110.0), Some(Gesture::Pan(10.0)));
    assert_eq!(hand.moved(1, 105.0), Some(Gesture::Pan(-5.0)));
    hand.down(2, 205.0, Aim::Chart);
    let pinch = hand.moved(2, 305.0);
    assert_eq!(pinch, Some(Gesture::Pinch { at: 155.0, wider: 2.0, by: 50.0 }));
    hand.up(1);
    hand.up(2);
    assert!(hand.dragged() && !hand.drags());
    hand.down(3, 50.0, Aim::Range);
    assert_eq!(hand.moved(3, 20.0), Some(Gesture::Range(20.0, 50.0)));
}

/// Paints nothing and counts: how many bars, in which colours, and what covers which pixels.
#[derive(Default)]
struct Count {
    bars: Vec<(f64, f64, Colour, f64)>,
    alpha: f64,
    all: usize,
}

impl Pen for Count {
    fn alpha(&mut self, alpha: f64) {
        self.alpha = alpha;
    }
    fn shows(&self, from: f64, to: f64) -> bool {
        to > from
    }
    fn grid(&mut self, _: f64, _: Length) {}
    fn block(&mut self, across: Across, _: Length, height: Length, colour: Colour, _: f64) {
        self.all += 1;
        if let Across::Pixels { from, to } = across {
            self.bars.push((from, to, colour, self.alpha * height.bars));
        }
    }
    fn outline(&mut self, _: Across, _: Length, _: Length, _: Colour, _: f64) {}
    fn hatching(&mut self, _: Across, _: Length, _: Length, _: Hatch, _: Colour) {
        self.all += 1;
    }
    fn rule(&mut self, _: Across, _: Length, _: f64, _: Dash, _: Colour) {
        self.all += 1;
    }
    fn drop(&mut self, _: f64, _: Length, _: Length, _: f64, _: Dash, _: Colour) {
        self.all += 1;
    }
    fn tip(&mut self, _: f64, _: Length, _: bool, _: Colour) {}
    fn steps(&mut self, steps: &[(f64, Length)], _: f64, _: Length, _: Colour) {
        self.all += steps.len();
    }
    fn mark(&mut self, _: f64, _: Length, _: Mark, _: Colour) {
        self.all += 1;
    }
    fn sign(&mut self, _: f64, _: f64, _: Length, _: &str, _: Colour) {}
    fn label(&mut self, _: f64, _: f64, _: Length, _: Label) {}
}

/// A task that works and waits in turns of these lengths, in seconds, `rounds` times.
fn busy(works: f64, waits: f64, rounds: usize) -> Timeline {
    use trace::{Event, EventKind, TaskId, Wait};
    let task = TaskId(0);
    let mut events = vec![Event {
        time: 0.0,
        kind: EventKind::TaskCreated { task, parent: None, name: "busy".into(), eager: false },
    }];
    for n in 0..rounds {
        let time = n as f64 * (works + waits);
        events.push(Event { time, kind: EventKind::StepBegan { task, drift: 0.0 } });
        let kind = EventKind::Suspended { task, wait: Wait::Future, at: None };
        events.push(Event { time: time + works, kind });
    }
    Timeline::new(&events, rounds as f64 * (works + waits))
}

fn drawn(timeline: &Timeline, view: View) -> Count {
    let layout = Layout::of(timeline);
    let scale = Some(Scale::of(view, timeline.end, 528.0, None));
    let mut count = Count::default();
    Scene { scale, ..Scene::still(timeline, &layout, None) }.draw(&mut count);
    count
}

#[test]
fn spans_thinner_than_a_pixel_are_merged_and_say_what_they_are() {
    // A quarter of the time it works, in a hundred turns to a pixel.
    let timeline = busy(0.25, 0.75, 50_000);
    let whole = drawn(&timeline, View::whole(timeline.end));
    let pixels: f64 = whole.bars.iter().filter(|bar| bar.3 > 0.0).map(|bar| bar.1 - bar.0).sum();
    assert!((pixels / 2.0 - 500.0).abs() < 3.0, "two states in each of 500 pixels: {pixels}");
    assert!(whole.all < 2000, "{} strokes for 100,000 spans", whole.all);
    // Where the view is narrow each has a bar of its own again.
    let close = drawn(&timeline, View { from: 1000.0, to: 1010.0 });
    assert!(close.bars.is_empty() && close.all < 60, "{}", close.all);
}

#[test]
fn what_is_rare_in_a_pixel_is_seen() {
    let timeline = busy(0.05, 0.95, 50_000);
    let whole = drawn(&timeline, View::whole(timeline.end));
    let works = whole.bars.iter().filter(|bar| bar.3 > 0.1).count();
    assert!(works > 0, "one part in twenty is not left out");
}

#[test]
fn the_keys_reach_every_row_and_every_moment_of_a_resource() {
    for example in examples::CATALOGUE {
        let timeline = run_of(example.id);
        let layout = Layout::of(&timeline);
        let (row, end) = (layout.row(400.0), timeline.end);
        let scale = Scale::of(View::whole(end), end, 528.0, None);
        let chart = Chart { timeline: &timeline, rows_of: &timeline, layout: &layout, row, scale };
        let mut at = chart.step(None, 0, 0);
        let mut reached = vec![];
        while let Some(target) = &at {
            if reached.last() == Some(&target.row) {
                break;
            }
            reached.push(target.row);
            at = chart.step(Some(target), 1, 0);
        }
        for (n, placed) in layout.rows().iter().enumerate() {
            let Row::Resource(resource) = placed.row else { continue };
            assert!(reached.contains(&n), "{}: row {n} of {reached:?}", example.id);
            let below = Target {
                row: n - 1,
                span: None,
                task: None,
                resource: None,
                place: (16.0, 0.0, 0.0, 0.0),
            };
            let mut target = chart.step(Some(&below), 1, 0).expect("a row of a resource");
            target = chart.step(Some(&target), 0, isize::MIN).expect("its first moment");
            let mut seen = vec![target.resource.expect("a resource").1];
            loop {
                target = chart.step(Some(&target), 0, 1).expect("the next moment");
                let time = target.resource.expect("a resource").1;
                if seen.last() == Some(&time) {
                    break;
                }
                seen.push(time);
            }
            assert_eq!(seen, timeline.resources[resource].moments(), "{}", example.id);
        }
    }
}

#[test]
fn only_rows_in_view_are_drawn() {
    for example in examples::CATALOGUE {
        let timeline = run_of(example.id);
        let layout = Layout::of(&timeline);
        let row = layout.row(400.0);
        let all = layout.height().at(row);
        assert_eq!(layout.within(0.0, all, row), (0, layout.rows().len()), "{}", example.id);
        for (n, placed) in layout.rows().iter().enumerate() {
            let middle = placed.top.at(row) + placed.height.at(row) / 2.0;
            assert_eq!(layout.index_at(middle, row), Some(n), "{}", example.id);
            assert_eq!(layout.within(middle, middle + 0.1, row), (n, n + 1), "{}", example.id);
        }
        assert_eq!(layout.index_at(all + 1.0, row), None);
        assert_eq!(layout.index_at(-1.0, row), None);
    }
}

#[test]
fn the_overview_has_all_that_tasks_do() {
    let timeline = busy(0.25, 0.75, 40);
    let layout = Layout::of(&timeline);
    let overview = Overview::of(&timeline, &layout, None, timeline.end, 20, 8);
    assert_eq!((overview.bands.len(), overview.columns), (1, 20));
    for cell in &overview.bands[0] {
        assert!((cell.works - 0.25).abs() < 1e-4 && (cell.waits - 0.75).abs() < 1e-4, "{cell:?}");
    }
    // Many lanes share bands, and columns are parts of time still.
    for example in examples::CATALOGUE {
        let timeline = run_of(example.id);
        let overview = Overview::of(&timeline, &Layout::of(&timeline), None, timeline.end, 30, 3);
        for cell in overview.bands.iter().flatten() {
            assert!(cell.works + cell.waits + cell.held_up < 1.001, "{}: {cell:?}", example.id);
        }
    }
}

#[test]
fn brief_tasks_share_a_row_and_no_others_do() {
    let mut saved = 0;
    for example in examples::CATALOGUE {
        let timeline = run_of(example.id);
        let layout = Layout::of(&timeline);
        let (tasks, all) = (layout.parts().0, timeline.tasks.len());
        assert_eq!(layout.shown(), all, "{}", example.id);
        let own = Layout::arranged(&timeline, &Lanes { brief: true, ..Lanes::default() });
        assert_eq!(own.parts().0.len(), all, "{}", example.id);
        for (row, placed) in tasks.iter().enumerate() {
            let Row::Task(first) = placed.row else { panic!("rows of tasks come first") };
            let sharing = layout.sharing(first);
            assert_eq!(layout.row_of(first), Some(row), "{}", example.id);
            assert!(sharing.is_empty() || is_brief(&timeline.tasks[first]), "{}", example.id);
            for task in sharing {
                let lane = &timeline.tasks[*task];
                assert!(is_brief(lane) && lane.spans.iter().all(|span| span.seconds() == 0.0));
                assert_eq!(layout.row_of(*task), Some(row), "{}", example.id);
            }
        }
        saved += all - tasks.len();
    }
    assert!(saved > 0, "nobody shares a row");
}

#[test]
fn lanes_are_folded_hidden_pinned_and_filtered() {
    let timeline = run_of("gather-order");
    let names = |lanes: &Lanes| -> Vec<String> {
        lanes.shown(&timeline).iter().map(|n| timeline.tasks[*n].name.to_string()).collect()
    };
    let all = names(&Lanes::default());
    assert!(all.len() > 2, "{all:?}");
    let root = timeline.tasks[timeline.order[0]].id;
    assert_eq!(Lanes::below(&timeline, 0), all.len() - 1);
    let mut lanes = Lanes::default();
    lanes.fold(root);
    assert_eq!(names(&lanes), all[..1]);
    lanes.fold(root);
    assert!(lanes.is_plain());
    let last = timeline.tasks[timeline.order[all.len() - 1]].id;
    lanes.pin(last);
    assert_eq!(names(&lanes)[0], all[all.len() - 1]);
    lanes.filter = all[1].to_uppercase();
    let found = names(&lanes);
    assert!(
        found.contains(&all[1]) && found.contains(&all[all.len() - 1]) && !found.contains(&all[0])
    );
    let layout = Layout::arranged(&timeline, &lanes);
    for (row, placed) in layout.parts().0.iter().enumerate() {
        let Row::Task(task) = placed.row else { panic!("rows of tasks come first") };
        assert_eq!(layout.row_of(task), Some(row));
    }
    assert_eq!(layout.row_of(timeline.order[0]), None);
}

/// The names of the lanes that are shown.
fn names<'a>(timeline: &'a Timeline, lanes: &Lanes) -> Vec<&'a str> {
    lanes.shown(timeline).into_iter().map(|n| &*timeline.tasks[n].name).collect()
}

#[test]
fn lanes_are_moved_filtered_and_sorted() {
    let timeline = run_of("queue-backpressure");
    let plain = names(&timeline, &Lanes::default());
    assert_eq!(plain, ["Task-1", "producer-0", "producer-1", "consumer-0", "consumer-1"]);
    let id =
        |name: &str| timeline.tasks.iter().find(|lane| &*lane.name == name).expect("a task").id;
    let mut lanes = Lanes::default();
    lanes.shift(&timeline, id("consumer-0"), false);
    lanes.shift(&timeline, id("consumer-0"), false);
    lanes.shift(&timeline, id("Task-1"), false);
    let moved = ["Task-1", "consumer-0", "producer-0", "producer-1", "consumer-1"];
    assert_eq!(names(&timeline, &lanes), moved, "the first cannot go further up");
    lanes.pin(id("consumer-1"));
    lanes.shift(&timeline, id("Task-1"), false);
    assert_eq!(names(&timeline, &lanes)[..2], ["consumer-1", "Task-1"], "above are the pinned");
    let of = |which| names(&timeline, &Lanes { which, ..Lanes::default() });
    assert_eq!(of(Which::Cancelled), ["consumer-0", "consumer-1"]);
    assert!(of(Which::Failed).is_empty() && of(Which::Pending).is_empty());
    let below = Lanes { below: Some(id("producer-1")), ..Lanes::default() };
    assert_eq!(names(&timeline, &below), ["producer-1"]);
    let below = Lanes { below: Some(id("Task-1")), ..Lanes::default() };
    assert_eq!(names(&timeline, &below), plain);
    let longest = names(&timeline, &Lanes { longest: true, ..Lanes::default() });
    assert_eq!(longest[0], "Task-1", "it waits from the beginning to the end");
}

#[test]
fn lanes_are_told_by_names_and_arranged_by_them_again() {
    let timeline = run_of("queue-backpressure");
    let id = |name: &str| named(&timeline, name).expect("a task");
    assert_eq!(Lanes::default().names(&timeline), Named::default());
    let mut lanes = Lanes::default();
    lanes.shift(&timeline, id("producer-1"), false);
    lanes.pin(id("consumer-1"));
    lanes.hidden.insert(id("Task-1"));
    lanes.fold(id("consumer-0"));
    let told = lanes.names(&timeline);
    let expected: [&[&str]; 4] = [&["consumer-1"], &["Task-1"], &["consumer-0"], &["producer-1"]];
    assert_eq!(told.each_ref().map(Vec::len), [1, 1, 1, 2], "the rest stands where it stood");
    for (told, expected) in told.iter().zip(expected) {
        assert_eq!(told[..1], *expected);
    }
    let again = Lanes::of_names(&timeline, &told);
    assert_eq!(names(&timeline, &again), names(&timeline, &lanes));
    assert_eq!(again.names(&timeline), told);
    // What a run does not have says nothing of the others.
    let strange = [vec!["nobody".to_owned()], vec!["nobody~2".to_owned()], Vec::new(), Vec::new()];
    assert!(Lanes::of_names(&timeline, &strange).is_plain());
}

#[test]
fn of_tasks_of_one_name_each_is_found_again() {
    let mut timeline = run_of("queue-backpressure");
    for lane in &mut timeline.tasks {
        lane.name = "same".into();
    }
    for lane in &timeline.tasks {
        let hidden = Lanes { hidden: [lane.id].into(), ..Lanes::default() };
        assert_eq!(Lanes::of_names(&timeline, &hidden.names(&timeline)), hidden);
    }
    assert_eq!(named(&timeline, "same~9"), None);
    assert_eq!(named(&timeline, "same~0"), None);
}

#[test]
fn a_held_finger_selects_a_range() {
    let mut hand = Hand::default();
    hand.down(1, 20.0, Aim::Chart);
    hand.hold();
    assert_eq!(hand.moved(1, 50.0), Some(Gesture::Range(20.0, 50.0)));
    hand.up(1);
    hand.down(1, 20.0, Aim::Chart);
    hand.moved(1, 40.0);
    hand.hold();
    assert_eq!(hand.moved(1, 50.0), Some(Gesture::Pan(10.0)), "what moves is not held");
}
