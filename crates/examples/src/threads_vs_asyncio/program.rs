use crate::Args;
use asyncio::*;

async fn blocking_job(thread: Thread, number: usize, delay: f64) -> Result {
    print(format!("thread {number}: asks"));
    thread.sleep(delay).await?;
    print(format!("thread {number}: has its answer"));
    Ok(())
}

async fn run_threads(delays: &[f64]) -> Result {
    let mut threads = Vec::new();
    for (number, &delay) in delays.iter().enumerate() {
        let target = move |thread| blocking_job(thread, number, delay);
        threads.push(start_thread("blocking_job", target));
    }
    for thread in &threads {
        thread.join(None).await?;
    }
    print(format!("{} threads have ended", threads.len()));
    Ok(())
}

#[called_with(number, delay)]
async fn job(number: usize, delay: f64) -> Result {
    print(format!("task {number}: asks"));
    sleep(delay).await?;
    print(format!("task {number}: has its answer"));
    Ok(())
}

async fn run_tasks(delays: Vec<f64>) -> Result {
    let count = delays.len();
    TaskGroup::scope(|group| async move {
        for (number, delay) in delays.into_iter().enumerate() {
            group.create_task_named(job(number, delay), format!("job-{number}"))?;
        }
        Ok(())
    })
    .await?;
    print(format!("{count} tasks have ended"));
    Ok(())
}

pub async fn script(args: Args) -> Result {
    let run = args.choice("RUN");
    let delays = args.floats("DELAYS");

    if run != "tasks" {
        run_threads(&delays).await?;
    }
    if run != "threads" {
        let runner = Runner::new();
        runner.run(Coro::new("run_tasks", run_tasks(delays))).await?;
        runner.close().await?;
    }
    Ok(())
}
