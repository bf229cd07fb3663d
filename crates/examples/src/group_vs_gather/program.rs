use crate::Args;
use asyncio::*;

#[called_with(number, delay)]
async fn upload(number: usize, delay: f64, failures: usize) -> Result {
    print(format!("part {number}: uploading"));
    let slept = sleep(delay).await;
    if slept.as_ref().is_err_and(Error::is_cancelled) {
        print(format!("part {number}: cancelled"));
    }
    slept?;
    if number < failures {
        return Err(Error::new("ConnectionError", format!("part {number} was refused")));
    }
    print(format!("part {number}: stored"));
    Ok(())
}

fn start_all(args: &Args, group: Option<&TaskGroup>) -> Result<Vec<Task<()>>> {
    let failures = args.count("FAILURES");
    let mut tasks = Vec::new();
    for (number, delay) in args.floats("DELAYS").into_iter().enumerate() {
        let (coroutine, name) = (upload(number, delay, failures), format!("part-{number}"));
        tasks.push(match group {
            None => create_task_named(coroutine, name),
            Some(group) => group.create_task_named(coroutine, name)?,
        });
    }
    Ok(tasks)
}

async fn with_gather(args: &Args) -> Result {
    match gather(start_all(args, None)?).await {
        Err(error) if error.is("ConnectionError") => {
            print(format!("main: gather raised: {error}"));
        }
        gathered => {
            gathered?;
            print("main: all parts are there");
        }
    }
    Ok(())
}

async fn with_results(args: &Args) -> Result {
    let results = gather_return_exceptions(start_all(args, None)?).await?;
    for error in results.into_iter().filter_map(Result::err) {
        print(format!("main: among the results: {error}"));
    }
    Ok(())
}

async fn with_group(args: &Args) -> Result {
    let scope = TaskGroup::scope(async |group| start_all(args, Some(&group)));
    match scope.await {
        // The only errors that `upload` raises are those that `except*` asks for.
        Err(errors) if errors.is("ExceptionGroup") => {
            for error in errors.members() {
                print(format!("main: in the group: {error}"));
            }
        }
        ended => {
            ended?;
            print("main: all parts are there");
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let next_job = args.float("NEXT_JOB");

    match args.choice("WAY") {
        "gather" => with_gather(&args).await?,
        "results" => with_results(&args).await?,
        _ => with_group(&args).await?,
    }
    print("main: takes the next job");
    sleep(next_job).await?;
    print("main: leaves");
    Ok(())
}
