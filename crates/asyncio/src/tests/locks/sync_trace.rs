//! What the trace says of locks, conditions, barriers and queues.

use super::*;
use trace::{ResourceId, TaskId, Wait};

/// The events of resources, and the waits for them, in a few words each.
fn told(main: impl StdFuture<Output = Result> + 'static) -> Vec<String> {
    let mut run = Run::new(VirtualClock, Trace::on(), || main);
    while run.step() != Status::Ended {}
    assert!(matches!(run.result(), Some(Ok(()))), "{:?}", run.result());
    run.trace().with(|events| events.iter().filter_map(|event| tell(&event.kind)).collect())
}

fn tell(kind: &EventKind) -> Option<String> {
    let number = |id: &ResourceId| id.0;
    let who = |task: &Option<_>| task.map_or("nobody".into(), |task: TaskId| task.0.to_string());
    Some(match kind {
        EventKind::ResourceCreated { id, kind } => format!("{} is {kind:?}", number(id)),
        EventKind::ResourceNamed { id, name } => format!("{} is called {name}", number(id)),
        EventKind::Suspended { task, wait: Wait::Resource { id, op }, .. } => {
            format!("{} waits: {} {}", task.0, op.name(), number(id))
        }
        EventKind::PermitTaken { id, holder, free } => {
            format!("{} takes {}: {free} free", who(holder), number(id))
        }
        EventKind::PermitReturned { id, holder, free } => {
            format!("{} returns {}: {free} free", who(holder), number(id))
        }
        EventKind::FlagSet { id, task } => format!("{} sets {}", who(task), number(id)),
        EventKind::FlagCleared { id, task } => format!("{} clears {}", who(task), number(id)),
        EventKind::Notified { id, task, count } => {
            format!("{} notifies {}: {count}", who(task), number(id))
        }
        EventKind::BarrierChanged { id, task, waiting, broken } => {
            format!("{} changes {}: {waiting} waiting, broken {broken}", who(task), number(id))
        }
        EventKind::QueueShutDown { id, task, immediate } => {
            format!("{} shuts {} down, immediate {immediate}", who(task), number(id))
        }
        _ => return None,
    })
}

#[test]
fn a_lock_is_one_permit() {
    let lines = told(async {
        let lock = Lock::new();
        let tasks = [1.0, 1.0, 5.0].map(|hold| {
            let lock = lock.clone();
            create_task(async move {
                let _guard = lock.enter().await?;
                sleep(hold).await
            })
        });
        sleep(0.5).await?;
        tasks[2].cancel();
        wait(&tasks).await?;
        Ok(())
    });
    assert_eq!(
        lines,
        [
            "0 is Lock",
            "1 takes 0: 0 free",
            "2 waits: acquire 0",
            "3 waits: acquire 0",
            "1 returns 0: 1 free",
            "2 takes 0: 0 free",
            "2 returns 0: 1 free",
        ]
    );
}

#[test]
fn a_condition_has_a_lock_of_its_own_or_a_given_one() {
    let lines = told(async {
        let condition = Condition::new();
        Condition::with_lock(&Lock::new());
        let tasks = [0, 1].map(|_| {
            let condition = condition.clone();
            create_task(async move {
                let _guard = condition.enter().await?;
                condition.wait().await?;
                Ok(())
            })
        });
        sleep(1.0).await?;
        let guard = condition.enter().await?;
        condition.notify(1)?;
        tasks[0].cancel();
        sleep(1.0).await?;
        drop(guard);
        wait(&tasks).await?;
        let _guard = condition.enter().await?;
        condition.notify_all()
    });
    assert_eq!(
        lines,
        [
            "0 is Lock",
            "1 is Condition",
            "2 is Lock",
            "3 is Condition",
            "1 takes 0: 0 free",
            "1 returns 0: 1 free",
            "1 waits: wait 1",
            "2 takes 0: 0 free",
            "2 returns 0: 1 free",
            "2 waits: wait 1",
            "0 takes 0: 0 free",
            "0 notifies 1: 1",
            "1 waits: acquire 0",
            "0 returns 0: 1 free",
            "1 takes 0: 0 free",
            // It was cancelled after it had been notified.
            "1 notifies 1: 1",
            "1 returns 0: 1 free",
            "2 takes 0: 0 free",
            "2 returns 0: 1 free",
            "0 takes 0: 0 free",
            "0 notifies 1: 0",
            "0 returns 0: 1 free",
        ]
    );
}

#[test]
fn a_barrier_is_one_resource() {
    let lines = told(async {
        let barrier = Barrier::new(2)?;
        let party = || {
            let barrier = barrier.clone();
            create_task(async move {
                let _ = barrier.wait().await;
                Ok(())
            })
        };
        wait(&[party(), party()]).await?;
        party();
        sleep(1.0).await?;
        barrier.reset().await?;
        sleep(1.0).await?;
        barrier.abort().await
    });
    assert_eq!(
        lines,
        [
            "0 is Barrier { parties: 2 }",
            "1 changes 0: 1 waiting, broken false",
            "1 waits: wait 0",
            "2 changes 0: 2 waiting, broken false",
            "2 changes 0: 1 waiting, broken false",
            "1 changes 0: 0 waiting, broken false",
            "3 changes 0: 1 waiting, broken false",
            "3 waits: wait 0",
            "0 changes 0: 1 waiting, broken false",
            "3 changes 0: 0 waiting, broken false",
            "0 changes 0: 0 waiting, broken true",
        ]
    );
}

#[test]
fn a_queue_says_when_it_is_shut_down_and_what_was_waited_for() {
    let lines = told(async {
        let (queue, full) = (Queue::new(-1), PriorityQueue::new(1));
        full.put_nowait(0)?;
        create_task(queue.get());
        create_task(full.put(1));
        create_task(full.join());
        sleep(1.0).await?;
        queue.shutdown(false)?;
        full.shutdown(true)?;
        let _: i32 = full.get().await.unwrap_or(0);
        let _: Result = queue.put(0).await;
        Ok(())
    });
    assert_eq!(
        lines,
        [
            "0 is Queue { bound: None }",
            "1 is Queue { bound: Some(1) }",
            "1 waits: get 0",
            "2 waits: put 1",
            "3 waits: join 1",
            "0 shuts 0 down, immediate false",
            "0 shuts 1 down, immediate true",
        ]
    );
}

#[test]
fn a_flag_says_when_it_changes() {
    let lines = told(async {
        let event = Event::new();
        let waiting = create_task(event.wait());
        sleep(1.0).await?;
        event.clear();
        event.set();
        event.set();
        waiting.await?;
        event.clear();
        Ok(())
    });
    assert_eq!(lines, ["0 is Flag", "1 waits: wait 0", "0 sets 0", "0 clears 0"]);
}

#[test]
fn all_of_them_can_be_given_names() {
    let lines = told(async {
        let lock = Lock::new().named("a");
        drop((Condition::with_lock(&lock).named("b"), Event::new().named("c")));
        drop((Semaphore::new(1).named("d"), BoundedSemaphore::new(1).named("e")));
        drop((Barrier::new(1)?.named("f"), PriorityQueue::<u8>::new(0).named("g")));
        drop((SharedValue::new(1).named("h"), Pool::threads(1)?.named("i")));
        Ok(())
    });
    let called: Vec<_> = lines.iter().filter(|line| line.contains("called")).collect();
    let expected = "abcdefghi".chars().enumerate();
    let expected: Vec<_> = expected.map(|(n, name)| format!("{n} is called {name}")).collect();
    assert_eq!(called, expected.iter().collect::<Vec<_>>());
}
