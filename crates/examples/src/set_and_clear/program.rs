use crate::Args;
use asyncio::*;

fn is_set(signal: &Event) -> &'static str {
    repr_bool(signal.is_set())
}

#[called_with(name, signal)]
async fn wait_for_signal(name: String, signal: Event, once: bool) -> Result {
    if once {
        signal.wait().await?;
    } else {
        while !signal.is_set() {
            signal.wait().await?;
            print(format!("{name}: woken, is_set() is {}", is_set(&signal)));
        }
    }
    print(format!("{name}: goes on, is_set() is {}", is_set(&signal)));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let once = args.choice("WAIT") == "once";

    let signal = Event::new().named("signal");
    let mut tasks = Vec::new();
    for number in 0..args.count("WAITERS") {
        let name = format!("waiter-{number}");
        let coroutine = wait_for_signal(name.clone(), signal.clone(), once);
        tasks.push(create_task_named(coroutine, name));
    }
    sleep(args.float("DELAY")).await?;
    signal.set();
    print("main: set");
    for _ in 0..args.count("TURNS") {
        sleep(0.0).await?;
    }
    signal.clear();
    print("main: clear");
    let late = wait_for_signal("latecomer".into(), signal, once);
    tasks.push(create_task_named(late, "latecomer"));
    let (done, pending) = wait(&tasks).timeout(args.float("PATIENCE")).await?;
    print(format!("main: {} went on, {} still wait", done.len(), pending.len()));
    for task in pending {
        task.cancel();
    }
    Ok(())
}
