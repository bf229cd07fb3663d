use crate::{Flag, LIGHT, Layout, Picture, Row, Scale, Sheet, View};
use roxmltree::{Document, Node};
use timeline::{Category, Timeline};

fn picture<'a>(timeline: &'a Timeline, layout: &'a Layout, view: View) -> Picture<'a> {
    Picture {
        predicted: timeline,
        live: None,
        ghost: None,
        over: true,
        layout,
        scale: Scale::of(view, timeline.end, 800.0, None),
        columns: None,
        selected: None,
        marked: &[],
    }
}

fn drawn(picture: Picture, title: &str, flags: &[Flag]) -> String {
    let (part, row) = Sheet::heights(&picture);
    let name = |row: Row| format!("{row:?}");
    let playhead = Some(0.0);
    Sheet { picture, title, palette: &LIGHT, part, row, name: &name, playhead, flags }.svg()
}

fn number(node: &Node, name: &str) -> Option<f64> {
    node.attribute(name)?.parse().ok()
}

/// Whether two places are one as far as they are written.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.011
}

#[test]
fn every_run_is_xml_in_which_each_task_has_its_name_and_each_sleep_its_bar() {
    let mut bars = 0;
    for example in examples::CATALOGUE {
        let timeline = run::instant(example, &example.defaults(), 250_000).timeline();
        let layout = Layout::of(&timeline);
        let picture = picture(&timeline, &layout, View::whole(timeline.end));
        let svg = drawn(picture, example.id, &[]);
        let document =
            Document::parse(&svg).unwrap_or_else(|error| panic!("{}: {error}", example.id));
        let texts: Vec<&str> = document.descendants().filter_map(|node| node.text()).collect();
        let rects: Vec<Node> =
            document.descendants().filter(|node| node.has_tag_name("rect")).collect();
        for lane in &timeline.tasks {
            let row = layout.row_of(timeline.task_index(lane.id).expect("a lane"));
            let own = layout.rows()[row.expect("a row")].row;
            let shares = matches!(own, Row::Task(n) if !layout.sharing(n).is_empty());
            let shown = |text: &&str| match shares {
                true => text.split(", ").any(|name| name == &*lane.name),
                false => lane.name.starts_with(text.trim_end_matches('…')),
            };
            assert!(texts.iter().any(shown), "{}: {}", example.id, lane.name);
            for span in lane.spans.iter().filter(|span| Category::of(span) == Some(Category::Sleep))
            {
                let (from, to) = (picture.scale.x(span.from), picture.scale.x(span.to));
                if to - from < 1.0 {
                    continue;
                }
                let is_it = |rect: &&Node| {
                    let (x, width) = (number(rect, "x"), number(rect, "width"));
                    x.is_some_and(|x| near(x, from))
                        && width.is_some_and(|width| near(width, to - from))
                };
                assert!(rects.iter().any(|rect| is_it(&rect)), "{}: {span:?}", example.id);
                bars += 1;
            }
        }
        let used = svg.matches("url(#").map(|_| ()).count();
        let ids: Vec<&str> =
            document.descendants().filter_map(|node| node.attribute("id")).collect();
        for (n, id) in ids.iter().enumerate() {
            assert!(used > 0 && !ids[..n].contains(id), "{}: {id} is there twice", example.id);
        }
    }
    assert!(bars > 300, "{bars}");
}

#[test]
fn what_is_not_looked_at_is_not_drawn_and_flags_stand_at_their_moments() {
    let example = examples::find("gather-order").expect("it is in the catalogue");
    let timeline = run::instant(example, &example.defaults(), 250_000).timeline();
    let layout = Layout::of(&timeline);
    let flags = [0.1, 1.4].map(|time| Flag { time, text: format!("at {time}") });
    let view = View { from: 1.2, to: timeline.end };
    let (whole, close) = (
        drawn(picture(&timeline, &layout, View::whole(timeline.end)), "whole", &flags),
        drawn(picture(&timeline, &layout, view), "close", &flags),
    );
    assert!(whole.contains("at 0.1") && whole.contains("at 1.4"));
    assert!(!close.contains("at 0.1") && close.contains("at 1.4"));
    // The first request has ended before, and with it its mark.
    assert!(close.matches("<circle").count() < whole.matches("<circle").count());
}

