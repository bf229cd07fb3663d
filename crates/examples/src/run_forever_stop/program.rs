use crate::Args;
use asyncio::*;
use std::rc::Rc;

async fn heartbeat(beat: f64) -> Result {
    let mut beats = 0;
    loop {
        sleep(beat).await?;
        beats += 1;
        print(format!("heartbeat: {beats}"));
    }
}

fn stop(event_loop: &Rc<EventLoop>) {
    event_loop.stop();
    print("stop: called");
    event_loop.call_soon(|| print("scheduled after stop: waits for the next run"));
}

fn end_this_run(event_loop: &Rc<EventLoop>) {
    let stopped = event_loop.clone();
    event_loop.call_soon(move || stop(&stopped));
    event_loop.call_soon(|| print("behind stop in line: still called"));
}

async fn serve(event_loop: &Rc<EventLoop>, stop_at: f64) -> Result {
    print("the loop runs");
    let stopped = event_loop.clone();
    event_loop.call_later(stop_at, move || end_this_run(&stopped));
    event_loop.run_forever().await?;
    let running = repr_bool(event_loop.is_running());
    print(format!("the loop has stopped, is_running() is {running}"));
    Ok(())
}

pub async fn script(args: Args) -> Result {
    let stop_at = args.float("STOP_AT");

    let event_loop = match args.choice("LOOP") {
        "new_event_loop" => new_event_loop()?,
        _ => get_event_loop()?,
    };
    let beating = event_loop.create_task(heartbeat(args.float("BEAT")));
    beating.set_name("heartbeat");
    serve(&event_loop, stop_at).await?;
    print("between the runs nothing happens");
    serve(&event_loop, stop_at).await?;
    if args.bool("TIDY") {
        beating.cancel();
        match event_loop.run_until_complete(beating.clone()).await {
            Err(error) if error.is_cancelled() => print("the heartbeat was cancelled"),
            ended => ended?,
        }
    }
    event_loop.close()?;
    print("the program ends");
    Ok(())
}
