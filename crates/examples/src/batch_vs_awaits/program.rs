use crate::Args;
use asyncio::*;

#[called_with(key)]
async fn lookup(key: usize, round_trip: f64, extra: f64) -> Result<usize> {
    sleep(round_trip + extra * key as f64).await?;
    print(format!("key {key} -> {}", key * key));
    Ok(key * key)
}

pub async fn main(args: Args) -> Result {
    let lookups = args.count("LOOKUPS");
    let round_trip = args.float("ROUND_TRIP");
    let extra = args.float("EXTRA");

    let start = time();
    let mut total = 0;
    for key in 0..lookups {
        total += lookup(key, round_trip, extra).await?;
    }
    let single = time() - start;
    print(format!("one at a time: sum {total} in {single:.2} s"));

    let start = time();
    let mut tasks = Vec::new();
    for key in 0..lookups {
        let task = create_task_named(lookup(key, round_trip, extra), format!("key-{key}"));
        tasks.push(task);
    }
    let values = gather(tasks).await?;
    let batch = time() - start;
    let total: usize = values.iter().sum();
    print(format!("one batch: sum {total} in {batch:.2} s"));
    print(format!("the batch was {:.1} times as fast", single / batch));
    Ok(())
}
