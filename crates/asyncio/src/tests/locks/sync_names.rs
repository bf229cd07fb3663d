//! What the coroutines of locks and queues are called.

use super::*;

fn show<T: 'static>(coroutine: Coro<T>) {
    print(coroutine.name().unwrap_or("no name"));
    let _ = coroutine.close();
}

#[test]
fn coroutines_have_the_names_of_their_functions() {
    check(
        r#"
async def main():
    def show(coroutine):
        print(coroutine.__qualname__)
        coroutine.close()
    for lock in (asyncio.Lock(), asyncio.Condition(), asyncio.Semaphore(), asyncio.BoundedSemaphore()):
        show(lock.acquire())
        show(lock.__aenter__())
    show(asyncio.Condition().wait())
    show(asyncio.Condition().wait_for(lambda: True))
    show(asyncio.Event().wait())
    barrier = asyncio.Barrier(1)
    show(barrier.wait())
    show(barrier.__aenter__())
    show(barrier.reset())
    show(barrier.abort())
    for queue in (asyncio.Queue(), asyncio.LifoQueue(), asyncio.PriorityQueue()):
        show(queue.put(1))
        show(queue.get())
        show(queue.join())
"#,
        &[
            "0.0 Lock.acquire",
            "0.0 _ContextManagerMixin.__aenter__",
            "0.0 Lock.acquire",
            "0.0 _ContextManagerMixin.__aenter__",
            "0.0 Semaphore.acquire",
            "0.0 _ContextManagerMixin.__aenter__",
            "0.0 Semaphore.acquire",
            "0.0 _ContextManagerMixin.__aenter__",
            "0.0 Condition.wait",
            "0.0 Condition.wait_for",
            "0.0 Event.wait",
            "0.0 Barrier.wait",
            "0.0 Barrier.__aenter__",
            "0.0 Barrier.reset",
            "0.0 Barrier.abort",
            "0.0 Queue.put",
            "0.0 Queue.get",
            "0.0 Queue.join",
            "0.0 Queue.put",
            "0.0 Queue.get",
            "0.0 Queue.join",
            "0.0 Queue.put",
            "0.0 Queue.get",
            "0.0 Queue.join",
        ],
        async {
            let (lock, condition) = (Lock::new(), Condition::new());
            show(lock.acquire());
            show(lock.enter());
            show(condition.acquire());
            show(condition.enter());
            let (semaphore, bounded) = (Semaphore::new(1), BoundedSemaphore::new(1));
            show(semaphore.acquire());
            show(semaphore.enter());
            show(bounded.acquire());
            show(bounded.enter());
            show(condition.wait());
            show(condition.wait_for(|| true));
            show(Event::new().wait());
            let barrier = Barrier::new(1)?;
            show(barrier.wait());
            show(barrier.enter());
            show(barrier.reset());
            show(barrier.abort());
            let (lifo, priority) = (LifoQueue::new(0), PriorityQueue::new(0));
            for queue in [Queue::new(0), Queue::clone(&lifo), Queue::clone(&priority)] {
                show(queue.put(1));
                show(queue.get());
                show(queue.join());
            }
            Ok(())
        },
    );
}

#[test]
fn one_that_enters_unawaited_is_reported_once() {
    let mut run = Run::new(VirtualClock, Trace::on(), || async {
        drop(Lock::new().enter());
        drop(Semaphore::new(1).enter());
        drop(Barrier::new(1)?.enter());
        Ok(())
    });
    while run.step() != Status::Ended {}
    let logged: Vec<String> = run.trace().with(|events| {
        let logged = events.iter().filter_map(|event| match &event.kind {
            EventKind::Logged { log, .. } => Some(log.message.to_string()),
            _ => None,
        });
        logged.collect()
    });
    let never = |name| format!("coroutine '{name}' was never awaited");
    let entering = never("_ContextManagerMixin.__aenter__");
    assert_eq!(logged, [entering.clone(), entering, never("Barrier.__aenter__")]);
}
