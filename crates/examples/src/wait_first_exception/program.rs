use crate::Args;
use asyncio::*;

#[called_with(shard, delay)]
async fn store(shard: usize, delay: f64, fail_index: usize) -> Result {
    print(format!("shard {shard}: writing, takes {delay:.1} s"));
    if let Err(error) = sleep(delay).await {
        if error.is_cancelled() {
            print(format!("shard {shard}: rolled back"));
        }
        return Err(error);
    }
    if shard == fail_index {
        print(format!("shard {shard}: disk full"));
        return Err(Error::new("RuntimeError", format!("shard {shard} is full")));
    }
    print(format!("shard {shard}: stored"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");
    let fail_index = args.count("FAIL_INDEX");

    let mut tasks = Vec::new();
    for (shard, delay) in delays.into_iter().enumerate() {
        let task = create_task_named(store(shard, delay, fail_index), format!("shard-{shard}"));
        tasks.push(task);
    }
    let (done, pending) = wait(&tasks).return_when(FIRST_EXCEPTION).await?;
    let counts = format!("{} done, {} pending", done.len(), pending.len());
    print(format!("wait returned: {counts}"));

    let mut failed = Vec::new();
    for task in tasks.iter().filter(|t| done.contains(t)) {
        failed.extend(task.exception()?.map(|error| (task, error)));
    }
    for (task, error) in &failed {
        print(format!("{} failed: {error}", task.name()));
    }

    let rest: Vec<_> = tasks.iter().filter(|t| pending.contains(t)).collect();
    for task in &rest {
        task.cancel();
    }
    gather_return_exceptions(rest.clone()).await?;
    if failed.is_empty() {
        print("all stored");
    } else {
        print(format!("gave up on {} more", rest.len()));
    }
    Ok(())
}
