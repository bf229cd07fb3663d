//! Runs in numbers.

use super::*;

#[test]
fn of_a_run_that_overlaps_sleeps() {
    let figures = timeline(async {
        gather([3.0, 2.0, 1.0].map(sleep)).await?;
        sleep(2.0).await
    })
    .figures();
    assert_eq!((figures.makespan, figures.work), (5.0, 8.0));
    assert_eq!(figures.speed_up, 1.6);
    assert_eq!(figures.peak, 3);
    assert_eq!(figures.waited, [(Category::Sleep, 8.0), (Category::Tasks, 3.0)]);
}

#[test]
fn one_after_another_there_is_no_speed_up() {
    let figures = timeline(async {
        for delay in [1.0, 2.0] {
            create_task(sleep(delay)).await?;
        }
        Ok(())
    })
    .figures();
    assert_eq!((figures.speed_up, figures.peak), (1.0, 1), "spans that touch do not overlap");
}

#[test]
fn without_work_there_is_none_and_no_minus() {
    let figures = timeline(async {
        let future = create_future::<()>();
        let setter = future.clone();
        call_later(1.0, move || setter.set_result(()));
        future.await
    })
    .figures();
    assert_eq!(format!("{} {}", figures.work, figures.speed_up), "0 0");
}

#[test]
fn blocking_counts_as_work_and_makes_others_wait_for_the_loop() {
    let figures = timeline(async {
        let sleeper = create_task(sleep(1.0));
        sleep(0.0).await?;
        time_sleep(3.0);
        sleeper.await
    })
    .figures();
    assert_eq!((figures.makespan, figures.work), (3.0, 4.0));
    assert_eq!(figures.peak, 2);
    assert!(figures.waited.contains(&(Category::Loop, 2.0)), "{:?}", figures.waited);
}

#[test]
fn waits_are_counted_by_what_for() {
    let figures = timeline(async {
        let (permits, queue, full) = (Semaphore::new(0), Queue::new(0), Queue::new(1));
        queue.put_nowait(0)?;
        full.put_nowait(0)?;
        let (acquire, join, put) = (permits.acquire(), queue.join(), full.put(1));
        let empty = Queue::<u8>::new(0);
        let get = empty.get();
        create_task(acquire);
        create_task(join);
        create_task(put);
        create_task(get);
        create_task(async { create_future::<()>().await });
        sleep(1.0).await
    })
    .figures();
    use Category::{Item, Join, Other, Permit, Place, Sleep};
    let expected = [Sleep, Permit, Item, Place, Join, Other].map(|category| (category, 1.0));
    assert_eq!(figures.waited, expected, "equals in a fixed order");
}

#[test]
fn of_a_run_that_takes_no_time() {
    let figures = timeline(async { sleep(0.0).await }).figures();
    assert_eq!((figures.makespan, figures.work, figures.peak), (0.0, 0.0, 0));
    assert_eq!((figures.speed_up, figures.waited), (1.0, vec![]));
}

#[test]
fn jobs_in_pools_are_work() {
    let job = || to_thread(|thread| async move { thread.sleep(1.0).await });
    let figures = timeline(async move { gather([job(), job()]).await.map(|_| ()) }).figures();
    assert_eq!((figures.work, figures.speed_up, figures.peak), (2.0, 2.0, 2));
}

#[test]
fn no_work_is_not_less_than_none() {
    let figures = timeline(async {
        create_future::<()>().cancel();
        Ok(())
    })
    .figures();
    assert!(figures.work.is_sign_positive() && figures.speed_up.is_sign_positive());
}

#[test]
fn of_a_task_they_are_of_it_alone_and_of_its_life() {
    let run = timeline(async {
        let worker = create_task(async {
            sleep(1.0).await?;
            create_task(sleep(3.0)).await
        });
        sleep(2.0).await?;
        worker.await
    });
    let of = |task: usize, from: f64, to: f64| {
        let figures = run.figures_of(run.tasks[task].id, from, to).expect("it is there");
        (figures.makespan, figures.work, figures.waited)
    };
    let (sleep, tasks) = (Category::Sleep, Category::Tasks);
    assert_eq!(of(1, 0.0, 9.0), (4.0, 1.0, vec![(tasks, 3.0), (sleep, 1.0)]));
    assert_eq!(of(2, 0.0, 9.0), (3.0, 3.0, vec![(sleep, 3.0)]), "it begins at 1 s");
    assert_eq!(of(1, 0.5, 2.0), (1.5, 0.5, vec![(tasks, 1.0), (sleep, 0.5)]));
    assert_eq!(of(2, 0.0, 0.5), (0.0, 0.0, vec![]), "it is not there yet");
    assert_eq!(run.figures_of(TaskId(9), 0.0, 9.0), None);
}

#[test]
fn a_job_is_work_of_the_task_it_is_done_for() {
    let run = timeline(async {
        create_task(sleep(0.5)).await?;
        to_thread(|thread| async move { thread.sleep(1.0).await }).await
    });
    let work = |task: usize| run.figures_of(run.tasks[task].id, 0.0, 9.0).map(|own| own.work);
    assert_eq!((work(0), work(1)), (Some(1.0), Some(0.5)));
}
