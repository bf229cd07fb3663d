use crate::Args;
use asyncio::*;

#[called_with(parcel)]
async fn wait_for_parcel(parcel: Future<&'static str>) -> Result {
    match parcel.clone().await {
        Ok(content) => {
            print(format!("waiter: got {content}"));
            Ok(())
        }
        Err(error) => {
            let cancelled = repr_bool(parcel.cancelled());
            print(format!("waiter: cancelled, the future was too: {cancelled}"));
            Err(error)
        }
    }
}

fn deliver(parcel: &Future<&'static str>) -> Result {
    if parcel.done() {
        print("main: too late, the future is done");
    } else {
        parcel.set_result("a book")?;
        print("main: set_result");
    }
    Ok(())
}

fn stop(waiter: &Task<()>) {
    print(format!("main: cancel() returned {}", repr_bool(waiter.cancel())));
}

pub async fn main(args: Args) -> Result {
    let result_first = args.choice("FIRST") == "result";

    let parcel = create_future();
    let waiter = create_task_named(wait_for_parcel(parcel.clone()), "waiter");
    sleep(args.float("DELAY")).await?;
    if result_first {
        deliver(&parcel)?;
    } else {
        stop(&waiter);
    }
    for _ in 0..args.count("TURNS") {
        sleep(0.0).await?;
    }
    if result_first {
        stop(&waiter);
    } else {
        deliver(&parcel)?;
    }
    wait(std::slice::from_ref(&waiter)).await?;
    print(format!("main: the waiter was cancelled: {}", repr_bool(waiter.cancelled())));
    Ok(())
}
