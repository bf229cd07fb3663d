use crate::Args;
use asyncio::*;
use std::slice::from_ref;

async fn operation(work: f64, cleanup: f64) -> Result<&'static str> {
    print("operation: begins");
    match sleep(work).await {
        Err(error) if error.is_cancelled() => {
            print("operation: cancelled, rolls back");
            sleep(cleanup).await?;
            print("operation: rolled back");
            Err(error)
        }
        slept => slept.map(|()| "the result"),
    }
}

async fn wait_for_then_cancel(task: Task<&'static str>, seconds: f64) -> Result<&'static str> {
    match wait_for(task.clone(), Some(seconds)).await {
        Err(error) if error.is("TimeoutError") => {
            print(format!("main: TimeoutError, the task is done: {}", repr_bool(task.done())));
            print(format!("main: cancel() has something to cancel: {}", repr_bool(task.cancel())));
            match task.await {
                Err(error) if error.is_cancelled() => print("main: it was cancelled before"),
                result => drop(result?),
            }
            Ok("nothing")
        }
        result => result,
    }
}

async fn wait_then_cancel(task: Task<&'static str>, seconds: f64) -> Result<&'static str> {
    wait(from_ref(&task)).timeout(seconds).await?;
    if !task.done() {
        print("main: time is up, the task is still running");
        print(format!("main: cancel() has something to cancel: {}", repr_bool(task.cancel())));
        wait(from_ref(&task)).await?;
    }
    if task.cancelled() { Ok("nothing") } else { task.result() }
}

async fn inside_timeout(task: Task<&'static str>, seconds: f64) -> Result<&'static str> {
    match timeout(Some(seconds)).scope(async |_| (&task).await).await {
        Err(error) if error.is("TimeoutError") => {
            print(format!("main: TimeoutError, the task is done: {}", repr_bool(task.done())));
            Ok("nothing")
        }
        result => result,
    }
}

/// A bool as Python prints it.
pub async fn main(args: Args) -> Result {
    let work = args.float("WORK");
    let timeout = args.float("TIMEOUT");
    let cleanup = args.float("CLEANUP");
    let way = args.choice("WAY");

    let task = create_task_named(operation(work, cleanup), "operation");
    let result = match way {
        "wait_for" => wait_for_then_cancel(task, timeout).await?,
        "wait" => wait_then_cancel(task, timeout).await?,
        _ => inside_timeout(task, timeout).await?,
    };
    print(format!("main: has {result}"));
    Ok(())
}
