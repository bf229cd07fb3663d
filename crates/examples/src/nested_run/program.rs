use crate::Args;
use asyncio::*;

async fn look_up(lookup: f64) -> Result<&'static str> {
    sleep(lookup).await?;
    print("look up: done");
    Ok("Ann")
}

/// The coroutine that nobody will await. Python's traceback keeps it until the exception has been handled.
type Kept = Option<Coro<&'static str>>;

/// What `asyncio.run` and `run_until_complete` say where a loop runs.
fn name_of_user(how: &str, lookup: f64, kept: &mut Kept) -> Result<&'static str> {
    get_running_loop()?;
    *kept = Some(Coro::new("look_up", look_up(lookup)));
    let text = match how {
        "asyncio.run" => "asyncio.run() cannot be called from a running event loop",
        _ => "This event loop is already running",
    };
    Err(Error::new("RuntimeError", text))
}

fn greet(task: &Future<&'static str>) -> Result {
    if task.cancelled() {
        print("callback: cancelled before the name was there");
    } else {
        print(format!("callback: hello, {}", task.result()?));
    }
    Ok(())
}

async fn handle(how: &str, lookup: f64, kept: &mut Kept) -> Result {
    match how {
        "await" => {
            let name = look_up(lookup).await?;
            print(format!("handle: hello, {name}"));
        }
        "create_task" => {
            let task = create_task_named(look_up(lookup), "look-up");
            task.add_done_callback(greet);
            print("handle: goes on, the name comes later");
        }
        _ => {
            let name = name_of_user(how, lookup, kept)?;
            print(format!("handle: hello, {name}"));
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let mut kept = None;
    match handle(args.choice("HOW"), args.float("LOOKUP"), &mut kept).await {
        Err(error) if error.is("RuntimeError") => print(format!("main: {}", error.headline())),
        handled => handled?,
    }
    drop(kept);
    sleep(args.float("REST")).await?;
    print("main: ends");
    Ok(())
}