#[test]
fn whatever_a_task_is_called_the_file_is_xml() {
    use trace::{Event, EventKind, TaskId};
    let name = "a<b>&\"c\"\u{1}\u{1b}[0m\u{ffff}\n中文";
    let kind =
        EventKind::TaskCreated { task: TaskId(0), parent: None, name: name.into(), eager: false };
    let timeline = Timeline::new(&[Event { time: 0.0, kind }], 1.0);
    let layout = Layout::of(&timeline);
    let svg = drawn(picture(&timeline, &layout, View::whole(1.0)), name, &[]);
    let document = Document::parse(&svg).expect("it is XML");
    let named =
        |text: &str| text.starts_with("a<b>&\"c\"\u{fffd}\u{fffd}[0m") && text.contains("中文");
    assert!(document.descendants().filter_map(|node| node.text()).any(named), "{svg}");
}

#[test]
fn what_a_wait_is_for_is_told_by_its_hatching_and_by_the_colour_of_its_foot() {
    use crate::{Colour, Hatch};
    let sorts = [
        ("semaphore-workers", Category::Permit, Hatch::Rising),
        ("queue-backpressure", Category::Place, Hatch::Falling),
        ("queue-backpressure", Category::Join, Hatch::Falling),
        ("tcp-echo", Category::Network, Hatch::Upright),
        ("file-io", Category::Job, Hatch::Upright),
        ("event-waiters", Category::Signal, Hatch::Crossed),
        ("future-callbacks", Category::Other, Hatch::Crossed),
    ];
    for (id, category, hatch) in sorts {
        let example = examples::find(id).expect("it is in the catalogue");
        let timeline = run::instant(example, &example.defaults(), 250_000).timeline();
        let layout = Layout::of(&timeline);
        let picture = picture(&timeline, &layout, View::whole(timeline.end));
        let svg = drawn(picture, id, &[]);
        let document = Document::parse(&svg).expect("it is XML");
        let lane = |lane: &&timeline::TaskLane| {
            lane.spans.iter().any(|span| {
                let wide = picture.scale.x(span.to) - picture.scale.x(span.from);
                Category::of(span) == Some(category) && wide > 2.0
            })
        };
        let lane = timeline.tasks.iter().find(lane).expect("a task that waits so");
        let hatched = format!("url(#{hatch:?}{})", Colour::Task(lane.id).name());
        let fill =
            |fill: &str| document.descendants().any(|node| node.attribute("fill") == Some(fill));
        assert!(fill(&hatched), "{id}: {category:?} without {hatched}");
        // A task has this colour, too; its bars are higher.
        let foot = document.descendants().any(|node| {
            node.attribute("fill") == Some(LIGHT.of(Colour::Cause(category)))
                && number(&node, "height").is_some_and(|height| near(height, 4.0))
        });
        assert!(foot, "{id}: {category:?}");
    }
}

#[test]
fn who_waits_is_named_in_order_where_there_is_room() {
    let example = examples::find("semaphore-workers").expect("it is in the catalogue");
    let timeline = run::instant(example, &example.defaults(), 250_000).timeline();
    let layout = Layout::of(&timeline);
    let texts = |view| -> Vec<String> {
        let svg = drawn(picture(&timeline, &layout, view), "lines", &[]);
        let document = Document::parse(&svg).expect("it is XML");
        document.descendants().filter_map(|node| node.text()).map(str::to_owned).collect()
    };
    let whole = texts(View::whole(timeline.end));
    assert!(whole.contains(&"worker-4, worker-5".to_owned()), "{whole:?}");
    assert!(whole.contains(&"3".to_owned()), "for three names there is no room: {whole:?}");
    let close = texts(View { from: 0.55, to: 0.75 });
    assert!(close.contains(&"worker-3, worker-4, worker-5".to_owned()), "{close:?}");
}
