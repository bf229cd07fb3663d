use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

const POEM: [&str; 8] = [
    "one task waits and one task runs",
    "the loop goes round and round",
    "and who has waited long enough",
    "is woken by a sound",
    "of one who puts an item down",
    "and gives the loop its turn",
    "so wait and give and wait again",
    "for everyone to learn",
];
const LOG: [&str; 6] = [
    "GET /index 200",
    "GET /list 200",
    "POST /item 500",
    "GET /index 304",
    "POST /item 201",
    "GET /item 200",
];

struct File {
    lines: &'static [&'static str],
    place: Cell<usize>,
}

impl File {
    fn read(&self, most: usize) -> &'static [&'static str] {
        let rest = &self.lines[self.place.get()..];
        let block = &rest[..most.min(rest.len())];
        self.place.set(self.place.get() + block.len());
        block
    }
}

fn lines_of(file: Rc<File>, args: Args) -> AsyncGenerator<&'static str> {
    let (trip, line) = (args.float("TRIP"), args.float("LINE"));
    async_generator("lines_of", async move |lines| {
        let size = if args.choice("WAY") == "block" { args.count("BLOCK") } else { 1 };
        loop {
            let block = if args.choice("WAY") == "blocking" {
                let block = file.read(size);
                time_sleep(trip + line * block.len() as f64);
                block
            } else {
                let file = file.clone();
                let read = move |thread: Thread| async move {
                    let block = file.read(size);
                    thread.sleep(trip + line * block.len() as f64).await?;
                    Ok(block)
                };
                to_thread(read).await?
            };
            if block.is_empty() {
                return Ok(());
            }
            for line in block {
                lines.yield_(*line).await?;
            }
        }
    })
}

async fn heartbeat() -> Result {
    loop {
        sleep(0.32).await?;
        print("heartbeat");
    }
}

/// Python's `Counter`: words in the order in which they first came, with how often.
#[derive(Default)]
struct Counter(Vec<(&'static str, usize)>);

impl Counter {
    fn update(&mut self, line: &'static str) {
        for word in line.split_whitespace() {
            match self.0.iter_mut().find(|(known, _)| *known == word) {
                Some((_, times)) => *times += 1,
                None => self.0.push((word, 1)),
            }
        }
    }

    fn total(&self) -> usize {
        self.0.iter().map(|(_, times)| times).sum()
    }

    /// The first of those that came most often.
    fn most_common(&self) -> (&'static str, usize) {
        let mut most = ("", 0);
        for &(word, times) in &self.0 {
            if times > most.1 {
                most = (word, times);
            }
        }
        most
    }
}

pub async fn main(args: Args) -> Result {
    let text: &[&str] = if args.choice("TEXT") == "poem" { &POEM } else { &LOG };
    let beat = create_task_named(heartbeat(), "heartbeat");
    let mut lines = 0;
    let mut words = Counter::default();
    let source = lines_of(Rc::new(File { lines: text, place: Cell::new(0) }), args);
    while let Some(line) = source.next().await? {
        lines += 1;
        words.update(line);
    }
    beat.cancel();
    print(format!("{lines} lines, {} words, {} different", words.total(), words.0.len()));
    let (word, times) = words.most_common();
    print(format!("most often: {word}, {times} times"));
    Ok(())
}
