use crate::Args;
use asyncio::*;

#[called_with(name, permits)]
async fn job(name: String, permits: Semaphore, work: f64) -> Result {
    print(format!("{name}: begins"));
    let result = async {
        sleep(work).await?;
        print(format!("{name}: done"));
        Ok(())
    }
    .await;
    // The `finally` block.
    permits.release();
    print(format!("{name}: gave its permit back"));
    result
}

pub async fn main(args: Args) -> Result {
    let (jobs, work) = (args.count("JOBS"), args.float("WORK"));

    let permits = Semaphore::new(jobs).named("permits");
    let mut tasks = Vec::new();
    for number in 0..jobs {
        permits.acquire().await?;
        let name = format!("job-{number}");
        tasks.push(create_task_named(job(name.clone(), permits.clone(), work), name));
    }
    for _ in 0..args.count("TURNS") {
        sleep(0.0).await?;
    }
    print(format!("main: cancel() returned {}", repr_bool(tasks[0].cancel())));
    wait(&tasks).await?;
    print(format!("main: job-0 was cancelled: {}", repr_bool(tasks[0].cancelled())));
    for number in 0..jobs {
        match wait_for(permits.acquire(), Some(work)).await {
            Err(error) if error.is("TimeoutError") => {
                print(format!("main: permit {number} is lost"));
            }
            acquired => {
                acquired?;
                print(format!("main: permit {number} is there"));
            }
        }
    }
    Ok(())
}
