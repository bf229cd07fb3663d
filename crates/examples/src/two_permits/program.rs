use crate::Args;
use asyncio::*;

#[called_with(name, permits)]
async fn client(name: String, permits: Semaphore, work: f64) -> Result {
    print(format!("{name}: asks"));
    {
        let _permit = permits.enter().await?;
        print(format!("{name}: inside"));
        sleep(work).await?;
    }
    print(format!("{name}: leaves"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let (released, work) = (args.count("RELEASED"), args.float("WORK"));

    let permits = Semaphore::new(2).named("permits");
    permits.acquire().await?;
    permits.acquire().await?;
    let mut tasks = Vec::new();
    for number in 0..args.count("CLIENTS") {
        let name = format!("client-{number}");
        tasks.push(create_task_named(client(name.clone(), permits.clone(), work), name));
    }
    sleep(args.float("HOLD")).await?;
    for _ in 0..released {
        permits.release();
    }
    let locked = repr_bool(permits.locked());
    print(format!("main: released {released} in one step, locked() is {locked}"));
    if args.bool("BARGE") {
        let late = client("latecomer".into(), permits, work);
        tasks.push(create_task_named(late, "latecomer"));
    }
    wait(&tasks).await?;
    Ok(())
}
