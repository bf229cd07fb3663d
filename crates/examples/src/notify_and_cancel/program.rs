use crate::Args;
use asyncio::*;

#[called_with(name, condition)]
async fn wait_for_news(name: String, condition: Condition) -> Result {
    let _guard = condition.enter().await?;
    match condition.wait().await {
        Ok(_) => {
            print(format!("{name}: notified"));
            Ok(())
        }
        Err(error) => {
            print(format!("{name}: cancelled, and holds the lock"));
            Err(error)
        }
    }
}

pub async fn main(args: Args) -> Result {
    let condition = Condition::new().named("condition");
    let mut tasks = Vec::new();
    for number in 0..args.count("WAITERS") {
        let name = format!("waiter-{number}");
        tasks.push(create_task_named(wait_for_news(name.clone(), condition.clone()), name));
    }
    sleep(args.float("DELAY")).await?;
    {
        let _guard = condition.enter().await?;
        if args.choice("FIRST") == "notify" {
            condition.notify(1)?;
            tasks[0].cancel();
            print("main: notified one, then cancelled waiter-0");
        } else {
            tasks[0].cancel();
            condition.notify(1)?;
            print("main: cancelled waiter-0, then notified one");
        }
    }
    let (done, pending) = wait(&tasks).timeout(args.float("PATIENCE")).await?;
    print(format!("main: {} are back, {} still wait", done.len(), pending.len()));
    {
        let _guard = condition.enter().await?;
        condition.notify_all()?;
    }
    wait(&tasks).await?;
    Ok(())
}
