//! Runs such programs, and counts beside them what must come out right.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

use asyncio::{
    Barrier, Condition, Error, Event, FIRST_COMPLETED, Lock, Queue, Result, Semaphore, Task,
    TaskGroup, create_eager_task, create_task, current_task, gather, shield, sleep, timeout, wait,
    wait_for,
};

use super::program::{OBJECTS, Op};

/// Permits of each semaphore.
pub const PERMITS: [usize; OBJECTS] = [1, 2];

/// What all tasks of a program share.
pub struct Shared {
    semaphores: [Semaphore; OBJECTS],
    locks: [Lock; OBJECTS],
    events: [Event; OBJECTS],
    queues: [Queue<u32>; OBJECTS],
    conditions: [Condition; OBJECTS],
    barriers: Vec<Barrier>,
    tasks: RefCell<Vec<Task<()>>>,
    /// Tasks inside each semaphore, each lock, and at each barrier.
    inside: [Cell<usize>; 3 * OBJECTS],
    /// Items put and not taken yet, in their order.
    items: [RefCell<std::collections::VecDeque<u32>>; OBJECTS],
    put: Cell<u32>,
    /// How often each task was told to have ended.
    pub ended: RefCell<Vec<usize>>,
}

type Body = Pin<Box<dyn Future<Output = Result>>>;

/// The main coroutine; what it shares with others is handed out by `keep`.
pub async fn main(ops: Vec<Op>, keep: Rc<RefCell<Option<Rc<Shared>>>>) -> Result {
    let barriers = [2, 4].map(Barrier::new).into_iter().collect::<Result<_>>()?;
    let shared = Rc::new(Shared {
        semaphores: PERMITS.map(Semaphore::new),
        locks: [(); OBJECTS].map(|()| Lock::new()),
        events: [(); OBJECTS].map(|()| Event::new()),
        queues: [1, 0].map(Queue::new),
        conditions: [(); OBJECTS].map(|()| Condition::new()),
        barriers,
        tasks: RefCell::default(),
        inside: Default::default(),
        items: Default::default(),
        put: Cell::new(0),
        ended: RefCell::default(),
    });
    keep.replace(Some(shared.clone()));
    let result = body(&shared, &ops).await;
    sleep(1.0).await?;
    result
}

fn body(shared: &Rc<Shared>, ops: &[Op]) -> Body {
    let (shared, ops) = (shared.clone(), ops.to_vec());
    Box::pin(async move {
        for op in &ops {
            one(&shared, op).await?;
        }
        Ok(())
    })
}

fn bodies(shared: &Rc<Shared>, all: &[Vec<Op>]) -> Vec<Body> {
    all.iter().map(|ops| body(shared, ops)).collect()
}

/// The same, each of which has what is given back until it has ended.
fn watched(bodies: Vec<Body>) -> (Vec<Body>, Rc<()>) {
    let running = Rc::new(());
    let watch = |body: Body| -> Body {
        let running = running.clone();
        Box::pin(async move {
            let _running = running;
            body.await
        })
    };
    (bodies.into_iter().map(watch).collect(), running)
}

/// Somebody is inside something; at most so many may be.
struct Inside(Rc<Shared>, usize);

impl Inside {
    fn enter(shared: &Rc<Shared>, place: usize, most: usize) -> Self {
        let count = &shared.inside[place];
        count.set(count.get() + 1);
        assert!(count.get() <= most, "{} are where {most} may be", count.get());
        Inside(shared.clone(), place)
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        let count = &self.0.inside[self.1];
        count.set(count.get() - 1);
    }
}

