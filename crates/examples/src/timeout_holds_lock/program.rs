use crate::Args;
use asyncio::*;

async fn update(lock: Lock, args: Args) -> Result<&'static str> {
    {
        let _guard = lock.enter().await?;
        print("update: has the lock");
        match sleep(args.float("WORK")).await {
            Err(error) => {
                print("update: cancelled, rolls back");
                sleep(args.float("CLEANUP")).await?;
                print("update: rolled back");
                if !args.bool("SWALLOW") {
                    return Err(error);
                }
            }
            Ok(()) => print("update: done"),
        }
    }
    Ok("an update")
}

#[called_with(lock)]
async fn reader(lock: Lock) -> Result {
    sleep(0.25).await?;
    let _guard = lock.enter().await?;
    print("reader: has the lock");
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let limit = args.float("TIMEOUT");

    let lock = Lock::new().named("lock");
    let reading = create_task_named(reader(lock.clone()), "reader");
    let start = time();
    match wait_for(update(lock.clone(), args), Some(limit)).await {
        Err(error) if error.is("TimeoutError") => {
            print(format!("main: TimeoutError after {:.2} s", time() - start));
        }
        result => print(format!("main: {} after {:.2} s", result?, time() - start)),
    }
    let held = repr_bool(lock.locked());
    print(format!("main: the lock is held: {held}"));
    reading.await
}
