use crate::Args;
use asyncio::*;

#[called_with(number, semaphore)]
async fn worker(number: usize, semaphore: Semaphore, hold: f64, extra: f64) -> Result {
    let start = time();
    {
        let _permit = semaphore.enter().await?;
        let waited = time() - start;
        print(format!("worker {number}: got a permit after {waited:.2} s"));
        sleep(hold + extra * number as f64).await?;
        print(format!("worker {number}: gives it back"));
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let workers = args.count("WORKERS");
    let permits = args.count("PERMITS");
    let hold = args.float("HOLD");
    let extra = args.float("EXTRA");

    let semaphore = Semaphore::new(permits).named("semaphore");
    let mut tasks = Vec::new();
    for number in 0..workers {
        let coroutine = worker(number, semaphore.clone(), hold, extra);
        let task = create_task_named(coroutine, format!("worker-{number}"));
        tasks.push(task);
    }
    gather(tasks).await?;
    print(format!("{workers} workers done with {permits} permits"));
    Ok(())
}
