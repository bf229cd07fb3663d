use crate::Args;
use asyncio::*;

#[called_with(number, delay)]
async fn fetch(number: usize, delay: f64) -> Result<String> {
    if let Some(task) = current_task() {
        task.set_name(&format!("fetch-{number}"));
    }
    print(format!("loop: fetches page {number}"));
    sleep(delay).await?;
    Ok(format!("page {number}"))
}

async fn client(finished: Event, args: Args) -> Result {
    let mut futures = Vec::new();
    for (number, delay) in args.floats("DELAYS").into_iter().enumerate() {
        let future = run_coroutine_threadsafe(fetch(number, delay))?;
        if !args.bool("TOGETHER") {
            future.result(None).await?;
        }
        futures.push(future);
    }
    for future in futures {
        print(format!("thread: has {}", future.result(None).await?));
    }
    if args.choice("CALL") == "call_soon_threadsafe" {
        call_soon_threadsafe(move || finished.set())?;
    } else {
        call_soon(move || finished.set());
    }
    Ok(())
}

async fn heartbeat(beat: f64) -> Result {
    loop {
        sleep(beat).await?;
        print("heartbeat");
    }
}

pub async fn main(args: Args) -> Result {
    let beat = create_task_named(heartbeat(args.float("BEAT")), "heartbeat");
    let finished = Event::new().named("finished");
    let event = finished.clone();
    start_thread("client", |_| client(event, args));
    finished.wait().await?;
    print("main: the thread has finished");
    beat.cancel();
    Ok(())
}
