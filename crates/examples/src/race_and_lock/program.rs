use crate::Args;
use asyncio::*;

async fn read_await_write(number: usize, counter: SharedValue, pause: f64) -> Result {
    let seen = counter.get();
    print(format!("worker {number}: reads {seen}"));
    sleep(pause).await?;
    counter.set(seen + 1);
    print(format!("worker {number}: writes {}", counter.get()));
    Ok(())
}

async fn await_then_add(number: usize, counter: SharedValue, pause: f64) -> Result {
    sleep(pause).await?;
    counter.set(counter.get() + 1);
    print(format!("worker {number}: adds, now {}", counter.get()));
    Ok(())
}

#[called_with(number, Named("Counter"), lock)]
async fn worker(number: usize, counter: SharedValue, lock: Lock, args: Args) -> Result {
    let pause = args.float("PAUSE");
    sleep(args.float("GAP") * number as f64).await?;
    for _ in 0..args.count("ROUNDS") {
        match args.choice("GUARD") {
            "none" => read_await_write(number, counter.clone(), pause).await?,
            "lock" => {
                let _guard = lock.enter().await?;
                read_await_write(number, counter.clone(), pause).await?;
            }
            _ => await_then_add(number, counter.clone(), pause).await?,
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let workers = args.count("WORKERS");

    let counter = SharedValue::new(0).named("counter");
    let lock = Lock::new().named("lock");
    let (shared, rounds) = (counter.clone(), args.count("ROUNDS"));
    TaskGroup::scope(|group| async move {
        for number in 0..workers {
            let coroutine = worker(number, shared.clone(), lock.clone(), args.clone());
            group.create_task_named(coroutine, format!("worker-{number}"))?;
        }
        Ok(())
    })
    .await?;
    let updates = (workers * rounds) as i64;
    let value = counter.get();
    print(format!("{updates} updates, counter {value}: {} lost", updates - value));
    Ok(())
}
