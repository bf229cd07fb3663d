use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

#[called_with(what)]
async fn fetch(what: &'static str, args: Args) -> Result<String> {
    print(format!("{what}: runs in {}", current_task_name().unwrap_or_default()));
    if args.bool("SUSPENDING") {
        sleep(args.float("DELAY")).await?;
    }
    Ok(format!("result of the {what}"))
}

struct Download {
    what: &'static str,
    args: Args,
}

impl IntoFuture for Download {
    type Output = Result<String>;
    type IntoFuture = Coro<String>;

    fn into_future(self) -> Coro<String> {
        if self.args.choice("OBJECT") == "coroutine" {
            return Coro::new("fetch", fetch(self.what, self.args));
        }
        Coro::anonymous(step_by_step(self.what, self.args))
    }
}

async fn step_by_step(what: &'static str, args: Args) -> Result<String> {
    print(format!("{what}: a generator, which gives way"));
    if args.choice("OBJECT") == "yield" {
        sleep(0.0).await?;
    } else {
        bad_yield("42").await?;
    }
    Ok(format!("result of the {what}"))
}

async fn inspect(awaitable: impl IntoFuture<Output = Result<String>>) -> Result {
    let others = Rc::new(Cell::new(false));
    let ran = others.clone();
    call_soon(move || ran.set(true));
    let result = awaitable.await?;
    let meanwhile = if others.get() { "others ran meanwhile" } else { "nobody else ran" };
    print(format!("{result}: {meanwhile}"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let delay = args.float("DELAY");
    let head_start = args.float("HEAD_START");

    inspect(fetch("coroutine", args.clone())).await?;
    match inspect(Download { what: "object", args: args.clone() }).await {
        Err(error) if error.is("RuntimeError") => print(format!("RuntimeError: {error}")),
        inspected => inspected?,
    }

    let task = create_task_named(fetch("task", args), "fetcher");
    let future: Future<String> = create_future();
    let setter = future.clone();
    call_later(delay * 2.0, move || setter.set_result("result of the future".into()));
    print("the task and the future are on their way");
    if head_start > 0.0 {
        sleep(head_start).await?;
    }
    inspect(task).await?;
    inspect(future).await?;
    Ok(())
}
