use crate::Args;
use asyncio::*;

async fn compute(thread: Thread, seconds: f64) -> Result {
    thread.cpu(seconds).await
}

async fn heartbeat(beat: f64) -> Result {
    loop {
        let due = time() + beat;
        sleep(beat).await?;
        print(format!("heartbeat: {:.2} s late", time() - due));
    }
}

#[called_with(number, pool)]
async fn job(number: usize, pool: Option<Pool>, seconds: f64) -> Result {
    match pool {
        None => cpu(seconds),
        Some(pool) => {
            let done = run_in_executor(&pool, move |thread| compute(thread, seconds))?;
            done.await?;
        }
    }
    print(format!("job {number}: done"));
    Ok(())
}

async fn run_jobs(pool: Option<Pool>, args: &Args) -> Result {
    let mut jobs = Vec::new();
    for number in 0..args.count("JOBS") {
        let coroutine = job(number, pool.clone(), args.float("SECONDS"));
        jobs.push(create_task_named(coroutine, format!("job-{number}")));
    }
    gather(jobs).await?;
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let workers = args.count("WORKERS");
    let period = args.float("BEAT");

    let beat = create_task_named(heartbeat(period), "heartbeat");
    sleep(period / 2.0).await?;
    match args.choice("WHERE") {
        "loop" => run_jobs(None, &args).await?,
        kind => {
            let threads = kind == "threads";
            let pool = if threads { Pool::threads(workers)? } else { Pool::processes(workers)? };
            let pool = pool.named("pool");
            run_jobs(Some(pool.clone()), &args).await?;
            pool.shutdown(true, false).await?;
        }
    }
    beat.cancel();
    print("main: all computed");
    Ok(())
}
