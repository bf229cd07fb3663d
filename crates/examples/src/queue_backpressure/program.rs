use crate::Args;
use asyncio::*;

#[called_with(number, pace, queue)]
async fn producer(number: usize, pace: f64, queue: Queue<String>, items: usize) -> Result {
    for item in 0..items {
        sleep(pace).await?;
        let start = time();
        queue.put(format!("{number}.{item}")).await?;
        let waited = time() - start;
        print(format!("producer {number}: put {number}.{item}, waited {waited:.2} s"));
    }
    Ok(())
}

#[called_with(number, pace, queue)]
async fn consumer(number: usize, pace: f64, queue: Queue<String>) -> Result {
    loop {
        let item = queue.get().await?;
        let left = queue.qsize();
        print(format!("consumer {number}: took {item}, {left} left"));
        sleep(pace).await?;
        queue.task_done()?;
    }
}

pub async fn main(args: Args) -> Result {
    let maxsize = args.count("MAXSIZE");
    let items = args.count("ITEMS");
    let produce = args.floats("PRODUCE");
    let consume = args.floats("CONSUME");

    let queue = Queue::new(maxsize).named("queue");
    let mut producers = Vec::new();
    for (number, pace) in produce.into_iter().enumerate() {
        let coroutine = producer(number, pace, queue.clone(), items);
        let task = create_task_named(coroutine, format!("producer-{number}"));
        producers.push(task);
    }
    let mut consumers = Vec::new();
    for (number, pace) in consume.into_iter().enumerate() {
        let coroutine = consumer(number, pace, queue.clone());
        let task = create_task_named(coroutine, format!("consumer-{number}"));
        consumers.push(task);
    }
    gather(producers).await?;
    print("producers are done");
    queue.join().await?;
    for task in &consumers {
        task.cancel();
    }
    gather_return_exceptions(consumers).await?;
    print("consumers are done");
    Ok(())
}
