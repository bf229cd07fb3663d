use crate::Args;
use asyncio::*;

fn readings() -> AsyncGenerator<u32> {
    async_generator("readings", async |readings| {
        let given: Result = async {
            for number in 1..10 {
                readings.yield_(number).await?;
            }
            Ok(())
        }
        .await;
        print("generator closed");
        given
    })
}

#[called_with(name)]
async fn save(name: &'static str, saving: f64, cleanup: f64) -> Result {
    let slept = sleep(saving).await;
    match slept {
        Err(error) if error.is_cancelled() => {
            print(format!("{name}: cancelled, cleaning up"));
            sleep(cleanup).await?;
            print(format!("{name}: cleaned up"));
            Err(error)
        }
        slept => {
            slept?;
            print(format!("{name}: saved"));
            Ok(())
        }
    }
}

#[called_with(sensor)]
async fn main(sensor: AsyncGenerator<u32>, args: Args) -> Result {
    let mut background = Vec::new();
    for name in ["log", "report"] {
        let coroutine = save(name, args.float("SAVING"), args.float("CLEANUP"));
        background.push(create_task_named(coroutine, name));
    }
    let reading = sensor.next().await?;
    print(format!("first reading: {}", reading.unwrap_or_default()));
    sleep(args.float("MAIN")).await?;
    print(format!("main ends, {} tasks started", background.len()));
    Ok(())
}

async fn cancel_leftovers() -> Result {
    let mut leftovers = all_tasks();
    leftovers.retain(|task| current_task().as_ref() != Some(task));
    let mut tasks = Vec::new();
    for task in &leftovers {
        task.cancel();
        tasks.extend(task.downcast::<()>());
    }
    gather_return_exceptions(tasks).await?;
    Ok(())
}

async fn run_by_hand(coroutine: Coro<()>, runner: &str) -> Result {
    let event_loop = new_event_loop()?;
    let ran: Result = async {
        event_loop.run_until_complete(coroutine).await?;
        if runner == "own-loop-tidied" {
            event_loop.run_until_complete(cancel_leftovers()).await?;
            event_loop.shutdown_asyncgens().await?;
        }
        Ok(())
    }
    .await;
    event_loop.close()?;
    print("loop closed");
    ran
}

pub async fn script(args: Args) -> Result {
    let runner = args.choice("RUNNER");

    let sensor = readings();
    let coroutine = Coro::new("main", main(sensor.clone(), args));
    if runner == "asyncio.run" {
        let runner = Runner::new();
        let ran = runner.run(coroutine).await;
        runner.close().await?;
        ran?;
    } else {
        run_by_hand(coroutine, runner).await?;
    }
    print("the program ends");
    Ok(())
}
