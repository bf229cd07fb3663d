use crate::Args;
use asyncio::*;

#[called_with(number, hold, lock)]
async fn worker(number: usize, hold: f64, lock: Lock, turns: usize, rest: f64) -> Result {
    for turn in 0..turns {
        let asked = time();
        lock.acquire().await?;
        let result = async {
            let waited = time() - asked;
            print(format!("worker {number}: turn {turn}, waited {waited:.2} s"));
            sleep(hold).await
        }
        .await;
        lock.release()?;
        result?;
        let locked = repr_bool(lock.locked());
        print(format!("worker {number}: released, locked() is {locked}"));
        if rest > 0.0 {
            sleep(rest).await?;
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let holds = args.floats("HOLDS");
    let turns = args.count("TURNS");
    let rest = args.float("REST");

    let lock = Lock::new().named("lock");
    let mut tasks = Vec::new();
    for (number, hold) in holds.into_iter().enumerate() {
        let coroutine = worker(number, hold, lock.clone(), turns, rest);
        tasks.push(create_task_named(coroutine, format!("worker-{number}")));
    }
    gather(tasks).await?;
    print("everybody had every turn");
    Ok(())
}
