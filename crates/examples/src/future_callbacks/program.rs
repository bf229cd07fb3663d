use crate::Args;
use asyncio::*;

fn tell(future: &Future<&'static str>, name: &str) -> Result {
    if future.cancelled() {
        print(format!("{name}: the future was cancelled"));
    } else if let Some(error) = future.exception()? {
        print(format!("{name}: the future raised {error}"));
    } else {
        print(format!("{name}: the future has {}", future.result()?));
    }
    Ok(())
}

fn complete(future: &Future<&'static str>, args: &Args) -> Result {
    if args.bool("ONLY_ONCE") && future.done() {
        print("setter: the future is done already");
    } else if args.choice("COMPLETE_BY") == "set_result" {
        future.set_result("a parcel")?;
    } else if args.choice("COMPLETE_BY") == "set_exception" {
        future.set_exception(Error::new("ConnectionError", "no parcel"))?;
    } else {
        let cancelled = repr_bool(future.cancel());
        print(format!("setter: cancel returned {cancelled}"));
    }
    Ok(())
}

#[called_with(future)]
async fn set_later(future: Future<&'static str>, args: Args) -> Result {
    sleep(args.float("DELAY")).await?;
    call_soon(|| print("a callback from before"));
    complete(&future, &args)?;
    print("setter: completed it, nobody has been called yet");
    match complete(&future, &args) {
        Err(error) if error.is("InvalidStateError") => {
            print(format!("setter: the second time InvalidStateError: {error}"));
        }
        completed => completed?,
    }
    future.add_done_callback(|future| tell(future, "latecomer"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let future = create_future();
    for number in 1..=args.count("CALLBACKS") {
        future.add_done_callback(move |future| tell(future, &format!("callback {number}")));
    }
    let setter = create_task_named(set_later(future.clone(), args), "setter");
    let result = future.await;
    match result {
        Ok(parcel) => print(format!("main: got {parcel}")),
        Err(error) if error.is("ConnectionError") || error.is_cancelled() => {
            print(format!("main: woken by {}", error.type_name()));
        }
        Err(error) => return Err(error),
    }
    setter.await
}
