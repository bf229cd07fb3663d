use crate::Args;
use asyncio::*;

#[called_with(name, delay)]
async fn fetch(name: String, delay: f64) -> Result<String> {
    match sleep(delay).await {
        Ok(()) => {
            print(format!("{name}: done"));
            Ok(name)
        }
        Err(error) => {
            print(format!("{name}: cancelled"));
            Err(error)
        }
    }
}

#[called_with(tasks)]
async fn collect(tasks: Vec<Task<String>>, return_exceptions: bool) -> Result {
    let gathered = if return_exceptions {
        gather_return_exceptions(tasks).await
    } else {
        gather(tasks).await.map(|names| names.into_iter().map(Ok).collect())
    };
    match gathered {
        Ok(results) => {
            let results: Vec<_> = results
                .iter()
                .map(|result| match result {
                    Ok(name) => repr_str(name),
                    Err(error) => error.repr(),
                })
                .collect();
            print(format!("collect: {}", results.join(", ")));
            Ok(())
        }
        Err(error) => {
            let cancelling = current_task().map_or(0, |task| task.cancelling());
            print(format!("collect: CancelledError, cancelling() is {cancelling}"));
            Err(error)
        }
    }
}

pub async fn main(args: Args) -> Result {
    let mut tasks = Vec::new();
    for (number, delay) in args.floats("DELAYS").into_iter().enumerate() {
        let name = format!("fetch-{number}");
        tasks.push(create_task_named(fetch(name.clone(), delay), name));
    }
    let collecting = collect(tasks.clone(), args.bool("RETURN_EXCEPTIONS"));
    let collecting = create_task_named(collecting, "collect");
    sleep(args.float("CANCEL_AT")).await?;
    if args.choice("CANCEL") == "child" {
        if let Some(last) = tasks.last() {
            last.cancel();
        }
        print("main: cancelled the last fetch");
    } else if args.choice("CANCEL") == "collector" {
        collecting.cancel();
        print("main: cancelled the collector");
    }
    wait(&tasks).await?;
    wait(std::slice::from_ref(&collecting)).await?;
    let cancelled = repr_bool(collecting.cancelled());
    print(format!("main: the collector was cancelled: {cancelled}"));
    Ok(())
}
