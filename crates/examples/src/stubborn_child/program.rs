use crate::Args;
use asyncio::*;

async fn stubborn(swallows: usize, work: f64) -> Result {
    let mut swallowed = 0;
    loop {
        match sleep(work).await {
            Ok(()) => {
                print("stubborn: has done its work");
                return Ok(());
            }
            Err(error) => {
                if swallowed == swallows {
                    return Err(error);
                }
                swallowed += 1;
                print("stubborn: cancelled, begins anew");
            }
        }
    }
}

async fn fail(fail_at: f64) -> Result {
    sleep(fail_at).await?;
    Err(Error::new("ValueError", "no"))
}

async fn polite(work: f64) -> Result {
    let slept = sleep(work).await;
    // The `finally` block.
    print("polite: ends");
    slept
}

pub async fn main(args: Args) -> Result {
    let (swallows, work) = (args.count("SWALLOWS"), args.float("WORK"));

    let start = time();
    let limit = timeout(Some(args.float("LIMIT")));
    let ended = limit.scope(async |_| {
        let group = TaskGroup::scope(async |group| {
            group.create_task_named(stubborn(swallows, work), "stubborn")?;
            group.create_task_named(polite(work), "polite")?;
            group.create_task_named(fail(args.float("FAIL_AT")), "fail")?;
            Ok(())
        });
        group.await
    });
    match ended.await {
        Err(error) if error.is("TimeoutError") => print("main: the time limit came first"),
        Err(errors) if errors.is("ExceptionGroup") => {
            print("main: the group raised ValueError");
        }
        ended => ended?,
    }
    print(format!("main: the group took {:.2} s", time() - start));
    Ok(())
}
