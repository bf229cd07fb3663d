use crate::Args;
use asyncio::*;

#[called_with(number, delay)]
async fn job(number: usize, delay: f64) -> Result<usize> {
    sleep(delay).await?;
    Ok(number)
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");
    let interval = args.float("INTERVAL");

    let start = time();
    let mut tasks = Vec::new();
    for (number, delay) in delays.into_iter().enumerate() {
        let task = create_task_named(job(number, delay), format!("job-{number}"));
        tasks.push(task);
    }
    let mut running = tasks.clone();
    let mut rounds = 0;
    while !running.is_empty() {
        rounds += 1;
        let (done, _) = wait(&running).timeout(interval).return_when(FIRST_COMPLETED).await?;
        running.retain(|t| !done.contains(t));
        let mut status = Vec::new();
        for task in &tasks {
            let state = if task.done() { "done" } else { "running" };
            status.push(format!("{} {state}", task.name()));
        }
        let status = status.join(", ");
        let reason = if done.is_empty() { "timeout" } else { "job ended" };
        print(format!("{:.2} s, {reason}: {status}", time() - start));
    }
    print(format!("all done in {rounds} rounds"));
    Ok(())
}
