use crate::Args;
use asyncio::*;

async fn step(request: &str, name: &str, seconds: f64) -> Result {
    print(format!("{request}: {name}"));
    let slept = sleep(seconds).await;
    if slept.as_ref().is_err_and(Error::is_cancelled) {
        print(format!("{request}: CancelledError inside {name}"));
    }
    slept
}

#[called_with(request, seconds)]
async fn serve(request: String, seconds: f64, args: Args) -> Result {
    let lookup = args.float("LOOKUP");
    let lookup_limit = args.float("LOOKUP_LIMIT");
    let transfer = args.float("TRANSFER");
    let extension = args.float("EXTENSION");

    let start = time();
    let budget = timeout(Some(seconds));
    let served = budget.scope(async |budget| {
        step(&request, "connect", 0.4).await?;
        let limit = timeout(Some(lookup_limit));
        match limit.scope(async |_| step(&request, "look up", lookup).await).await {
            Err(error) if error.is("TimeoutError") => {
                print(format!("{request}: no address found, takes the old one"));
            }
            found => found?,
        }
        if extension > 0.0 {
            budget.reschedule(budget.when().map(|when| when + extension))?;
        }
        step(&request, "transfer", transfer).await
    });
    match served.await {
        Err(error) if error.is("TimeoutError") => {
            print(format!("{request}: TimeoutError outside after {:.2} s", time() - start));
        }
        served => {
            served?;
            print(format!("{request}: served"));
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let budgets = args.floats("BUDGETS");

    TaskGroup::scope(async |group| {
        for (number, seconds) in budgets.into_iter().enumerate() {
            let name = format!("request-{number}");
            group.create_task_named(serve(name.clone(), seconds, args.clone()), name)?;
        }
        Ok(())
    })
    .await
}
