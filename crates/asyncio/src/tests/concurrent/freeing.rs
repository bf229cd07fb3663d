//! Dropping a run frees what its threads hold; the clock does not matter to them.

use super::*;
use executor::PacedClock;
use std::cell::Cell;
use std::rc::Rc;

/// Threads and pools in every state, each holding on to `value`, in reference cycles where it can.
async fn everything(value: Rc<()>) -> Result {
    let held = || value.clone();
    let pool = Pool::threads(1)?;
    let processes = Pool::processes(2)?;
    create_task(clock(7, 0.3));
    for pool in [&pool, &processes] {
        for n in 0..4 {
            let (own, value) = (pool.clone(), held());
            let future = run_in_executor(pool, move |thread| async move {
                thread.sleep(0.5).await?;
                thread.cpu(0.25).await?;
                drop(own);
                Ok(value)
            })?;
            if n == 2 {
                future.cancel();
            }
            let (own, value) = (future.clone(), held());
            future.add_done_callback(move |_| drop((own, value)));
        }
    }
    let value = held();
    let asked = create_task(to_thread(move |_| async move {
        let inner = value.clone();
        let future = run_coroutine_threadsafe(async move {
            sleep(1.0).await?;
            Ok(inner)
        })?;
        let (own, value) = (future.clone(), value);
        future.add_done_callback(move |_| drop((own, value)));
        let late = future.result(Some(0.5)).await;
        print(late.is_err());
        future.result(None).await
    }));
    let (future, value) = (pool.submit(|thread| work(thread, "queued", 0.5)).await?, held());
    start_thread("waits", move |_| async move {
        future.result(None).await?;
        drop(value);
        Ok(())
    });
    print("begun");
    asked.await?;
    time_sleep(0.7);
    print("shuts down");
    pool.shutdown(true, false).await?;
    to_thread(|thread| work(thread, "last", 1.0)).await?;
    Ok(())
}

#[test]
fn after_any_number_of_steps() {
    let mut whole = Run::new(VirtualClock, Trace::off(), || everything(Rc::new(())));
    let mut steps = 0;
    while whole.step() == Status::Ran {
        steps += 1;
    }
    assert!(whole.result().is_some_and(|result| result.is_ok()));
    for stop in 0..=steps {
        let value = Rc::new(());
        let weak = Rc::downgrade(&value);
        let mut run = Run::new(VirtualClock, Trace::off(), || everything(value));
        for _ in 0..stop {
            run.step();
        }
        drop(run);
        assert_eq!(weak.strong_count(), 0, "dropped after {stop} of {steps} steps");
    }
}

#[test]
fn a_paced_clock_changes_nothing() {
    let on_time = printed(everything(Rc::new(())));
    for lateness in [0.0, 0.004, 3.0] {
        let real = Rc::new(Cell::new(10.0));
        let source = real.clone();
        let clock = PacedClock::new(move || source.get(), 2.0);
        let mut run = Run::new(clock, Trace::on(), || everything(Rc::new(())));
        loop {
            match run.step() {
                Status::Ran => {}
                Status::Wait(seconds) => real.set(real.get() + seconds.max(1e-3) + lateness),
                Status::Ended => break,
            }
        }
        assert_eq!(lines(&run), on_time, "{lateness} s late");
    }
}

fn lines(run: &Run<()>) -> Vec<String> {
    run.trace().with(|events| {
        let printed = events.iter().filter_map(|event| match &event.kind {
            EventKind::Printed { text, .. } => Some(format!("{:?} {text}", event.time)),
            _ => None,
        });
        printed.collect()
    })
}
