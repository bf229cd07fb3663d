use crate::Args;
use asyncio::*;

async fn heartbeat(beat: f64) -> Result {
    loop {
        let due = time() + beat;
        sleep(beat).await?;
        print(format!("heartbeat: {:.2} s late", time() - due));
    }
}

async fn download(seconds: f64) -> Result {
    sleep(seconds).await?;
    print("download: the data is here");
    Ok(())
}

async fn report(call: &'static str, length: f64) -> Result {
    sleep(0.6).await?;
    print(format!("report: calls {call}"));
    match call {
        "time.sleep" => time_sleep(length),
        "asyncio.sleep" => sleep(length).await?,
        _ => to_thread(move |thread| async move { thread.sleep(length).await }).await?,
    }
    print("report: finished");
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let beat = create_task_named(heartbeat(args.float("BEAT")), "heartbeat");
    gather([
        create_task_named(download(args.float("DOWNLOAD")), "download"),
        create_task_named(report(args.choice("CALL"), args.float("LENGTH")), "report"),
    ])
    .await?;
    beat.cancel();
    Ok(())
}
