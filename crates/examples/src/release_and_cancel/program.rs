use crate::Args;
use asyncio::*;

#[derive(Clone)]
enum Door {
    Lock(Lock),
    Semaphore(Semaphore),
}

impl Door {
    fn class(&self) -> Named {
        match self {
            Door::Lock(_) => Named("Lock"),
            Door::Semaphore(_) => Named("Semaphore"),
        }
    }

    fn locked(&self) -> &'static str {
        let locked = match self {
            Door::Lock(lock) => lock.locked(),
            Door::Semaphore(semaphore) => semaphore.locked(),
        };
        repr_bool(locked)
    }

    fn release(&self) -> Result {
        match self {
            Door::Lock(lock) => lock.release(),
            Door::Semaphore(semaphore) => {
                semaphore.release();
                Ok(())
            }
        }
    }
}

#[called_with(name, door.class())]
async fn client(name: String, door: Door, work: f64) -> Result {
    let acquired = match &door {
        Door::Lock(lock) => lock.acquire().await.map(drop),
        Door::Semaphore(semaphore) => semaphore.acquire().await,
    };
    if acquired.is_err() {
        print(format!("{name}: cancelled, never was inside"));
    }
    acquired?;
    print(format!("{name}: inside"));
    sleep(work).await?;
    door.release()?;
    print(format!("{name}: has left"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let work = args.float("WORK");

    let door = match args.choice("KIND") {
        "Lock" => Door::Lock(Lock::new().named("door")),
        _ => Door::Semaphore(Semaphore::new(1).named("door")),
    };
    match &door {
        Door::Lock(lock) => drop(lock.acquire().await?),
        Door::Semaphore(semaphore) => semaphore.acquire().await?,
    }
    let mut tasks = Vec::new();
    for number in 0..args.count("CLIENTS") {
        let name = format!("client-{number}");
        tasks.push(create_task_named(client(name.clone(), door.clone(), work), name));
    }
    sleep(args.float("HOLD")).await?;
    if args.choice("FIRST") == "release" {
        door.release()?;
        tasks[0].cancel();
        print("main: released, then cancelled the first in line");
    } else {
        tasks[0].cancel();
        door.release()?;
        print("main: cancelled the first in line, then released");
    }
    print(format!("main: locked() is {}", door.locked()));
    wait(&tasks).await?;
    print(format!("main: at the end locked() is {}", door.locked()));
    Ok(())
}
