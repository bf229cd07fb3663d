//! What the traces of the examples say: the queues of the loop, and the same after writing and reading.

use asyncio::{RunError, Status};
use examples::{CATALOGUE, Example};
use executor::VirtualClock;
use timeline::Timeline;
use trace::{Queues, Ready, Trace};
use trace_document::{Document, End, Failure, Header, read, write};

/// Handles that a run may take: as on the page.
const BUDGET: u64 = 250_000;

/// The trace of an example with its defaults, as a document.
fn document(example: &Example) -> Document {
    let recorded = run::instant(example, &example.defaults(), BUDGET);
    let failure = recorded.error.map(|error| match error {
        RunError::Raised(error) => {
            Failure::Raised { type_name: error.type_name().into(), text: error.to_string().into() }
        }
        RunError::Stuck(stuck) => {
            Failure::Stuck { blocked: stuck.blocked.iter().map(|blocked| blocked.task).collect() }
        }
        RunError::TooLong { .. } => Failure::Cut,
    });
    let header = Header { program: Some(example.id.to_owned()), ..Header::default() };
    let end = Some(End { time: recorded.end, failure });
    Document { header, events: recorded.events, end, ..Document::default() }
}

fn written(document: &Document) -> Vec<u8> {
    let mut file = Vec::new();
    write(document, &mut file).expect("a Vec takes all");
    file
}

#[test]
fn ready_queue_and_timers_can_be_had_from_the_trace_after_every_handle() {
    for example in CATALOGUE {
        let trace = Trace::on();
        let values = example.defaults();
        let mut run = run::begin(example, &values, BUDGET, VirtualClock, trace.clone());
        let (mut queues, mut taken, mut longest) = (Queues::default(), 0, 0);
        let mut status = Status::Ran;
        while status != Status::Ended {
            status = run.step();
            let (ready, timers) = (run.ready(), run.timers());
            trace.since(taken).iter().for_each(|event| queues.apply(event));
            taken = trace.len();
            if status == Status::Ended {
                // What is freed at the end leaves the queues without a word.
                break;
            }
            let told: Vec<Ready> = queues.ready().collect();
            assert_eq!(told, ready, "{}: ready after {taken} events", example.id);
            let told: Vec<_> = queues.timers().collect();
            assert_eq!(told, timers, "{}: timers after {taken} events", example.id);
            longest = longest.max(ready.len() + timers.len());
        }
        assert!(longest > 0, "{}: something was ready at some time", example.id);
    }
}

#[test]
fn what_is_written_is_read_for_every_example() {
    for example in CATALOGUE {
        let document = document(example);
        let file = written(&document);
        let read = read(&file).unwrap_or_else(|broken| panic!("{}: {broken}", example.id));
        assert_eq!(read, document, "{}", example.id);
        assert_eq!(written(&read), file, "{}", example.id);
        let end = document.end.as_ref().map_or(0.0, |end| end.time);
        let (direct, again) =
            (Timeline::new(&document.events, end), Timeline::new(&read.events, end));
        assert_eq!(direct, again, "{}", example.id);
    }
}

/// A small generator (SplitMix64): the same numbers in every run of the tests.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// What may stand where a value stood.
const VALUES: [&str; 22] = [
    "null",
    "true",
    "-1",
    "0",
    "1",
    "7",
    "1.5",
    "1e300",
    "1e999",
    "-0.0",
    "NaN",
    "Infinity",
    "18446744073709551615",
    "99999999999999999999999",
    "\"\"",
    "\"x\"",
    "\"inf\"",
    "\"nan\"",
    "[]",
    "[[]]",
    "{}",
    "[0,1,2,3]",
];

/// The places of the values of a line, roughly: what follows a colon.
fn values(line: &str) -> Vec<(usize, usize)> {
    let colons = line.match_indices(':').map(|(at, _)| at + 1);
    let end = |from: usize| line[from..].find([',', '}']).map(|end| (from, from + end));
    colons.filter_map(end).collect()
}

