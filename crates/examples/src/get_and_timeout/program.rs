use crate::Args;
use asyncio::*;

#[called_with(queue)]
async fn put_later(queue: Queue<&'static str>, put_at: f64) -> Result {
    sleep(put_at).await?;
    queue.put_nowait("a letter")?;
    print("producer: put a letter");
    Ok(())
}

async fn hold_the_loop(from: f64, hold: f64) -> Result {
    sleep(from).await?;
    time_sleep(hold);
    print("holder: gives the loop back");
    Ok(())
}

async fn first_try(queue: &Queue<&'static str>, way: &str, limit: f64) -> Result<&'static str> {
    if way == "wait_for" {
        return wait_for(queue.get(), Some(limit)).await;
    }
    let getter = create_task_named(queue.get(), "getter");
    let (done, _) = wait(std::slice::from_ref(&getter)).timeout(limit).await?;
    if done.is_empty() {
        return Err(Error::new("TimeoutError", ""));
    }
    getter.result()
}

pub async fn main(args: Args) -> Result {
    let (way, limit) = (args.choice("WAY"), args.float("TIMEOUT"));

    let queue = Queue::new(0).named("queue");
    let producer = put_later(queue.clone(), args.float("PUT_AT"));
    let producer = create_task_named(producer, "producer");
    let holder = hold_the_loop(args.float("HOLD_FROM"), args.float("HOLD"));
    let holder = create_task_named(holder, "holder");
    match first_try(&queue, way, limit).await {
        Err(error) if error.is("TimeoutError") => {
            print(format!("main: TimeoutError, {} in the queue", queue.qsize()));
            match wait_for(queue.get(), Some(args.float("PATIENCE"))).await {
                Err(error) if error.is("TimeoutError") => {
                    print("main: nothing came at the second try");
                }
                letter => print(format!("main: got {} at the second try", letter?)),
            }
        }
        letter => print(format!("main: got {} at once", letter?)),
    }
    wait(&[producer, holder]).await?;
    Ok(())
}
