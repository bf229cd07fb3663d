use crate::Args;
use asyncio::*;

#[called_with(name)]
async fn worker(name: String, cleanup: f64) -> Result {
    let mut rounds = 0;
    let result: Result = async {
        loop {
            sleep(0.33).await?;
            rounds += 1;
        }
    }
    .await;
    // The `finally` block.
    sleep(cleanup).await?;
    print(format!("{name}: stopped after {rounds} rounds"));
    result
}

async fn raise_to_stop() -> Result {
    Err(Error::new("StopGroup", ""))
}

fn start(group: &TaskGroup, args: &Args) -> Result<Vec<Task<()>>> {
    let mut tasks = Vec::new();
    for number in 0..args.count("WORKERS") {
        let name = format!("worker-{number}");
        let coroutine = worker(name.clone(), args.float("CLEANUP"));
        tasks.push(group.create_task_named(coroutine, name)?);
    }
    Ok(tasks)
}

async fn by_raising(args: &Args) -> Result {
    let scope = TaskGroup::scope(async |group| {
        start(&group, args)?;
        sleep(args.float("STOP_AT")).await?;
        group.create_task_named(raise_to_stop(), "stopper")?;
        Ok(())
    });
    match scope.await {
        // `except*`: nothing else is raised in the group.
        Err(errors) if errors.members().iter().any(|error| error.is("StopGroup")) => {
            print("main: the group was stopped by an exception of our own");
            Ok(())
        }
        ended => ended,
    }
}

async fn by_cancelling(args: &Args) -> Result {
    let scope = TaskGroup::scope(async |group| {
        let tasks = start(&group, args)?;
        sleep(args.float("STOP_AT")).await?;
        for task in tasks {
            task.cancel();
        }
        Ok(())
    });
    scope.await?;
    print("main: each task was cancelled, and the group raises nothing");
    Ok(())
}

async fn by_timeout(args: &Args) -> Result {
    let limit = timeout(None);
    let stopped = limit.scope(async |limit| {
        let scope = TaskGroup::scope(async |group| {
            start(&group, args)?;
            sleep(args.float("STOP_AT")).await?;
            limit.reschedule(Some(time()))
        });
        scope.await
    });
    match stopped.await {
        Err(error) if error.is("TimeoutError") => {
            print("main: the timeout around the group was let run out");
            Ok(())
        }
        ended => ended,
    }
}

pub async fn main(args: Args) -> Result {
    match args.choice("WAY") {
        "raise" => by_raising(&args).await?,
        "cancel" => by_cancelling(&args).await?,
        _ => by_timeout(&args).await?,
    }
    print("main: takes the next job");
    Ok(())
}
