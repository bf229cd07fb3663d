use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::rc::Rc;

/// Python's global. Here a lock is made in a loop, so the first run makes it.
type Shared = Rc<RefCell<Option<Lock>>>;

#[called_with(number, lock)]
async fn worker(number: usize, lock: Lock, args: Args) -> Result {
    sleep(args.float("GAP") * number as f64).await?;
    let held: Result = async {
        let _guard = lock.enter().await?;
        print(format!("worker {number}: has the lock"));
        sleep(args.float("HOLD")).await
    }
    .await;
    match held {
        Err(error) if error.is("RuntimeError") => {
            let different =
                repr_bool(error.headline().contains("is bound to a different event loop"));
            print(format!("worker {number}: RuntimeError, of a different loop: {different}"));
            Ok(())
        }
        held => held,
    }
}

#[called_with(number)]
async fn main(number: usize, shared: Shared, args: Args) -> Result {
    print(format!("run {number}: begins"));
    let of_module = shared.borrow_mut().get_or_insert_with(|| Lock::new().named("shared")).clone();
    let lock =
        if args.choice("LOCK") == "of-the-module" { of_module } else { Lock::new().named("lock") };
    let mut workers = Vec::new();
    for number in 0..args.count("WORKERS") {
        let coroutine = worker(number, lock.clone(), args.clone());
        workers.push(create_task_named(coroutine, format!("worker-{number}")));
    }
    gather(workers).await?;
    print(format!("run {number}: ends"));
    Ok(())
}

async fn run_once(number: usize, shared: &Shared, args: &Args) -> Result {
    let runner = Runner::new();
    let coroutine = main(number, shared.clone(), args.clone());
    let ran = runner.run(Coro::new("main", coroutine)).await;
    runner.close().await?;
    ran
}

pub async fn script(args: Args) -> Result {
    let shared = Shared::default();
    run_once(1, &shared, &args).await?;
    print("between the runs");
    run_once(2, &shared, &args).await
}
