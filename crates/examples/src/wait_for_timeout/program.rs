use crate::Args;
use asyncio::*;

async fn report(name: String, work: f64, cleanup: f64, when_cancelled: &str) -> Result<String> {
    let result = async {
        print(format!("{name}: computing a report"));
        sleep(work).await?;
        Ok("the whole report".into())
    }
    .await;
    if result.as_ref().is_err_and(Error::is_cancelled) {
        print(format!("{name}: cancelled, closing files"));
        sleep(cleanup).await?;
        print(format!("{name}: closed"));
        if when_cancelled == "raise" {
            return result;
        }
        return Ok("half a report".into());
    }
    result
}

#[called_with(name, cleanup)]
async fn client(name: String, cleanup: f64, args: Args) -> Result {
    let work = args.float("WORK");
    let timeout = args.float("TIMEOUT");
    let when_cancelled = args.choice("WHEN_CANCELLED");

    let start = time();
    let report = report(name.clone(), work, cleanup, when_cancelled);
    match wait_for(report, Some(timeout)).await {
        Err(error) if error.is("TimeoutError") => {
            print(format!("{name}: {} after {:.2} s", error.repr(), time() - start));
        }
        result => print(format!("{name}: {} after {:.2} s", result?, time() - start)),
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let cleanups = args.floats("CLEANUPS");

    TaskGroup::scope(async |group| {
        for (number, cleanup) in cleanups.into_iter().enumerate() {
            let name = format!("client-{number}");
            group.create_task_named(client(name.clone(), cleanup, args.clone()), name)?;
        }
        Ok(())
    })
    .await
}
