//! Timelines of programs that do anything in any order: always sound, and the same however they come about.

use crate::random::Random;
use asyncio::*;
use executor::VirtualClock;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use timeline::{FlowKind, Fold, State, Timeline};
use trace::{Event, Trace};

/// Programs that are made.
const PROGRAMS: u64 = 400;

/// What the tasks of a program have in common.
struct World {
    random: Random,
    /// How many more tasks may be created.
    room: Cell<usize>,
    tasks: RefCell<Vec<Task<()>>>,
    lock: Lock,
    permits: Semaphore,
    queue: Queue<usize>,
}

impl World {
    /// A few quarters of a second.
    fn seconds(&self) -> f64 {
        self.random.below(5) as f64 / 4.0
    }

    fn any_task(&self) -> Option<Task<()>> {
        let tasks = self.tasks.borrow();
        (!tasks.is_empty()).then(|| tasks[self.random.below(tasks.len())].clone())
    }
}

/// A few operations in any order; what they raise is sometimes passed on.
async fn body(world: Rc<World>) -> Result {
    for _ in 0..world.random.below(7) {
        if let Err(error) = operation(&world).await
            && (error.is_cancelled() || world.random.below(3) == 0)
        {
            return Err(error);
        }
    }
    Ok(())
}

async fn operation(world: &Rc<World>) -> Result {
    match world.random.below(16) {
        0 | 1 => sleep(world.seconds()).await,
        2 => {
            time_sleep(world.seconds());
            Ok(())
        }
        3..6 if world.room.get() > 0 => {
            world.room.set(world.room.get() - 1);
            let task = create_task(Coro::new("body", body(world.clone())));
            world.tasks.borrow_mut().push(task);
            Ok(())
        }
        6 => {
            if let Some(task) = world.any_task() {
                task.cancel();
            }
            Ok(())
        }
        7 => match world.any_task() {
            Some(task) => wait_for(shield(task), Some(world.seconds())).await,
            None => Ok(()),
        },
        8 => {
            let _held = world.lock.enter().await?;
            sleep(world.seconds()).await
        }
        9 => world.permits.acquire().await.map(|_| ()),
        10 => {
            world.permits.release();
            Ok(())
        }
        11 => world.queue.put(world.random.below(9)).await,
        12 => wait_for(world.queue.get(), Some(world.seconds())).await.map(|_| ()),
        13 => {
            let seconds = world.seconds();
            to_thread(move |thread| async move { thread.sleep(seconds).await }).await
        }
        14 => {
            let (delay, seconds) = (world.seconds(), world.seconds());
            call_later(delay, move || time_sleep(seconds));
            Ok(())
        }
        _ => {
            print("here");
            Err(Error::new("ValueError", "nothing but a test"))
        }
    }
}

/// The events of a program, and where it ended.
fn run(seed: u64) -> (Vec<Event>, f64) {
    let mut run = Run::new(VirtualClock, Trace::on(), || async move {
        let world = Rc::new(World {
            random: Random::new(seed),
            room: Cell::new(20),
            tasks: RefCell::default(),
            lock: Lock::new(),
            permits: Semaphore::new(1),
            queue: Queue::new(2),
        });
        for _ in 0..4 {
            body(world.clone()).await?;
        }
        sleep(1.0).await
    });
    while run.step() != Status::Ended {}
    (run.trace().snapshot(), run.time())
}

#[test]
fn every_prefix_of_any_program_has_a_sound_timeline_that_pushing_gives_too() {
    for seed in 0..PROGRAMS {
        let (events, end) = run(seed);
        let mut fold = Fold::default();
        for (n, event) in events.iter().enumerate() {
            fold.push(event);
            // Looked at now and then: what is shown in between must leave no trace.
            if n % 7 == seed as usize % 7 {
                let now = event.time + n as f64 % 3.0;
                let timeline = fold.see(now);
                assert_eq!(timeline.check(), Ok(()), "program {seed} after {n} events at {now}");
                assert_eq!(timeline, &Timeline::new(&events[..=n], now), "{seed}, {n}");
            }
        }
        assert_eq!(fold.finish(end), Timeline::new(&events, end), "program {seed}");
    }
}

#[test]
fn every_moment_of_any_program_has_a_sound_timeline() {
    for seed in 0..PROGRAMS {
        let (events, end) = run(seed);
        for part in 0..=10 {
            let now = end * f64::from(part) / 10.0;
            let timeline = Timeline::until(&events, now);
            assert_eq!((timeline.check(), timeline.end), (Ok(()), now), "program {seed} at {now}");
        }
    }
}

#[test]
fn such_programs_do_all_that_there_is_to_draw() {
    let timelines: Vec<Timeline> = (0..PROGRAMS)
        .map(|seed| {
            let (events, end) = run(seed);
            Timeline::new(&events, end)
        })
        .collect();
    let spans = || timelines.iter().flat_map(|run| &run.tasks).flat_map(|lane| &lane.spans);
    for state in [State::Ready, State::Running, State::Blocking, State::Due] {
        let lasting = spans().any(|span| span.state == state && span.seconds() > 0.0);
        assert!(lasting || state == State::Running, "{state:?}");
    }
    let flows = |kind| timelines.iter().flat_map(|run| &run.flows).any(|flow| flow.kind == kind);
    let kinds = [FlowKind::Created, FlowKind::Woke, FlowKind::Cancelled, FlowKind::Raised];
    assert!(kinds.into_iter().all(flows));
    let resources = || timelines.iter().flat_map(|run| &run.resources);
    assert!(resources().any(|lane| lane.slots() > Some(1) && !lane.is_pool()), "an extra permit");
    assert!(resources().any(|lane| lane.waiting.iter().any(|(_, tasks)| *tasks > 1)));
    assert!(resources().any(|lane| lane.is_pool() && !lane.holds.is_empty()));
    assert!(timelines.iter().any(|run| run.held.iter().any(|held| held.by.is_none())));
}
