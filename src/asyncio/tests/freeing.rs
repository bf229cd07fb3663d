//! Dropping a run, at any moment, frees everything that its coroutines hold.

use super::*;
use std::rc::{Rc, Weak};

/// Uses every kind of object, each holding on to `value`, in reference cycles where it can.
async fn everything(value: Rc<()>) -> Result {
    let held = || value.clone();
    let permits = Semaphore::new(1);
    let queue = Queue::new(1);
    let event = Event::new();
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
    let victim = tasks[2].clone();
    call_later(2.5, move || {
        victim.cancel();
    });
    let _ = wait_for(all.clone(), Some(7.0)).await;
    sleep(1.0).await?;
    drop((value, all));
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
