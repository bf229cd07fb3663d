use crate::Args;
use asyncio::*;

#[called_with(mirror, delay)]
async fn ask(mirror: usize, delay: f64, cleanup: f64) -> Result<String> {
    let result = async {
        print(format!("mirror {mirror}: asked, needs {delay:.1} s"));
        sleep(delay).await?;
        print(format!("mirror {mirror}: answered"));
        Ok(format!("answer from mirror {mirror}"))
    }
    .await;
    if result.as_ref().is_err_and(Error::is_cancelled) {
        print(format!("mirror {mirror}: cancelled, closing"));
        sleep(cleanup).await?;
        print(format!("mirror {mirror}: closed"));
    }
    result
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");
    let cleanup = args.float("CLEANUP");

    let mut tasks = Vec::new();
    for (mirror, delay) in delays.into_iter().enumerate() {
        let task = create_task_named(ask(mirror, delay, cleanup), format!("mirror-{mirror}"));
        tasks.push(task);
    }
    let (done, pending) = wait(&tasks).return_when(FIRST_COMPLETED).await?;
    for task in tasks.iter().filter(|t| done.contains(t)) {
        print(format!("winner: {}", task.result()?));
    }

    let losers: Vec<_> = tasks.iter().filter(|t| pending.contains(t)).collect();
    for task in &losers {
        task.cancel();
    }
    gather_return_exceptions(losers).await?;
    let cancelled = tasks.iter().filter(|task| task.cancelled()).count();
    print(format!("cancelled: {cancelled}"));
    Ok(())
}
