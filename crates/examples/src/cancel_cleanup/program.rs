use crate::Args;
use asyncio::*;

async fn copy(name: &str, chunk_time: f64) -> Result {
    for chunk in 0..4 {
        sleep(chunk_time).await?;
        print(format!("{name}: chunk {chunk} copied"));
    }
    Ok(())
}

async fn passes_on(chunk_time: f64, cleanup: f64) -> Result {
    match copy("except", chunk_time).await {
        Err(error) if error.is_cancelled() => {
            print("except: cancelled, deletes half a file");
            sleep(cleanup).await?;
            print("except: deleted");
            Err(error)
        }
        copied => copied,
    }
}

async fn in_finally(chunk_time: f64, cleanup: f64) -> Result {
    let copied = copy("finally", chunk_time).await;
    // The `finally` block.
    print("finally: closes the file");
    sleep(cleanup).await?;
    print("finally: closed");
    copied
}

async fn swallows(chunk_time: f64) -> Result {
    for chunk in 0..4 {
        match sleep(chunk_time).await {
            Err(error) if error.is_cancelled() => {
                print(format!("swallow: chunk {chunk} failed, takes the next"));
            }
            slept => {
                slept?;
                print(format!("swallow: chunk {chunk} copied"));
            }
        }
    }
    Ok(())
}

fn cancel_all(tasks: &[Task<()>]) {
    print("main: cancels");
    for task in tasks {
        task.cancel();
    }
}

pub async fn main(args: Args) -> Result {
    let chunk_time = args.float("CHUNK");
    let cancel_at = args.float("CANCEL_AT");
    let cleanup = args.float("CLEANUP");
    let cancel_twice = args.bool("CANCEL_TWICE");

    let tasks = [
        create_task_named(passes_on(chunk_time, cleanup), "except"),
        create_task_named(in_finally(chunk_time, cleanup), "finally"),
        create_task_named(swallows(chunk_time), "swallow"),
    ];
    sleep(cancel_at).await?;
    cancel_all(&tasks);
    if cancel_twice {
        sleep(0.2).await?;
        cancel_all(&tasks);
    }

    for task in &tasks {
        match task.await {
            Err(error) if error.is_cancelled() => {
                print(format!("main: {} was cancelled", task.name()));
            }
            result => {
                result?;
                print(format!("main: {} ended well", task.name()));
            }
        }
    }
    Ok(())
}
