use crate::Args;
use asyncio::*;

#[called_with(number, seconds)]
async fn worker(number: usize, seconds: f64, failing: usize) -> Result {
    sleep(seconds).await?;
    if number == failing {
        return Err(Error::new("ValueError", "bad input"));
    }
    Ok(())
}

fn state(task: &Task<()>) -> Result<&'static str> {
    if !task.done() {
        return Ok("running");
    }
    Ok(if task.exception()?.is_some() { "failed" } else { "done" })
}

fn report_own(tasks: &[Task<()>]) -> Result {
    let mut states = Vec::new();
    for task in tasks {
        states.push(format!("{} {}", task.name(), state(task)?));
    }
    print(states.join(", "));
    Ok(())
}

fn report_all() {
    let mut names: Vec<_> = all_tasks().iter().map(AnyTask::name).collect();
    names.sort();
    print(format!("alive: {}", names.join(", ")));
}

#[called_with(tasks)]
async fn monitor(tasks: Vec<Task<()>>, args: Args) -> Result {
    loop {
        sleep(args.float("INTERVAL")).await?;
        if args.choice("WATCH") == "own_list" {
            report_own(&tasks)?;
        } else {
            report_all();
        }
    }
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");
    let failing = args.count("FAILING");

    let mut workers = Vec::new();
    for (number, seconds) in (1..).zip(delays) {
        let coroutine = worker(number, seconds, failing);
        workers.push(create_task_named(coroutine, format!("worker-{number}")));
    }
    let watcher = create_task_named(monitor(workers.clone(), args), "monitor");
    wait(&workers).await?;
    watcher.cancel();
    for task in &workers {
        if let Some(error) = task.exception()? {
            print(format!("{} ended with {}", task.name(), error.repr()));
        }
    }
    print("all workers have ended");
    Ok(())
}
