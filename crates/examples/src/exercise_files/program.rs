use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

type File = (&'static str, f64, usize);

// No two threads touch the total within 0.01 s of one another, however many workers there are: what gets lost is no
// matter of luck.
const FILES: [File; 8] = [
    ("notes", 0.49, 310),
    ("diary", 0.5, 120),
    ("draft", 0.91, 540),
    ("poems", 0.31, 75),
    ("essay", 0.69, 260),
    ("index", 0.3, 45),
    ("novel", 1.0, 900),
    ("memo", 0.4, 30),
];

#[derive(Clone)]
struct Counting {
    read: &'static str,
    add_up: &'static str,
    pool: Pool,
    total: Rc<Cell<usize>>,
}

impl Counting {
    async fn read_and_count(self, thread: Thread, seconds: f64, words: usize) -> Result<usize> {
        thread.sleep(seconds).await?;
        if self.add_up == "in-thread" {
            let before = self.total.get();
            thread.sleep(0.05).await?;
            self.total.set(before + words);
        }
        Ok(words)
    }

    fn read_and_count_in_loop(&self, seconds: f64, words: usize) -> usize {
        time_sleep(seconds);
        if self.add_up == "in-thread" {
            let before = self.total.get();
            time_sleep(0.05);
            self.total.set(before + words);
        }
        words
    }

    async fn count(&self, (name, seconds, words): File) -> Result<usize> {
        let counting = self.clone();
        let job = move |thread| counting.read_and_count(thread, seconds, words);
        let words = match self.read {
            "in-loop" => self.read_and_count_in_loop(seconds, words),
            "to_thread" => {
                to_thread(job).await? //
            }
            _ => {
                run_in_executor(&self.pool, job)?.await? //
            }
        };
        print(format!("{name}: {words} words"));
        Ok(words)
    }

    #[called_with(file.0, self.pool)]
    async fn add_file(self, file: File) -> Result {
        match self.add_up {
            "in-thread" => {
                self.count(file).await?;
            }
            "in-one-line" => {
                // Python, too, reads the old total before it awaits.
                self.total.set(self.total.get() + self.count(file).await?);
            }
            _ => {
                let words = self.count(file).await?;
                self.total.set(self.total.get() + words);
            }
        }
        Ok(())
    }
}

async fn heartbeat() -> Result {
    loop {
        sleep(0.1).await?;
    }
}

pub async fn main(args: Args) -> Result {
    let (read, add_up) = (args.choice("READ"), args.choice("ADD_UP"));
    let workers = args.count("WORKERS");

    let total = Rc::new(Cell::new(0));
    let beating = create_task_named(heartbeat(), "heartbeat");
    let pool = Pool::threads(workers)?.named("pool");
    let counting = Counting { read, add_up, pool: pool.clone(), total: total.clone() };
    let counted = TaskGroup::scope(|group| async move {
        for file in FILES {
            group.create_task_named(counting.clone().add_file(file), file.0)?;
        }
        Ok(())
    })
    .await;
    pool.shutdown(true, false).await?;
    counted?;
    print(format!("total: {} words", total.get()));
    beating.cancel();
    Ok(())
}
