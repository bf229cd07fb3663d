use crate::Args;
use asyncio::*;

fn state_of(task: &Task<i32>) -> String {
    if !task.done() {
        return (if task.cancelling() > 0 { "pending (to be cancelled)" } else { "pending" })
            .into();
    }
    if task.cancelled() {
        return "cancelled".into();
    }
    match task.result() {
        Err(error) => format!("failed with {}", error.repr()),
        Ok(result) => format!("done with {result}"),
    }
}

fn show(when: &str, tasks: &[Task<i32>]) {
    let states: Vec<_> =
        tasks.iter().map(|task| format!("{} {}", task.name(), state_of(task))).collect();
    print(format!("{when}: {}", states.join(", ")));
}

async fn succeed(work: f64) -> Result<i32> {
    if let Some(task) = current_task().and_then(|task| task.downcast()) {
        print(format!("while it runs: good {}", state_of(&task)));
    }
    sleep(work).await?;
    Ok(42)
}

async fn fail(work: f64) -> Result<i32> {
    sleep(work / 3.0).await?;
    Err(Error::new("ValueError", "no"))
}

async fn be_cancelled(work: f64, cleanup: f64) -> Result<i32> {
    let slept = sleep(work * 2.0).await;
    sleep(cleanup).await?;
    slept?;
    Ok(0)
}

pub async fn main(args: Args) -> Result {
    let mut moments = args.floats("MOMENTS");
    let work = args.float("WORK");
    let cancel_after = args.float("CANCEL_AFTER");
    let cleanup = args.float("CLEANUP");

    let start = time();
    let good = create_task_named(succeed(work), "good");
    let bad = create_task_named(fail(work), "bad");
    let stopped = create_task_named(be_cancelled(work, cleanup), "stopped");
    let tasks = [good, bad, stopped.clone()];
    call_later(cancel_after, move || {
        stopped.cancel();
    });
    show("created", &tasks);
    moments.sort_by(f64::total_cmp);
    for moment in moments {
        sleep(start + moment - time()).await?;
        show(&format!("{moment:.1} s"), &tasks);
    }
    wait(&tasks).await?;
    show("at the end", &tasks);
    Ok(())
}
