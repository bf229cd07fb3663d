use crate::Args;
use asyncio::*;

#[called_with(job)]
async fn run_coroutine(job: usize, work: &'static str, seconds: f64) -> Result {
    if work == "computing" {
        cpu(seconds);
    } else {
        sleep(seconds).await?;
    }
    print(format!("coroutine: job {job} done"));
    Ok(())
}

async fn run_function(
    worker: Thread,
    place: &'static str,
    job: usize,
    work: &'static str,
    seconds: f64,
) -> Result {
    if work == "computing" {
        worker.cpu(seconds).await?;
    } else {
        worker.sleep(seconds).await?;
    }
    print(format!("{place}: job {job} done"));
    Ok(())
}

fn use_plain_loop(jobs: usize, work: &'static str, seconds: f64) {
    for job in 0..jobs {
        if work == "computing" {
            cpu(seconds);
        } else {
            time_sleep(seconds);
        }
        print(format!("plain loop: job {job} done"));
    }
}

async fn use_coroutines(jobs: usize, work: &'static str, seconds: f64) -> Result {
    let coroutines = (0..jobs).map(|job| run_coroutine(job, work, seconds));
    gather(coroutines).await?;
    Ok(())
}

async fn use_pool(
    pool: Pool,
    place: &'static str,
    jobs: usize,
    work: &'static str,
    seconds: f64,
) -> Result {
    let mut futures = Vec::new();
    for job in 0..jobs {
        let function = move |worker| run_function(worker, place, job, work, seconds);
        futures.push(run_in_executor(&pool, function)?);
    }
    let gathered = gather(futures).await;
    pool.shutdown(true, false).await?;
    gathered?;
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let work = args.choice("WORK");
    let chosen = args.choice("MODEL");
    let jobs = args.count("JOBS");
    let seconds = args.float("SECONDS");
    let workers = args.count("WORKERS");

    for model in ["plain-loop", "coroutines", "threads", "processes"] {
        if !["all", model].contains(&chosen) {
            continue;
        }
        let start = time();
        if model == "plain-loop" {
            use_plain_loop(jobs, work, seconds);
        } else if model == "coroutines" {
            use_coroutines(jobs, work, seconds).await?;
        } else if model == "threads" {
            use_pool(Pool::threads(workers)?, "thread", jobs, work, seconds).await?;
        } else {
            use_pool(Pool::processes(workers)?, "process", jobs, work, seconds).await?;
        }
        print(format!("{work} in {model}: {:.2} s", time() - start));
    }
    Ok(())
}
