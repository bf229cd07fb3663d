use crate::Args;
use asyncio::*;

type Pages = AsyncGenerator<usize>;

async fn fetch(number: usize, seconds: f64) -> Result {
    let slept = sleep(seconds).await;
    if slept.as_ref().is_err_and(Error::is_cancelled) {
        print(format!("page {number}: CancelledError while it is fetched"));
    }
    slept
}

fn pages(args: &Args) -> Pages {
    let (fetches, limit) = (args.floats("FETCHES"), args.float("LIMIT"));
    let inside = args.choice("WHERE") == "inside";
    async_generator("pages", async move |pages| {
        for (number, seconds) in fetches.into_iter().enumerate() {
            if inside {
                let limited = timeout(Some(limit)).scope(async |_| {
                    fetch(number, seconds).await?;
                    pages.yield_(number).await
                });
                limited.await?;
            } else {
                fetch(number, seconds).await?;
                pages.yield_(number).await?;
            }
        }
        Ok(())
    })
}

async fn process(number: usize, seconds: f64) -> Result {
    print(format!("page {number}: arrived"));
    let slept = sleep(seconds).await;
    if slept.as_ref().is_err_and(Error::is_cancelled) {
        print(format!("page {number}: CancelledError while it is processed"));
    }
    slept?;
    print(format!("page {number}: processed"));
    Ok(())
}

#[called_with(source)]
async fn ask(source: Pages) -> Result<Option<usize>> {
    source.next().await
}

async fn read_with_limit(source: Pages, args: &Args) -> Result {
    loop {
        match wait_for(ask(source.clone()), Some(args.float("LIMIT"))).await {
            Err(error) if error.is("TimeoutError") => {
                print("reader: TimeoutError, asks again");
            }
            number => match number? {
                Some(number) => process(number, args.float("PROCESS")).await?,
                None => return Ok(()),
            },
        }
    }
}

async fn read_and_wait(source: Pages, args: &Args) -> Result {
    let limit = args.float("LIMIT");
    loop {
        let asking = create_task_named(ask(source.clone()), "asking");
        let (_, mut pending) = wait(std::slice::from_ref(&asking)).timeout(limit).await?;
        while !pending.is_empty() {
            print("reader: not yet, waits on");
            (_, pending) = wait(std::slice::from_ref(&asking)).timeout(limit).await?;
        }
        match asking.result()? {
            Some(number) => process(number, args.float("PROCESS")).await?,
            None => return Ok(()),
        }
    }
}

async fn read(source: Pages, args: &Args) -> Result {
    while let Some(number) = source.next().await? {
        process(number, args.float("PROCESS")).await?;
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let source = pages(&args);
    // Python's global.
    let kept = source.clone();
    at_exit(move || drop(kept));
    let reading = match args.choice("WHERE") {
        "around-anext" => read_with_limit(source, &args).await,
        "wait" => read_and_wait(source, &args).await,
        "around-loop" => {
            let limit = timeout(Some(args.float("LIMIT")));
            limit.scope(async |_| read(source, &args).await).await
        }
        _ => read(source, &args).await,
    };
    match reading {
        Err(error) if error.is("TimeoutError") => print("main: TimeoutError"),
        reading => {
            reading?;
            print("main: has read everything there was");
        }
    }
    Ok(())
}
