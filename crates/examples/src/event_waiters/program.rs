use crate::Args;
use asyncio::*;

#[called_with(number, arrival, event)]
async fn waiter(number: usize, arrival: f64, event: Event) -> Result {
    sleep(arrival).await?;
    let state = if event.is_set() { "set" } else { "not set" };
    print(format!("waiter {number}: comes, the event is {state}"));
    let came = time();
    event.wait().await?;
    print(format!("waiter {number}: goes on after {:.2} s", time() - came));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let arrivals = args.floats("ARRIVALS");
    let open = args.float("OPEN");

    let event = Event::new().named("event");
    TaskGroup::scope(|group| async move {
        for (number, arrival) in arrivals.into_iter().enumerate() {
            let coroutine = waiter(number, arrival, event.clone());
            group.create_task_named(coroutine, format!("waiter-{number}"))?;
        }
        sleep(args.float("SET_AT")).await?;
        event.set();
        print("main: set");
        if open > 0.0 {
            sleep(open).await?;
        }
        event.clear();
        print("main: clear");
        sleep(args.float("CLOSED")).await?;
        event.set();
        print("main: set for good");
        Ok(())
    })
    .await
}
