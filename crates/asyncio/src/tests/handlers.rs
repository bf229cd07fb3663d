//! Exception handlers of loops.

use super::*;

type User = ContextVar<&'static str>;

/// Says what it is told, and fails itself where that is an `OSError`.
fn handler(user: User) -> impl Fn(&ErrorContext) -> Result {
    move |context| {
        let error = context.exception.as_ref().map_or_else(|| "None".into(), Error::repr);
        print(format!("{} {error} {}", context.message, user.get()?));
        match &context.exception {
            Some(error) if error.is("OSError") => Err(Error::new("ValueError", "from the handler")),
            _ => Ok(()),
        }
    }
}

#[test]
fn it_is_told_in_the_context_of_what_went_wrong() {
    check_all(
        r#"
def handler(loop, context):
    print(context["message"].split(" main")[0], repr(context.get("exception")), user.get())
    if isinstance(context.get("exception"), OSError):
        raise ValueError("from the handler")

def fails(error):
    raise error

async def coro(error):
    user.set("cid")
    raise error

async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    user.set("ann")
    loop.call_soon(fails, TypeError("callback"))
    user.set("bob")
    await asyncio.sleep(0)
    task = asyncio.create_task(coro(KeyError("task")))
    await asyncio.sleep(0)
    del task
    await asyncio.sleep(0)
    loop.call_exception_handler({"message": "by hand"})
    loop.call_soon(fails, OSError("handled badly"))
    await asyncio.sleep(0)
    print(loop.get_exception_handler() is handler)
    loop.set_exception_handler(None)
    print(loop.get_exception_handler())
    loop.call_soon(fails, TypeError("logged"))
    await asyncio.sleep(0)
"#,
        &[
            "0.0 Exception in callback TypeError('callback') ann",
            "0.0 Task exception was never retrieved KeyError('task') cid",
            "0.0 by hand None bob",
            "0.0 Exception in callback OSError('handled badly') bob",
            "log Unhandled error in exception handler: ValueError: from the handler",
            "0.0 True",
            "0.0 None",
            "log Exception in callback: TypeError: logged",
        ],
        async {
            let event_loop = get_running_loop()?;
            let user = User::with_default("user", "nobody");
            event_loop.set_exception_handler(Some(handler(user.clone())));
            user.set("ann");
            call_soon(|| Result::Err(Error::new("TypeError", "callback")));
            user.set("bob");
            sleep(0.0).await?;
            let inside = user.clone();
            let task = create_task(async move {
                inside.set("cid");
                Result::<()>::Err(Error::new("KeyError", "task"))
            });
            sleep(0.0).await?;
            drop(task);
            sleep(0.0).await?;
            event_loop.call_exception_handler(&ErrorContext::new("by hand", None))?;
            call_soon(|| Result::Err(Error::new("OSError", "handled badly")));
            sleep(0.0).await?;
            print(truth(event_loop.exception_handler().is_some()));
            event_loop.set_exception_handler(None::<fn(&ErrorContext) -> Result>);
            print(event_loop.exception_handler().map_or("None", |_| "a handler"));
            call_soon(|| Result::Err(Error::new("TypeError", "logged")));
            sleep(0.0).await
        },
    );
}
