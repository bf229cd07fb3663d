//! Cancelling a task where it awaits a coroutine that somebody else has ended meanwhile.

use super::*;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A coroutine object that several tasks take steps of, as front ends have them.
#[derive(Clone)]
struct Shared(Rc<RefCell<Option<Sleep>>>);

impl StdFuture for Shared {
    type Output = Result;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result> {
        let mut body = self.0.borrow_mut();
        let Some(sleep) = &mut *body else {
            let text = "cannot reuse already awaited coroutine";
            return Poll::Ready(Err(Error::new("RuntimeError", text)));
        };
        let polled = Pin::new(sleep).poll(cx);
        if polled.is_ready() {
            *body = None;
        }
        polled
    }
}

/// Awaits it, says what that raises, and goes on.
async fn waits(shared: Shared) -> Result {
    if let Err(error) = shared.await {
        print(error.repr());
    }
    sleep(1.0).await?;
    print("goes on");
    Ok(())
}

#[test]
fn the_error_takes_the_place_of_the_cancellation() {
    check(
        r#"
async def waits(shared):
    try:
        await shared
    except BaseException as error:
        print(repr(error))
    await asyncio.sleep(1)
    print("goes on")

async def main():
    shared = asyncio.sleep(0)
    task = asyncio.create_task(waits(shared))
    asyncio.create_task(shared)
    await asyncio.sleep(0)
    print(task.cancel())
    await task
    print(task.cancelled(), task.cancelling())
"#,
        &[
            "0.0 True",
            "0.0 RuntimeError('cannot reuse already awaited coroutine')",
            "1.0 goes on",
            "1.0 False 1",
        ],
        async {
            let shared = Shared(Rc::new(RefCell::new(Some(sleep(0.0)))));
            let task = create_task(waits(shared.clone()));
            create_task(shared);
            sleep(0.0).await?;
            print(truth(task.cancel()));
            (&task).await?;
            print(format!("{} {}", truth(task.cancelled()), task.cancelling()));
            Ok(())
        },
    );
}

#[test]
fn a_task_that_ends_with_that_is_not_cancelled() {
    check(
        r#"
async def main():
    shared = asyncio.sleep(0)
    async def waits():
        try:
            await shared
        except RuntimeError:
            return "handled"
    task = asyncio.create_task(waits())
    asyncio.create_task(shared)
    await asyncio.sleep(0)
    task.cancel()
    print(await task, task.cancelled())
"#,
        &["0.0 handled False"],
        async {
            let shared = Shared(Rc::new(RefCell::new(Some(sleep(0.0)))));
            let waiting = shared.clone();
            let task = create_task(async move {
                match waiting.await {
                    Err(error) if error.is("RuntimeError") => Ok("handled"),
                    other => other.map(|()| "ended"),
                }
            });
            create_task(shared);
            sleep(0.0).await?;
            task.cancel();
            print(format!("{} {}", (&task).await?, truth(task.cancelled())));
            Ok(())
        },
    );
}