async fn one(shared: &Rc<Shared>, op: &Op) -> Result {
    match op {
        Op::Sleep(tenths) => sleep(f64::from(*tenths) / 10.0).await,
        Op::Permit(n, ops) => {
            let _permit = shared.semaphores[*n].enter().await?;
            let _inside = Inside::enter(shared, *n, PERMITS[*n]);
            body(shared, ops).await
        }
        Op::Lock(n, ops) => {
            let _guard = shared.locks[*n].enter().await?;
            let _inside = Inside::enter(shared, OBJECTS + *n, 1);
            body(shared, ops).await
        }
        Op::Wait(n) => shared.events[*n].wait().await.map(drop),
        Op::Set(n) => {
            shared.events[*n].set();
            Ok(())
        }
        Op::Clear(n) => {
            shared.events[*n].clear();
            Ok(())
        }
        Op::Put(n) => {
            let item = shared.put.replace(shared.put.get() + 1);
            shared.queues[*n].put(item).await?;
            shared.items[*n].borrow_mut().push_back(item);
            Ok(())
        }
        Op::Get(n) => {
            let item = shared.queues[*n].get().await?;
            let first = shared.items[*n].borrow_mut().pop_front();
            assert_eq!(Some(item), first, "an item is lost, doubled, or out of its order");
            shared.queues[*n].task_done()
        }
        Op::Hand(n, task) => {
            let item = shared.put.replace(shared.put.get() + 1);
            if shared.queues[*n].put_nowait(item).is_ok() {
                shared.items[*n].borrow_mut().push_back(item);
            }
            cancel(shared, *task);
            Ok(())
        }
        Op::Join(n) => shared.queues[*n].join().await,
        Op::Await(n) => {
            let _guard = shared.conditions[*n].enter().await?;
            shared.conditions[*n].wait().await.map(drop)
        }
        Op::Notify(n, count) => {
            let _guard = shared.conditions[*n].enter().await?;
            shared.conditions[*n].notify(*count)
        }
        Op::Tell(n, task) => {
            let _guard = shared.conditions[*n].enter().await?;
            shared.conditions[*n].notify(1)?;
            cancel(shared, *task);
            Ok(())
        }
        Op::Meet(n) => {
            let barrier = &shared.barriers[*n];
            let _inside = Inside::enter(shared, 2 * OBJECTS + *n, usize::MAX);
            let (there, come) = (barrier.n_waiting(), shared.inside[2 * OBJECTS + *n].get() - 1);
            assert!(there <= come, "{there} wait at a barrier to which {come} have come");
            barrier.wait().await.map(drop)
        }
        Op::Reset(n) => shared.barriers[*n].reset().await,
        Op::Abort(n) => shared.barriers[*n].abort().await,
        Op::Shutdown(n, at_once) => {
            shared.queues[*n].shutdown(*at_once)?;
            if *at_once {
                shared.items[*n].borrow_mut().clear();
            }
            Ok(())
        }
        Op::Spawn(ops, eager) => {
            spawn(shared, body(shared, ops), *eager);
            Ok(())
        }
        Op::Cancel(n) => {
            cancel(shared, *n);
            Ok(())
        }
        Op::Task(n) => {
            let Some(task) = some_task(shared, *n) else { return Ok(()) };
            let ended = (&task).await;
            if task.done() {
                hears_once(&task).await?;
            }
            ended
        }
        Op::Stillborn => {
            let body = Box::pin(async { panic!("it was cancelled before it began") });
            spawn(shared, body, false).cancel();
            Ok(())
        }
        Op::Quit => {
            if let Some(task) = current_task() {
                task.cancel();
            }
            let rested = sleep(0.1).await;
            assert!(rested.is_err(), "it rests, and has cancelled itself");
            rested
        }
        Op::Gather(all) => {
            let (all, running) = watched(bodies(shared, all));
            let result = gather(all).await.map(drop);
            let left = Rc::strong_count(&running) - 1;
            assert!(result.is_err() || left == 0, "{left} of what was gathered have not ended");
            result
        }
        Op::Group(all) => {
            let (all, running) = watched(bodies(shared, all));
            let result = TaskGroup::scope(async move |group| {
                for body in all {
                    group.create_task(body)?;
                }
                Ok(())
            })
            .await;
            let left = Rc::strong_count(&running) - 1;
            assert_eq!(left, 0, "a group is left before its tasks have ended");
            result
        }
        Op::First(all) => {
            let tasks: Vec<_> =
                bodies(shared, all).into_iter().map(|body| spawn(shared, body, false)).collect();
            wait(&tasks).return_when(FIRST_COMPLETED).await.map(drop)
        }
        Op::WaitFor(tenths, ops) => {
            wait_for(body(shared, ops), Some(f64::from(*tenths) / 10.0)).await
        }
        Op::Timeout(tenths, ops) => {
            let inside = body(shared, ops);
            timeout(Some(f64::from(*tenths) / 10.0)).scope(async move |_| inside.await).await
        }
        Op::Shield(ops) => shield(spawn(shared, body(shared, ops), false)).await,
        Op::Catch(ops) => {
            let _caught = body(shared, ops).await;
            Ok(())
        }
        Op::Raise => Err(Error::new("ValueError", "raised")),
    }
}

fn cancel(shared: &Shared, n: usize) {
    if let Some(task) = some_task(shared, n) {
        task.cancel();
    }
}

/// A callback of a task that has ended is called, once, and soon.
async fn hears_once(task: &Task<()>) -> Result {
    let heard = Rc::new(Cell::new(0));
    let counted = heard.clone();
    task.add_done_callback(move |_| counted.set(counted.get() + 1));
    sleep(0.0).await?;
    assert_eq!(heard.get(), 1, "so often a task that had ended was heard of");
    Ok(())
}

fn some_task(shared: &Shared, n: usize) -> Option<Task<()>> {
    let tasks = shared.tasks.borrow();
    (!tasks.is_empty()).then(|| tasks[n % tasks.len()].clone())
}

/// Makes a task, and counts how often it ends.
fn spawn(shared: &Rc<Shared>, body: Body, eager: bool) -> Task<()> {
    let place = shared.ended.borrow().len();
    shared.ended.borrow_mut().push(0);
    let task = if eager { create_eager_task(body, None) } else { create_task(body) };
    let counted = shared.clone();
    task.add_done_callback(move |_| counted.ended.borrow_mut()[place] += 1);
    shared.tasks.borrow_mut().push(task.clone());
    task
}
