use crate::Args;
use asyncio::*;

async fn worker(number: usize, queue: Queue<(usize, f64)>) -> Result {
    let result: Result = async {
        loop {
            let (job, seconds) = queue.get().await?;
            let left = queue.qsize();
            print(format!("worker {number}: took job {job}, {left} left"));
            sleep(seconds).await?;
            print(format!("worker {number}: finished job {job}"));
            queue.task_done()?;
        }
    }
    .await;
    if result.as_ref().is_err_and(Error::is_cancelled) {
        print(format!("worker {number}: cancelled"));
    }
    result
}

pub async fn main(args: Args) -> Result {
    let jobs = args.floats("JOBS");
    let worker_count = args.count("WORKERS");

    let queue = Queue::new(0);
    for (job, seconds) in jobs.into_iter().enumerate() {
        queue.put_nowait((job, seconds))?;
    }
    let mut workers = Vec::new();
    for number in 0..worker_count {
        let task = create_task_named(worker(number, queue.clone()), format!("worker-{number}"));
        workers.push(task);
    }
    queue.join().await?;
    print("join returned: every job is done");
    for task in &workers {
        task.cancel();
    }
    gather_return_exceptions(workers).await?;
    print("workers are gone");
    Ok(())
}
