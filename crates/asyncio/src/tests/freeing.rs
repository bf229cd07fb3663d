//! Dropping a run, at any moment, frees everything that its coroutines hold.

use super::*;
use std::rc::{Rc, Weak};

/// Uses every kind of object, each holding on to `value`, in reference cycles where it can.
async fn everything(value: Rc<()>) -> Result {
    let held = || value.clone();
    let permits = Semaphore::new(1);
    let queue = Queue::new(1);
    let event = Event::new();
    let (condition, barrier) = (Condition::new(), Barrier::new(4)?);
    let priorities = PriorityQueue::ordered_by(3, {
        let value = held();
        move |_: &Rc<()>, _: &Rc<()>| Ok(Rc::strong_count(&value) == 0)
    });
    let mut tasks = Vec::new();
    for n in 0..3 {
        let (value, permits, queue, event) =
            (held(), permits.clone(), queue.clone(), event.clone());
        tasks.push(create_task(async move {
            let _permit = permits.enter().await?;
            sleep(1.0).await?;
            queue.put(value.clone()).await?;
            let got = wait_for(queue.get(), Some(2.0)).await?;
            call_later(0.5, move || drop(got));
            if n == 1 {
                event.wait().await?;
            }
            Ok(value)
        }));
    }
    for task in &tasks {
        // A callback that holds the task whose callback it is.
        let (own, value) = (task.clone(), held());
        task.add_done_callback(move |_| drop((own, value)));
    }
    let all = gather(tasks.clone());
    let (own, kept) = (all.clone(), held());
    all.add_done_callback(move |_| drop((own, kept)));
    let (waited, kept) = (tasks.clone(), held());
    create_task(async move {
        let done = wait(&waited).timeout(2.0).await?;
        create_future::<()>().await?;
        drop((done, kept));
        Ok(())
    });
    for n in 0..6 {
        let (value, condition) = (held(), condition.clone());
        let (barrier, priorities) = (barrier.clone(), priorities.clone());
        create_task(async move {
            let kept = value.clone();
            match n % 3 {
                0 => {
                    priorities.put(value.clone()).await?;
                    priorities.put(value.clone()).await?;
                }
                1 => {
                    let _guard = condition.enter().await?;
                    condition.wait_for(move || Rc::strong_count(&kept) == 0).await?;
                }
                _ => drop(barrier.wait().await?),
            }
            Ok(value)
        });
    }
    let victim = tasks[2].clone();
    call_later(2.5, move || {
        victim.cancel();
    });
    let _ = wait_for(all.clone(), Some(7.0)).await;
    sleep(1.0).await?;
    scopes(value.clone()).await?;
    drop((value, all));
    Ok(())
}

/// The same for what encloses and iterates.
async fn scopes(value: Rc<()>) -> Result {
    let held = || value.clone();
    let sleeper = |delay: f64| {
        let value = held();
        async move { sleep(delay).await.map(|()| value) }
    };
    let shielded = create_task(sleeper(2.0));
    let deadline = timeout(Some(1.0));
    let (inside, inner) = (deadline.clone(), shielded.clone());
    let late =
        deadline.scope(async |_| shield(inner).await.map(|value| drop((inside, value)))).await;
    assert!(late.is_err());
    for coroutine in as_completed([sleeper(1.0), sleeper(3.0)]).timeout(2.0) {
        let _ = coroutine.await;
    }
    // Neither ever ends.
    let (own, kept) = (as_completed([create_future::<()>()]).timeout(9.0), held());
    let iterator = own.clone();
    create_task(async move { iterator.anext().await.map(|done| drop((own, kept, done))) });
    let never = shield(create_future::<()>());
    let (own, kept) = (never.clone(), held());
    never.add_done_callback(move |_| drop((own, kept)));
    let kept = held();
    let failed = TaskGroup::scope(async |group| {
        let (own, value) = (group.clone(), held());
        group.create_task(async move { sleep(9.0).await.map(|()| drop((own, value))) })?;
        group.create_task(sleeper(1.0))?;
        group.create_task(failing(2.0))?;
        sleep(9.0).await
    });
    assert!(failed.await.is_err());
    drop((value, kept));
    Ok(())
}

fn run_of(value: Rc<()>) -> Run<()> {
    Run::new(VirtualClock, Trace::on(), || everything(value))
}

#[test]
fn after_any_number_of_steps() {
    let mut whole = run_of(Rc::new(()));
    let mut steps = 0;
    while whole.step() == Status::Ran {
        steps += 1;
    }
    assert!(whole.result().is_some_and(|result| result.is_ok()));
    for stop in 0..=steps {
        let value = Rc::new(());
        let weak: Weak<()> = Rc::downgrade(&value);
        let mut run = run_of(value);
        for _ in 0..stop {
            run.step();
        }
        drop(run);
        assert_eq!(weak.strong_count(), 0, "dropped after {stop} of {steps} steps");
    }
}

#[test]
fn after_something_has_left_its_loop() {
    let run_of = |clock: Rc<VirtualClock>| {
        Run::new(clock, Trace::off(), || async {
            create_task(TaskGroup::scope(async |group| {
                group.create_task(async { Ok(()) })?;
                Ok(())
            }));
            create_task(async { Result::<()>::Err(Error::new("SystemExit", "").raised()) });
            sleep(5.0).await
        })
    };
    let mut steps = 0;
    let mut whole = run_of(Rc::new(VirtualClock));
    while whole.step() == Status::Ran {
        steps += 1;
    }
    assert!(steps > 3, "tasks are cancelled after that");
    for stop in 0..=steps {
        let clock = Rc::new(VirtualClock);
        let weak = Rc::downgrade(&clock);
        let mut run = run_of(clock);
        for _ in 0..stop {
            run.step();
        }
        drop(run);
        assert_eq!(weak.strong_count(), 0, "dropped after {stop} of {steps} steps");
    }
}

#[test]
fn a_result_outlives_its_run() {
    let mut run = Run::new(VirtualClock, Trace::off(), || async {
        let value = Rc::new(5);
        gather([(); 2].map(|()| job("job", 1.0))).await?;
        Ok(value)
    });
    while run.step() != Status::Ended {}
    let value = run.result().unwrap().unwrap();
    drop(run);
    assert_eq!(Rc::strong_count(&value), 1);
}