/// Breaks a file in one way, sometimes in several.
fn break_up(random: &mut Random, file: &str) -> Vec<u8> {
    let mut lines: Vec<String> = file.lines().map(str::to_owned).collect();
    for _ in 0..=random.below(3) {
        let (n, other) = (random.below(lines.len()), random.below(lines.len()));
        match random.below(10) {
            // Another value, or another kind of value.
            0..3 => {
                let places = values(&lines[n]);
                // A line that has been broken before may have none.
                if !places.is_empty() {
                    let (from, to) = places[random.below(places.len())];
                    lines[n].replace_range(from..to, random.of(&VALUES));
                }
            }
            // Numbers swapped.
            3 => {
                let (a, b) = (random.below(5).to_string(), random.below(5).to_string());
                let swapped = |line: &String| {
                    let line = line.replace(&format!("\"task\":{a}"), "\"task\":@");
                    let line = line.replace(&format!("\"task\":{b}"), &format!("\"task\":{a}"));
                    line.replace('@', &b)
                };
                lines = lines.iter().map(swapped).collect();
            }
            // Lines out of order, twice, or not there.
            4 => lines.swap(n, other),
            5 => lines.insert(other, lines[n].clone()),
            6 => drop((lines.len() > 1).then(|| lines.remove(n))),
            // A field that is not there, or of another name.
            7 => {
                let fields: Vec<usize> = lines[n].match_indices(",\"").map(|(at, _)| at).collect();
                if !fields.is_empty() {
                    let at = fields[random.below(fields.len())] + 2;
                    lines[n].insert_str(at, random.of(&["x", "un", "\\u0000", "\""]));
                }
            }
            // Deep nesting.
            8 => {
                let deep = random.of(&["[", "{\"a\":", "[{\"t\":"]).repeat(10_000);
                let at = lines[n].rfind('}').unwrap_or(0);
                lines[n].insert_str(at, &format!(",\"deep\":{deep}"));
            }
            _ => lines[n] = random.of(&["", "{}", "[]", "null", "\u{0}", "{\"e\":\"x\"}"]).into(),
        }
    }
    let mut bytes = (lines.join("\n") + "\n").into_bytes();
    match random.below(4) {
        // Cut off.
        0 => bytes.truncate(random.below(bytes.len())),
        // Bytes that are other bytes.
        1 => {
            for _ in 0..=random.below(4) {
                let at = random.below(bytes.len());
                bytes[at] = random.below(256) as u8;
            }
        }
        _ => {}
    }
    bytes
}

#[test]
fn a_broken_file_is_opened_or_told_and_never_a_panic() {
    let example = examples::find("queue-backpressure").expect("it is in the catalogue");
    let file = String::from_utf8(written(&document(example))).expect("text");
    let (mut opened, mut told) = (0, 0);
    for seed in 0..1500 {
        let broken = break_up(&mut Random(seed), &file);
        let (document, end) = match read(&broken) {
            Ok(document) => {
                opened += 1;
                let end = document.end.as_ref().map_or(0.0, |end| end.time);
                (document, end)
            }
            Err(broken) => {
                told += 1;
                assert!(broken.line > 0 && !broken.reason.is_empty(), "variant {seed}");
                (*broken.until, 0.0)
            }
        };
        // What could be read can be shown, and written.
        let timeline = Timeline::new(&document.events, end);
        assert_eq!(timeline.check(), Ok(()), "variant {seed}");
        let again = read(&written(&document)).unwrap_or_else(|broken| panic!("{seed}: {broken}"));
        assert_eq!(again.events.len(), document.events.len(), "variant {seed}");
    }
    assert!(opened > 200 && told > 500, "both come about: {opened} opened, {told} told");
}

#[test]
fn megabytes_of_nothing_are_told() {
    let header = written(&Document::default());
    let size = 8_000_000;
    for (fill, line) in
        [(b' ', None), (b'\n', None), (b'\0', Some(2)), (b'[', Some(2)), (b'x', Some(2))]
    {
        let mut file = header.clone();
        file.resize(size, fill);
        let broken = read(&file).err().map(|broken| broken.line);
        assert_eq!(broken, line, "{fill}");
        assert_eq!(read(&file[header.len()..]).err().map(|broken| broken.line), Some(1), "{fill}");
    }
}
