use crate::Args;
use asyncio::*;

async fn query(thread: Thread, number: usize, seconds: f64) -> Result<usize> {
    let name = thread.name();
    print(format!("{name}: query {number} begins"));
    thread.sleep(seconds).await?;
    print(format!("{name}: query {number} ends"));
    Ok(number * 10)
}

#[called_with(number, seconds, pool)]
async fn client(number: usize, seconds: f64, pool: Pool, limit: f64) -> Result {
    let result = timeout(Some(limit)).scope(|_| async move {
        let job = run_in_executor(&pool, move |thread| query(thread, number, seconds))?;
        let rows = job.await?;
        print(format!("client {number}: {rows} rows"));
        Ok(())
    });
    match result.await {
        Err(error) if error.is("TimeoutError") => print(format!("client {number}: gave up")),
        result => result?,
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let jobs = args.floats("JOBS");
    let limit = args.float("TIMEOUT");

    let pool = Pool::threads(args.count("WORKERS"))?.named("pool");
    let clients = pool.clone();
    TaskGroup::scope(|group| async move {
        for (number, seconds) in jobs.into_iter().enumerate() {
            let coroutine = client(number, seconds, clients.clone(), limit);
            group.create_task_named(coroutine, format!("client-{number}"))?;
        }
        Ok(())
    })
    .await?;
    print("main: no client waits any more");
    pool.shutdown(true, false).await?;
    print("main: the pool is shut down");
    Ok(())
}
