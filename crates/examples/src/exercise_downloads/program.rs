use crate::Args;
use asyncio::*;

const SECONDS: [f64; 10] = [0.4, 1.2, 0.6, 1.0, 0.5, 1.5, 0.4, 1.3, 0.7, 2.0];

#[called_with(number, seconds)]
async fn download(number: usize, seconds: f64) -> Result {
    print(format!("file {number}: begins"));
    sleep(seconds).await?;
    print(format!("file {number}: complete"));
    Ok(())
}

#[called_with(semaphore, number, seconds)]
async fn download_limited(semaphore: Semaphore, number: usize, seconds: f64) -> Result {
    let _permit = semaphore.enter().await?;
    download(number, seconds).await
}

fn start(
    number: usize,
    coroutine: impl std::future::Future<Output = Result> + 'static,
) -> Task<()> {
    create_task_named(coroutine, format!("file-{number}"))
}

pub async fn main(args: Args) -> Result {
    let strategy = args.choice("STRATEGY");
    let limit = args.count("LIMIT");
    let order = args.choice("ORDER");

    let began = time();
    let mut files: Vec<(usize, f64)> = SECONDS.into_iter().enumerate().collect();
    match order {
        "shortest-first" => files.sort_by(|a, b| a.1.total_cmp(&b.1)),
        "longest-first" => files.sort_by(|a, b| b.1.total_cmp(&a.1)),
        _ => {}
    }

    match strategy {
        "batches" => {
            for batch in files.chunks(limit) {
                let tasks: Vec<_> = batch.iter().map(|&(n, s)| start(n, download(n, s))).collect();
                gather(tasks).await?;
            }
        }
        "semaphore" => {
            let semaphore = Semaphore::new(limit).named("semaphore");
            let limited = |n, s| start(n, download_limited(semaphore.clone(), n, s));
            let tasks: Vec<_> = files.iter().map(|&(n, s)| limited(n, s)).collect();
            gather(tasks).await?;
        }
        _ => {
            let tasks: Vec<_> = files.iter().map(|&(n, s)| start(n, download(n, s))).collect();
            gather(tasks).await?;
        }
    }
    print(format!("all files after {:.2} s", time() - began));
    Ok(())
}
