use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::rc::Rc;

/// Python's own handler of the signal: none, or what sets the event.
type Handler = Rc<RefCell<Option<Event>>>;

#[called_with(name)]
async fn work(name: &'static str, args: Args) -> Result {
    match sleep(args.float("WORK")).await {
        Err(error) if error.is_cancelled() => {
            print(format!("{name}: CancelledError, cleans up"));
            sleep(args.float("CLEANUP")).await?;
            print(format!("{name}: has cleaned up"));
            if args.bool("SWALLOW") { Ok(()) } else { Err(error) }
        }
        slept => {
            slept?;
            print(format!("{name}: done"));
            Ok(())
        }
    }
}

async fn work_or_stop(stop: Event, args: Args) -> Result {
    let working = create_task_named(work("main", args), "working");
    // Both tasks are of one type.
    let stopping = stop.wait().wrap(|waited| async { waited.await.map(drop) });
    let stopping = create_task_named(stopping, "stopping");
    let both = [working.clone(), stopping.clone()];
    wait(&both).return_when(FIRST_COMPLETED).await?;
    print(if stop.is_set() { "main: told to stop" } else { "main: the work is done" });
    working.cancel();
    stopping.cancel();
    wait(&both).await?;
    Ok(())
}

fn press(handler: &Handler) -> Result {
    print("Ctrl-C is pressed");
    match handler.borrow().clone() {
        Some(stop) => call_soon_threadsafe(move || stop.set()).map(drop),
        None => interrupt(),
    }
}

async fn main(args: Args) -> Result {
    let handler = Handler::default();
    let at = args.float("AT");
    let first = handler.clone();
    call_later(at, move || press(&first));
    if args.bool("TWICE") {
        let second = handler.clone();
        call_later(at + args.float("AGAIN_AFTER"), move || press(&second));
    }
    let background = create_task_named(work("background", args.clone()), "background");
    if args.choice("HANDLER") == "asyncio.run" {
        work("main", args).await?;
    } else {
        let stop = Event::new().named("stop");
        let called = stop.clone();
        if args.choice("HANDLER") == "own" {
            handler.replace(Some(called));
        } else {
            add_signal_handler(move || called.set());
        }
        work_or_stop(stop, args).await?;
    }
    let state = if background.done() { "done" } else { "still at work" };
    print(format!("main: returns, background is {state}"));
    Ok(())
}

pub async fn script(args: Args) -> Result {
    let runner = Runner::new();
    let ran = runner.run(Coro::new("main", main(args))).await;
    let closed = runner.close().await;
    match ran.and(closed) {
        Err(error) if error.is("KeyboardInterrupt") => print("program: KeyboardInterrupt"),
        ended => {
            ended?;
            print("program: asyncio.run has returned");
        }
    }
    Ok(())
}
