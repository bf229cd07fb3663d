use crate::Args;
use asyncio::*;

#[called_with(number, delay)]
async fn ask(number: usize, delay: f64, failures: usize, cleanup: f64) -> Result<String> {
    match sleep(delay).await {
        Err(error) if error.is_cancelled() => {
            print(format!("replica {number}: hangs up"));
            sleep(cleanup).await?;
            return Err(error);
        }
        slept => slept?,
    }
    if number < failures {
        print(format!("replica {number}: fails"));
        return Err(Error::new("ConnectionError", format!("replica {number} is down")));
    }
    print(format!("replica {number}: answers"));
    Ok(format!("answer of replica {number}"))
}

async fn first_completion(tasks: &[Task<String>]) -> Result<String> {
    let (done, _) = wait(tasks).return_when(FIRST_COMPLETED).await?;
    match done.first() {
        Some(winner) => winner.result(),
        None => Err(Error::new("StopIteration", "")),
    }
}

async fn first_success(tasks: &[Task<String>]) -> Result<String> {
    let mut running = tasks.to_vec();
    while !running.is_empty() {
        let (done, _) = wait(&running).return_when(FIRST_COMPLETED).await?;
        for task in done {
            match task.exception()? {
                None => return task.result(),
                Some(error) => print(format!("main: passes over '{error}'")),
            }
        }
        running.retain(|task| !task.done());
    }
    Err(Error::new("ConnectionError", "all replicas are down"))
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");
    let failures = args.count("FAILURES");
    let cleanup = args.float("CLEANUP");
    let take = args.choice("TAKE");

    let mut tasks = Vec::new();
    for (number, delay) in delays.into_iter().enumerate() {
        let coroutine = ask(number, delay, failures, cleanup);
        tasks.push(create_task_named(coroutine, format!("replica-{number}")));
    }
    let answer = match take {
        "first_success" => first_success(&tasks).await,
        _ => first_completion(&tasks).await,
    };
    match answer {
        Ok(answer) => print(format!("main: has the {answer}")),
        Err(error) if error.is("ConnectionError") => {
            print(format!("main: has nothing, {error}"));
        }
        Err(error) => return Err(error),
    }
    // The `finally` block.
    for task in &tasks {
        task.cancel();
    }
    gather_return_exceptions(&tasks).await?;
    let cancelled = tasks.iter().filter(|task| task.cancelled()).count();
    print(format!("main: cancelled {cancelled} of {}", tasks.len()));
    Ok(())
}
