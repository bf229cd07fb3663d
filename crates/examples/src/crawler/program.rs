use crate::Args;
use asyncio::*;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

const PORT: u16 = 8808;
const SITE: i64 = 30;

#[called_with(reader, writer)]
async fn serve(reader: StreamReader, writer: StreamWriter, number: usize, seed: i64) -> Result {
    if let Some(task) = current_task() {
        task.set_name(&format!("server-{number}"));
    }
    loop {
        let line = reader.readline().await?;
        if line.is_empty() {
            break;
        }
        let page = numbers(&line).first().copied().unwrap_or_default();
        sleep(0.2 + 0.1 * (page % 4) as f64).await?;
        let site: Vec<i64> = (0..SITE).collect();
        let links = Random::new(1000 * seed + page).sample(&site, 3)?;
        let links: Vec<String> = links.iter().map(i64::to_string).collect();
        writer.write(links.join(" ") + "\n")?;
        writer.drain().await?;
    }
    writer.close();
    writer.wait_closed().await
}

/// The whole numbers in a line.
fn numbers(line: &[u8]) -> Vec<i64> {
    let line = String::from_utf8_lossy(line);
    line.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}

#[derive(Clone)]
struct Crawler {
    mode: &'static str,
    workers: usize,
    max_pages: usize,
    max_depth: i64,
    connections: Queue<(StreamReader, StreamWriter)>,
    seen: Rc<RefCell<BTreeSet<i64>>>,
    fetched: Rc<Cell<usize>>,
}

impl Crawler {
    fn wants(&self, page: i64) -> bool {
        let seen = self.seen.borrow();
        !seen.contains(&page) && seen.len() < self.max_pages
    }

    async fn fetch(&self, page: i64, depth: i64) -> Result<Vec<i64>> {
        let (reader, writer) = self.connections.get().await?;
        print(format!("page {page}, depth {depth}"));
        writer.write(format!("{page}\n"))?;
        let links = reader.readline().await?;
        self.connections.put_nowait((reader, writer))?;
        self.fetched.set(self.fetched.get() + 1);
        Ok(numbers(&links))
    }

    #[called_with(page, depth)]
    fn recurse(self, page: i64, depth: i64) -> Coro<()> {
        Coro::new("recurse", async move {
            if !self.wants(page) {
                return Ok(());
            }
            let links = self.fetch(page, depth).await?;
            self.seen.borrow_mut().insert(page);
            if depth == self.max_depth {
                return Ok(());
            }
            let children = links.into_iter().map(|link| self.clone().recurse(link, depth + 1));
            if self.mode == "sequential" {
                for child in children {
                    child.await?;
                }
            } else {
                gather(children).await?;
            }
            Ok(())
        })
    }

    #[called_with(queue)]
    async fn worker(self, queue: Queue<(i64, i64)>) -> Result {
        loop {
            let (page, depth) = queue.get().await?;
            for link in self.fetch(page, depth).await? {
                if depth < self.max_depth && self.wants(link) {
                    self.seen.borrow_mut().insert(link);
                    queue.put_nowait((link, depth + 1))?;
                }
            }
            queue.task_done()?;
        }
    }

    async fn employ_workers(&self) -> Result {
        self.seen.borrow_mut().insert(0);
        let queue = Queue::new(0).named("queue");
        queue.put_nowait((0, 0))?;
        let working = TaskGroup::scope(async |group| {
            let mut workers = Vec::new();
            for number in 0..self.workers {
                let coroutine = self.clone().worker(queue.clone());
                workers.push(group.create_task_named(coroutine, format!("worker-{number}"))?);
            }
            queue.join().await?;
            for task in workers {
                task.cancel();
            }
            Ok(())
        });
        working.await
    }
}

pub async fn main(args: Args) -> Result {
    let seed = args.int("SEED");
    let crawler = Crawler {
        mode: args.choice("MODE"),
        workers: args.count("WORKERS"),
        max_pages: args.count("MAX_PAGES"),
        max_depth: args.int("MAX_DEPTH"),
        connections: Queue::new(0).named("connections"),
        seen: Rc::default(),
        fetched: Rc::default(),
    };

    let connected = Cell::new(0);
    let accept = move |reader, writer| {
        connected.set(connected.get() + 1);
        serve(reader, writer, connected.get(), seed)
    };
    let server = start_server(accept, "127.0.0.1", PORT).await?;
    let crawling = server.scope(async |_| {
        for _ in 0..crawler.workers {
            let connection = open_connection("127.0.0.1", PORT).await?;
            crawler.connections.put_nowait(connection)?;
        }
        if crawler.mode == "workers" {
            crawler.employ_workers().await?;
        } else {
            crawler.clone().recurse(0, 0).await?;
        }
        while !crawler.connections.empty() {
            crawler.connections.get_nowait()?.1.close();
        }
        Ok(())
    });
    crawling.await?;
    let (fetched, different) = (crawler.fetched.get(), crawler.seen.borrow().len());
    print(format!("{fetched} fetched, {different} different, limit {}", crawler.max_pages));
    Ok(())
}
