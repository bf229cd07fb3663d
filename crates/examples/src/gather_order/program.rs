use crate::Args;
use asyncio::*;

#[called_with(number, delay)]
async fn fetch(number: usize, delay: f64) -> Result<String> {
    print(format!("request {number}: sent"));
    sleep(delay).await?;
    print(format!("request {number}: answered"));
    Ok(format!("answer {number}"))
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");

    let mut tasks = Vec::new();
    for (number, delay) in delays.into_iter().enumerate() {
        let task = create_task_named(fetch(number, delay), format!("request-{number}"));
        tasks.push(task);
    }
    let results = gather(tasks).await?;
    for (position, result) in results.iter().enumerate() {
        print(format!("results[{position}] = {result}"));
    }
    Ok(())
}
