use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context as Waking, Poll};

/// A coroutine object in a variable: it can be awaited again, which Rust would not even compile.
#[derive(Clone)]
struct Kept(Rc<RefCell<Option<Coro<&'static str>>>>);

impl std::future::Future for Kept {
    type Output = Result<&'static str>;

    fn poll(self: Pin<&mut Self>, waking: &mut Waking<'_>) -> Poll<Self::Output> {
        let mut coroutine = self.0.borrow_mut();
        let Some(body) = &mut *coroutine else {
            let text = "cannot reuse already awaited coroutine";
            return Poll::Ready(Err(Error::new("RuntimeError", text)));
        };
        let polled = Pin::new(body).poll(waking);
        if polled.is_ready() {
            *coroutine = None;
        }
        polled
    }
}

fn fetch(delay: f64, failing: bool) -> Coro<&'static str> {
    Coro::new("fetch", async move {
        print("fetch: runs");
        sleep(delay).await?;
        if failing {
            return Err(Error::new("ConnectionError", "no page"));
        }
        Ok("a page")
    })
}

async fn ask<A>(awaitable: A, how: &str) -> Result
where
    A: IntoFuture<Output = Result<&'static str>>,
{
    let start = time();
    match awaitable.await {
        Ok(result) => print(format!("{how}: {result} after {:.2} s", time() - start)),
        Err(error) if error.is_a("Exception") => {
            print(format!("{how}: {} after {:.2} s", error.repr(), time() - start));
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let (delay, failing) = (args.float("DELAY"), args.bool("FAILING"));

    let task = create_task_named(fetch(delay, failing), "fetch");
    ask(task.clone(), "a task").await?;
    ask(task.clone(), "the same task again").await?;
    ask(shield(task.clone()), "a shield around it").await?;
    let coroutine = Kept(Rc::new(RefCell::new(Some(fetch(delay, failing)))));
    ask(coroutine.clone(), "a coroutine").await?;
    ask(coroutine, "the same coroutine again").await?;
    let itself = ensure_future(task.clone()) == *task;
    let itself = repr_bool(itself);
    print(format!("ensure_future gives back the task itself: {itself}"));
    sleep(delay).await?;
    print("sleep with a result: well rested");
    Ok(())
}
