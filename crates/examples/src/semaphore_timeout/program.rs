use crate::Args;
use asyncio::*;

#[called_with(number, semaphore)]
async fn client(number: usize, semaphore: Semaphore, hold: f64, timeout: f64) -> Result<bool> {
    print(format!("client {number}: arrives"));
    match wait_for(semaphore.acquire(), Some(timeout)).await {
        Err(error) if error.is("TimeoutError") => {
            print(format!("client {number}: gave up"));
            return Ok(false);
        }
        acquired => acquired?,
    }
    let result = async {
        print(format!("client {number}: connected"));
        sleep(hold).await?;
        print(format!("client {number}: finished"));
        Ok(true)
    }
    .await;
    semaphore.release();
    result
}

pub async fn main(args: Args) -> Result {
    let clients = args.count("CLIENTS");
    let permits = args.count("PERMITS");
    let gap = args.float("GAP");
    let hold = args.float("HOLD");
    let timeout = args.float("TIMEOUT");

    let semaphore = Semaphore::new(permits).named("semaphore");
    let mut tasks = Vec::new();
    for number in 0..clients {
        let coroutine = client(number, semaphore.clone(), hold, timeout);
        let task = create_task_named(coroutine, format!("client-{number}"));
        tasks.push(task);
        sleep(gap).await?;
    }
    let served = gather(tasks).await?;
    let served = served.into_iter().filter(|served| *served).count();
    print(format!("served {served} of {clients}"));
    Ok(())
}
