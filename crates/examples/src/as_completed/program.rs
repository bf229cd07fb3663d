use crate::Args;
use asyncio::*;

#[called_with(station, delay)]
async fn measure(station: usize, delay: f64) -> Result<String> {
    print(format!("station {station}: measuring"));
    sleep(delay).await?;
    Ok(format!("measured in {delay:.1} s"))
}

async fn collect(tasks: &[Task<String>], timeout: f64, handling: f64, style: &str) -> Result {
    if style == "async_for" {
        let done = as_completed(tasks).timeout(timeout);
        while let Some(task) = done.anext().await? {
            let name = Task::of(&task).map_or_else(Default::default, |task| task.name());
            let value = task.await?;
            print(format!("{name}: {value}"));
            sleep(handling).await?;
        }
    } else {
        for coroutine in as_completed(tasks).timeout(timeout) {
            let value = coroutine.await?;
            print(format!("one of the stations: {value}"));
            sleep(handling).await?;
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");
    let handling = args.float("HANDLING");
    let timeout = args.float("TIMEOUT");
    let style = args.choice("LOOP");

    let mut tasks = Vec::new();
    for (station, delay) in delays.into_iter().enumerate() {
        let task = create_task_named(measure(station, delay), format!("station-{station}"));
        tasks.push(task);
    }
    // The `try` block is a function here.
    match collect(&tasks, timeout, handling, style).await {
        Err(error) if error.is("TimeoutError") => {
            let late: Vec<_> = tasks.iter().filter(|task| !task.done()).collect();
            let names: Vec<_> = late.iter().map(|task| task.name()).collect();
            let names = if names.is_empty() { "none".into() } else { names.join(", ") };
            print(format!("time is up, still running: {names}"));
            gather(late).await?;
            print("the late ones were not cancelled");
        }
        collected => collected?,
    }
    Ok(())
}
