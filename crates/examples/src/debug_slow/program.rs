use crate::Args;
use asyncio::*;

async fn heartbeat(beat: f64) -> Result {
    loop {
        let due = time() + beat;
        sleep(beat).await?;
        print(format!("heartbeat: {:.2} s late", time() - due));
    }
}

#[called_with(number, held)]
async fn worker(number: usize, held: f64) -> Result {
    sleep(0.2).await?;
    time_sleep(held);
    sleep(0.5).await?;
    print(format!("worker {number}: done"));
    Ok(())
}

async fn main(args: Args) -> Result {
    get_running_loop()?.set_slow_callback_duration(args.float("THRESHOLD"));
    let beat = create_task_named(heartbeat(args.float("BEAT")), "heartbeat");
    let mut workers = Vec::new();
    for (number, held) in args.floats("HELD").into_iter().enumerate() {
        workers.push(create_task_named(worker(number, held), format!("worker-{number}")));
    }
    gather(workers).await?;
    beat.cancel();
    Ok(())
}

pub async fn script(args: Args) -> Result {
    let runner = Runner::with_debug(args.bool("DEBUG"));
    let ran = runner.run(Coro::new("main", main(args))).await;
    runner.close().await?;
    ran
}
