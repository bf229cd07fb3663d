use crate::Args;
use asyncio::*;

async fn wait_in_thread(thread: Thread, wait: f64) -> Result {
    thread.sleep(wait).await
}

async fn wait(wait: f64) -> Result {
    sleep(wait).await
}

async fn hand_over(wait: f64) -> Result {
    to_thread(move |thread| wait_in_thread(thread, wait)).await
}

async fn main(way: &str, waits: usize, seconds: f64) -> Result<f64> {
    if way == "tasks" {
        gather((0..waits).map(|_| wait(seconds))).await?;
    } else {
        gather((0..waits).map(|_| hand_over(seconds))).await?;
    }
    Ok(time())
}

async fn run_threads(waits: usize, wait: f64) -> Result {
    let mut threads = Vec::new();
    for _ in 0..waits {
        threads.push(start_thread("wait_in_thread", move |thread| wait_in_thread(thread, wait)));
    }
    for thread in &threads {
        thread.join(None).await?;
    }
    Ok(())
}

pub async fn script(args: Args) -> Result {
    let way = args.choice("WAY");
    let waits = args.count("WAITS");
    let wait = args.float("WAIT");

    let seconds = if way == "threads" {
        run_threads(waits, wait).await?;
        wait
    } else {
        let runner = Runner::new();
        let ended = runner.run(Coro::new("main", main(way, waits, wait))).await?;
        runner.close().await?;
        ended
    };
    print(format!("{waits} waits by {way}: {seconds:.2} s"));
    Ok(())
}
