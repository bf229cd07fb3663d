//! What it costs to draw a chart, and to open a trace, of a service with very many tasks: a part of `cargo xtask bench`.
//!
//! Drawing is done with a pen that counts its strokes and paints none: it is what the chart itself costs, whatever
//! the canvas costs besides. With `--trace FILE` the trace is written, to be dropped onto the page.

use asyncio::{Run, Semaphore, Status, create_task, gather, sleep};
use bench::moment::Moment;
use bench::rows::median_of;
use chart::{
    Across, Colour, Dash, Folds, Hatch, Label, Layout, Length, Mark, Overview, Pen, Scale, Scene,
    View,
};
use clap::Parser;
use executor::VirtualClock;
use std::fs;
use std::path::PathBuf;
use timeline::{Order, Stride, Timeline};
use trace::{Event, Trace};
use trace_document::{Document, End, Header};

/// The size of the view, in pixels, and how high a lane is.
const SIZE: (f64, f64) = (1200.0, 800.0);
const ROW: f64 = 24.0;
/// How long drawing may take sixty times a second, in milliseconds.
const FRAME: f64 = 1000.0 / 60.0;
const ROUNDS: usize = 7;
/// How often each task of the trace that is opened asks for a permit.
const ROUNDS_OF_A_TASK: usize = 8;

/// Measure drawing and opening.
#[derive(Parser)]
struct Args {
    /// Write the trace of so many tasks to this file, and measure nothing
    #[arg(long)]
    trace: Option<PathBuf>,
    /// How many tasks
    #[arg(long, default_value_t = 10_000)]
    tasks: usize,
}

fn main() -> std::io::Result<()> {
    let args = Args::parse();
    if let Some(path) = args.trace {
        let document = document(service(args.tasks, 3));
        println!("{} events of {} tasks", document.events.len(), args.tasks);
        return trace_document::write(&document, fs::File::create(path)?);
    }
    drawing(args.tasks);
    let tasks = [args.tasks / 10, args.tasks];
    for tasks in tasks {
        opening(tasks);
    }
    seeking(tasks);
    Ok(())
}

/// Draws runs of which each has ten times as many spans as the one before.
fn drawing(tasks: usize) {
    println!(
        "\n{:<34}{:>10}{:>10}{:>12}{:>14}",
        format!("drawing, {tasks} lanes"),
        "spans",
        "strokes",
        "µs",
        "of a frame"
    );
    for rounds in [1, 3, 30] {
        let events = service(tasks, rounds);
        let timeline = timeline(&events);
        let layout = Layout::of(&timeline);
        let spans: usize = timeline.tasks.iter().map(|lane| lane.spans.len()).sum();
        let views = [
            ("the whole", View::whole(timeline.end)),
            ("a hundredth", View { from: timeline.end * 0.4, to: timeline.end * 0.41 }),
        ];
        for (name, view) in views {
            let scale = Scale::of(view, timeline.end, SIZE.0, None);
            let top = layout.height().at(ROW) / 2.0;
            let rows = layout.within(top, top + SIZE.1, ROW);
            let scene =
                Scene { scale: Some(scale), rows, ..Scene::still(&timeline, &layout, None) };
            let mut count = Count { scale, strokes: 0 };
            scene.draw(&mut count);
            let seconds = median_of(ROUNDS, || scene.draw(&mut Count { scale, strokes: 0 }));
            let part = seconds * 1e3 / FRAME * 100.0;
            println!(
                "{name:<34}{spans:>10}{:>10}{:>12.1}{part:>13.1}%",
                count.strokes,
                seconds * 1e6
            );
        }
        let map = median_of(ROUNDS, || {
            drop(Overview::of(&timeline, &layout, None, timeline.end, 500, 24))
        });
        println!(
            "{:<34}{spans:>10}{:>10}{:>12.1}{:>13.1}%",
            "the map",
            "",
            map * 1e6,
            map * 1e5 / FRAME
        );
    }
}

/// Reads, folds and lays out the trace of a service; the second time of one that is ten times as long.
fn opening(tasks: usize) {
    let (events, file) = {
        let document = document(service(tasks, ROUNDS_OF_A_TASK));
        let mut file = Vec::new();
        // Writing to memory does not fail.
        let _ = trace_document::write(&document, &mut file);
        (document.events.len(), file)
    };
    let read = median_of(ROUNDS, || drop(trace_document::read(&file)));
    let Ok(document) = trace_document::read(&file) else { return };
    let fold = median_of(ROUNDS, || drop(timeline(&document.events)));
    let run = timeline(&document.events);
    let rows = median_of(ROUNDS, || drop((Layout::of(&run), Folds::of(&run))));
    let order = median_of(ROUNDS, || drop(Order::new(document.events.clone())));
    println!(
        "\n{:<12}{:>12}{:>10}{:>12}{:>12}{:>12}{:>12}{:>12}",
        "opening", "events", "MB", "read", "fold", "order", "rows", "ns/event"
    );
    println!(
        "{:<12}{events:>12}{:>10.1}{read:>12.3}{fold:>12.3}{order:>12.3}{rows:>12.3}{:>12.0}",
        "seconds",
        file.len() as f64 / 1e6,
        (read + fold + order + rows) * 1e9 / events as f64
    );
}

