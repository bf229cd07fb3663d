use crate::Args;
use asyncio::*;

async fn worker(work: f64, cleanup: f64) -> Result {
    let worked = sleep(work).await;
    // The `finally` block.
    print("worker: cleans up");
    sleep(cleanup).await?;
    print("worker: is clean");
    worked
}

async fn stop(task: Task<()>, careful: bool) -> Result {
    task.cancel();
    match task.await {
        Err(error) if error.is_cancelled() => {
            let cancelling = current_task().map_or(0, |task| task.cancelling());
            if careful && cancelling > 0 {
                print("stopper: that cancellation was mine");
                return Err(error);
            }
            print("stopper: takes it for the worker's");
            Ok(())
        }
        ended => ended,
    }
}

#[called_with(task)]
async fn stopper(task: Task<()>, stop_at: f64, careful: bool) -> Result {
    sleep(stop_at).await?;
    stop(task, careful).await?;
    print("stopper: goes on");
    sleep(1.0).await?;
    print("stopper: ends as if nothing had been");
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let careful = args.choice("WAY") == "careful";

    let task = create_task_named(worker(args.float("WORK"), args.float("CLEANUP")), "worker");
    let stopping = stopper(task.clone(), args.float("STOP_AT"), careful);
    let stopping = create_task_named(stopping, "stopper");
    sleep(args.float("CANCEL_AT")).await?;
    print(format!("main: cancels the stopper: {}", repr_bool(stopping.cancel())));
    wait(&[task, stopping.clone()]).await?;
    print(format!("main: the stopper was cancelled: {}", repr_bool(stopping.cancelled())));
    Ok(())
}
