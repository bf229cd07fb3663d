use crate::Args;
use asyncio::*;
use std::rc::Rc;

type Text = &'static str;

/// What Python awaits, whatever it is.
enum Given {
    Coroutine(Coro<Text>),
    Task(Task<Text>),
    Future(Future<Text>),
}

async fn fetch(delay: f64) -> Result<Text> {
    print("fetch: begins");
    sleep(delay).await?;
    Ok("a parcel")
}

fn order(event_loop: &Rc<EventLoop>, args: &Args) -> Given {
    let delay = args.float("DELAY");
    match args.choice("GIVEN") {
        "coroutine" => Given::Coroutine(Coro::new("fetch", fetch(delay))),
        "task" => {
            let task = event_loop.create_task(fetch(delay));
            task.set_name("courier");
            Given::Task(task)
        }
        _ => {
            let future = event_loop.create_future();
            let parcel = future.clone();
            event_loop.call_later(delay, move || parcel.set_result("a parcel"));
            Given::Future(future)
        }
    }
}

fn wrap(given: Given, way: &str) -> (Given, Result<bool>) {
    let refused = || Err(Error::new("TypeError", "a coroutine was expected"));
    match (given, way) {
        (Given::Coroutine(coroutine), "ensure_future") => {
            (Given::Future(ensure_future(coroutine)), Ok(true))
        }
        (Given::Coroutine(coroutine), "create_task") => {
            (Given::Task(create_task(coroutine)), Ok(true))
        }
        (Given::Task(task), "ensure_future") => {
            let same = ensure_future(&task) == *task;
            (Given::Task(task), Ok(!same))
        }
        (Given::Future(future), "ensure_future") => {
            let same = ensure_future(future.clone()) == future;
            (Given::Future(future), Ok(!same))
        }
        (given, "create_task") => (given, refused()),
        (given, _) => (given, Ok(false)),
    }
}

pub async fn main(args: Args) -> Result {
    let event_loop = get_running_loop()?;
    let given = order(&event_loop, &args);
    let (wrapped, anew) = wrap(given, args.choice("WRAP"));
    match anew {
        Ok(true) => print("main: has a new task"),
        Ok(false) => print("main: has what it was given"),
        Err(_) => print("main: TypeError, create_task takes coroutines only"),
    }
    sleep(args.float("OWN_WORK")).await?;
    print("main: now it needs the parcel");
    let parcel = match wrapped {
        Given::Coroutine(coroutine) => coroutine.await?,
        Given::Task(task) => task.await?,
        Given::Future(future) => future.await?,
    };
    print(format!("main: has {parcel} after {:.2} s", event_loop.time()));
    Ok(())
}
