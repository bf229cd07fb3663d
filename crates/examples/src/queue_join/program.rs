use crate::Args;
use asyncio::*;

async fn work(number: usize, job: usize, seconds: f64, broken: usize) -> Result {
    sleep(seconds).await?;
    if job == broken {
        return Err(Error::new("ValueError", format!("job {job} is broken")));
    }
    print(format!("worker {number}: finished job {job}"));
    Ok(())
}

#[called_with(number, queue)]
async fn worker(number: usize, queue: Queue<(usize, f64)>, args: Args) -> Result {
    let result: Result = async {
        loop {
            let (job, seconds) = queue.get().await?;
            let left = queue.qsize();
            print(format!("worker {number}: took job {job}, {left} left"));
            let worked = work(number, job, seconds, args.count("BROKEN")).await;
            if worked.as_ref().is_err_and(|error| error.is("ValueError")) && args.bool("FINALLY") {
                queue.task_done()?;
            }
            worked?;
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

    let queue = Queue::new(0).named("queue");
    for (job, seconds) in jobs.into_iter().enumerate() {
        queue.put_nowait((job, seconds))?;
    }
    let mut workers = Vec::new();
    for number in 0..worker_count {
        let coroutine = worker(number, queue.clone(), args.clone());
        workers.push(create_task_named(coroutine, format!("worker-{number}")));
    }
    queue.join().await?;
    print("join returned: every job is done");
    for task in &workers {
        task.cancel();
    }
    let results = gather_return_exceptions(workers).await?;
    let failed = results.iter().filter_map(|result| result.as_ref().err());
    let failed = failed.filter(|error| error.is("ValueError")).count();
    print(format!("workers are gone, {failed} of them failed"));
    Ok(())
}
