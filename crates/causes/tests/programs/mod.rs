//! Programs that are made up: tasks that sleep, hold the loop, and share locks, semaphores and queues.

use asyncio::*;
use executor::VirtualClock;
use std::rc::Rc;
use trace::{Event, EventKind, Trace};

/// What a task does next; numbers are places among the lengths.
#[derive(Clone, Debug)]
enum Do {
    Sleep(usize),
    Hold(usize),
    Locked(usize),
    Permitted(usize),
    Put,
    Get,
    Within(usize, usize),
}

/// A program.
#[derive(Clone, Debug)]
pub struct Program {
    tasks: Vec<Vec<Do>>,
    grouped: bool,
    /// In seconds. No sum of some is one of others, and all sums are exact: what falls into one moment does so by the
    /// program, not by rounding.
    pub lengths: Vec<f64>,
}

/// Numbers at random, the same for the same seed (a linear congruence, its upper bits).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

impl Program {
    /// One at random.
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(7919) + 17);
        let mut program =
            Program { tasks: Vec::new(), grouped: dice.roll(2) == 0, lengths: Vec::new() };
        for _ in 0..dice.roll(4) + 1 {
            let count = dice.roll(4) + 1;
            let doings = (0..count).map(|_| program.doing(&mut dice)).collect();
            program.tasks.push(doings);
        }
        // As many items as are taken.
        let of = |wanted: fn(&Do) -> bool| {
            move |tasks: &[Vec<Do>]| tasks.iter().flatten().filter(|doing| wanted(doing)).count()
        };
        let (puts, gets) =
            (of(|doing| matches!(doing, Do::Put)), of(|doing| matches!(doing, Do::Get)));
        let missing = gets(&program.tasks).saturating_sub(puts(&program.tasks));
        program.tasks.push(vec![Do::Put; missing]);
        program
    }

    fn doing(&mut self, dice: &mut Dice) -> Do {
        match dice.roll(9) {
            0 => Do::Hold(self.length(dice)),
            1 | 2 => Do::Locked(self.length(dice)),
            3 => Do::Permitted(self.length(dice)),
            4 => Do::Put,
            5 => Do::Get,
            6 => Do::Within(self.length(dice), self.length(dice)),
            _ => Do::Sleep(self.length(dice)),
        }
    }

    /// Another length: each has a binary digit of its own.
    fn length(&mut self, dice: &mut Dice) -> usize {
        let n = self.lengths.len();
        let own = f64::powi(2.0, -14 - i32::try_from(n).expect("there are few"));
        self.lengths.push((dice.roll(40) + 4) as f64 / 8.0 + own);
        n
    }

    /// Which length an event of this program begins: `seconds` is how long it takes.
    pub fn index_of(&self, seconds: f64, event: &Event) -> Option<usize> {
        let begins = match &event.kind {
            EventKind::TimerSet { due, .. } => due - event.time,
            EventKind::Blocked { seconds, .. } => *seconds,
            _ => seconds,
        };
        self.lengths.iter().position(|length| *length == begins)
    }

    /// The lengths, one of them less.
    pub fn shortened(&self, index: usize, by: f64) -> Vec<f64> {
        let mut lengths = self.lengths.clone();
        lengths[index] -= by;
        lengths
    }
}

#[derive(Clone)]
struct World {
    lock: Lock,
    semaphore: Semaphore,
    queue: Queue<()>,
    lengths: Rc<[f64]>,
}

async fn task(doings: Vec<Do>, world: World) -> Result {
    let length = |n: usize| world.lengths[n];
    for doing in doings {
        match doing {
            Do::Sleep(n) => sleep(length(n)).await?,
            Do::Hold(n) => {
                time_sleep(length(n));
                sleep(0.0).await?;
            }
            Do::Locked(n) => {
                world.lock.acquire().await?;
                sleep(length(n)).await?;
                world.lock.release()?;
            }
            Do::Permitted(n) => {
                let _permit = world.semaphore.enter().await?;
                sleep(length(n)).await?;
            }
            Do::Put => world.queue.put(()).await?,
            Do::Get => world.queue.get().await?,
            Do::Within(n, limit) => {
                let _ = wait_for(sleep(length(n)), Some(length(limit))).await;
            }
        }
    }
    Ok(())
}

/// Runs a program with these lengths: its events, and where it ended.
pub fn record(program: &Program, lengths: &[f64]) -> (Vec<Event>, f64) {
    let (program, lengths) = (program.clone(), lengths.into());
    let main = move || async move {
        let (lock, semaphore, queue) = (Lock::new(), Semaphore::new(2), Queue::new(0));
        let world = World { lock, semaphore, queue, lengths };
        let all = program.tasks.into_iter().map(|doings| task(doings, world.clone()));
        if program.grouped {
            gather(all).await?;
        } else {
            for task in all.map(create_task).collect::<Vec<_>>() {
                task.await?;
            }
        }
        Ok(())
    };
    let mut run = Run::new(VirtualClock, Trace::on(), main);
    while run.step() != Status::Ended {}
    (run.trace().snapshot(), run.time())
}
