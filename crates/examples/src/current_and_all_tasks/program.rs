use crate::Args;
use asyncio::*;

fn log(text: &str) {
    let task = current_task_name();
    print(format!("[{}] {text}", task.as_deref().unwrap_or("no task")));
}

async fn save(number: usize) -> Result {
    log(&format!("saves result {number}"));
    sleep(0.2).await
}

#[called_with(number, seconds)]
async fn work(number: usize, seconds: f64) -> Result {
    log(&format!("starts job {number}"));
    sleep(seconds).await?;
    save(number).await
}

async fn watch(every: f64) -> Result {
    loop {
        let tasks = all_tasks();
        if tasks.len() <= 2 {
            break;
        }
        let mut names: Vec<_> = tasks.iter().map(|task| task.name()).collect();
        names.sort();
        log(&format!("{} tasks: {}", names.len(), names.join(", ")));
        sleep(every).await?;
    }
    log("only main and the watcher are left");
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let every = args.float("EVERY");

    log(&format!("{} task at the beginning", all_tasks().len()));
    let mut jobs = Vec::new();
    for (number, seconds) in args.floats("JOBS").into_iter().enumerate() {
        let coroutine = work(number, seconds);
        jobs.push(if args.choice("NAMES") == "given" {
            create_task_named(coroutine, format!("job-{number}"))
        } else {
            create_task(coroutine)
        });
    }
    let watcher = create_task_named(watch(every), "watcher");
    call_soon(|| log("a plain callback runs"));
    log(&format!("{} tasks, before any of them has started", all_tasks().len()));
    gather(jobs).await?;
    watcher.await
}