/// Goes to places of a run, of which the second is ten times as long: to far ones in turn, and one step back and forth.
fn seeking(tasks: [usize; 2]) {
    println!(
        "\n{:<12}{:>12}{:>14}{:>14}{:>14}{:>14}",
        "going to", "events", "first, ms", "far, ms", "worst, ms", "a step, ms"
    );
    for tasks in tasks {
        let order = Order::new(service(tasks, ROUNDS_OF_A_TASK));
        let look = |place: usize| {
            let begin = Moment::now();
            drop(order.shared(place, order.time(place)));
            begin.elapsed().as_secs_f64() * 1e3
        };
        let first = look(order.last());
        // Places that lie far from one another, by steps of the golden section.
        let part = |n: usize| (n as f64 * 0.618_033_988_75).fract();
        let mut far: Vec<f64> =
            (1..60).map(|n| look((part(n) * order.last() as f64) as usize)).collect();
        far.sort_by(f64::total_cmp);
        let mut place = order.last() / 2;
        look(place);
        let mut steps: Vec<f64> = (0..60)
            .map(|n| {
                let next = if n < 30 {
                    order.forward(place, Stride::Step)
                } else {
                    order.back(place, Stride::Step)
                };
                place = next;
                look(place)
            })
            .collect();
        steps.sort_by(f64::total_cmp);
        println!(
            "{:<12}{:>12}{first:>14.1}{:>14.1}{:>14.1}{:>14.2}",
            "a place",
            order.last(),
            far[far.len() / 2],
            far[far.len() - 1],
            steps[steps.len() / 2]
        );
    }
}

/// A service: tasks that come one after the other, sleep, and take turns at a few permits.
fn service(tasks: usize, rounds: usize) -> Vec<Event> {
    let main = move || async move {
        let permits = Semaphore::new(50);
        let task = |n: usize| {
            let permits = permits.clone();
            create_task(async move {
                sleep(n as f64 / 100.0).await?;
                for round in 0..rounds {
                    sleep(((n * 7919 + round * 104_729) % 1000) as f64 / 500.0).await?;
                    let held = permits.acquire().await;
                    sleep(0.01).await?;
                    held?;
                    permits.release();
                }
                Ok(())
            })
        };
        gather((0..tasks).map(task)).await.map(|_: Vec<()>| ())
    };
    let mut run = Run::new(VirtualClock, Trace::on(), main);
    while run.step() != Status::Ended {}
    run.trace().snapshot()
}

fn timeline(events: &[Event]) -> Timeline {
    Timeline::new(events, events.last().map_or(0.0, |event| event.time))
}

fn document(events: Vec<Event>) -> Document {
    let time = events.last().map_or(0.0, |event| event.time);
    Document {
        header: Header { program: Some("service".to_owned()), ..Header::default() },
        events,
        end: Some(End { time, failure: None }),
        ..Document::default()
    }
}

/// Counts strokes.
struct Count<'a> {
    scale: Scale<'a>,
    strokes: usize,
}

impl Pen for Count<'_> {
    fn alpha(&mut self, _: f64) {}

    fn shows(&self, from: f64, to: f64) -> bool {
        self.scale.x(to) - self.scale.x(from) >= 0.1 && self.scale.sees(from, to)
    }

    fn grid(&mut self, _: f64, _: Length) {
        self.strokes += 1;
    }

    fn block(&mut self, _: Across, _: Length, _: Length, _: Colour, _: f64) {
        self.strokes += 1;
    }

    fn outline(&mut self, _: Across, _: Length, _: Length, _: Colour, _: f64) {
        self.strokes += 1;
    }

    fn hatching(&mut self, _: Across, _: Length, _: Length, _: Hatch, _: Colour) {
        self.strokes += 1;
    }

    fn rule(&mut self, _: Across, _: Length, _: f64, _: Dash, _: Colour) {
        self.strokes += 1;
    }

    fn drop(&mut self, _: f64, _: Length, _: Length, _: f64, _: Dash, _: Colour) {
        self.strokes += 1;
    }

    fn tip(&mut self, _: f64, _: Length, _: bool, _: Colour) {
        self.strokes += 1;
    }

    fn steps(&mut self, steps: &[(f64, Length)], _: f64, _: Length, _: Colour) {
        self.strokes += steps.len();
    }

    fn mark(&mut self, _: f64, _: Length, _: Mark, _: Colour) {
        self.strokes += 1;
    }

    fn sign(&mut self, _: f64, _: f64, _: Length, _: &str, _: Colour) {
        self.strokes += 1;
    }

    fn label(&mut self, _: f64, _: f64, _: Length, _: Label) {
        self.strokes += 1;
    }
}
