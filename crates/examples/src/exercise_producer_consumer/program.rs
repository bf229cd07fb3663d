use crate::Args;
use asyncio::*;

const CONSUMERS: usize = 3;
const ITEMS: usize = 5;

type Items = Queue<Option<String>>;

#[called_with(name, queue)]
async fn produce(name: char, queue: Items) -> Result {
    for number in 0..ITEMS {
        sleep(0.1).await?;
        queue.put(Some(format!("{name}{number}"))).await?;
    }
    print(format!("producer {name}: that was all"));
    Ok(())
}

#[called_with(queue)]
async fn consume(queue: Items, task_done: &'static str) -> Result {
    loop {
        let item = match queue.get().await {
            Err(error) if error.is("QueueShutDown") => return Ok(()),
            got => got?,
        };
        let Some(item) = item else { return Ok(()) };
        if task_done == "on-get" {
            queue.task_done()?;
        }
        sleep(0.4).await?;
        print(format!("processed {item}"));
        if task_done == "after-work" {
            queue.task_done()?;
        }
    }
}

async fn stop(how: &'static str, consumers: &[Task<()>], queue: &Items) -> Result {
    match how {
        "cancel" => {
            for consumer in consumers {
                consumer.cancel();
            }
        }
        "one-sentinel" => {
            queue.put(None).await?;
        }
        "sentinel-each" => {
            for _ in consumers {
                queue.put(None).await?;
            }
        }
        "shutdown" => queue.shutdown(false)?,
        _ => queue.shutdown(true)?,
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let buffer = args.count("BUFFER");
    let task_done = args.choice("TASK_DONE");
    let join = args.bool("JOIN");
    let how = args.choice("STOP");

    let queue = Queue::new(buffer).named("queue");
    let consumers: Vec<_> = (0..CONSUMERS)
        .map(|number| {
            let coroutine = consume(queue.clone(), task_done);
            create_task_named(coroutine, format!("consumer-{number}"))
        })
        .collect();
    let producers: Vec<_> = ['A', 'B']
        .into_iter()
        .map(|name| create_task_named(produce(name, queue.clone()), format!("producer-{name}")))
        .collect();
    gather(producers).await?;
    if join {
        queue.join().await?;
        print("join: everything is done");
    }
    stop(how, &consumers, &queue).await?;
    print(format!("told to stop: {how}"));
    gather_return_exceptions(consumers).await?;
    print("consumers are gone");
    Ok(())
}
