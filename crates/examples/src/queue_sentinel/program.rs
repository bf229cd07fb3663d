use crate::Args;
use asyncio::*;

type Job = Option<(usize, f64)>;

#[called_with(queue)]
async fn producer(queue: Queue<Job>, jobs: Vec<f64>, sentinels: usize, gap: f64) -> Result {
    for (number, seconds) in jobs.into_iter().enumerate() {
        sleep(gap).await?;
        queue.put(Some((number, seconds))).await?;
    }
    for _ in 0..sentinels {
        queue.put(None).await?;
    }
    print("producer: no more jobs");
    Ok(())
}

#[called_with(number, queue)]
async fn consumer(number: usize, queue: Queue<Job>, sentinels: &'static str) -> Result<usize> {
    let mut handled = 0;
    while let Some(job) = queue.get().await? {
        let (job_number, seconds) = job;
        print(format!("consumer {number}: job {job_number}"));
        sleep(seconds).await?;
        handled += 1;
    }
    print(format!("consumer {number}: told to stop"));
    if sentinels == "handed-on" {
        queue.put(None).await?;
    }
    Ok(handled)
}

pub async fn main(args: Args) -> Result {
    let jobs = args.floats("JOBS");
    let consumer_count = args.count("CONSUMERS");
    let gap = args.float("GAP");
    let sentinels = args.choice("SENTINELS");

    let queue = Queue::new(0).named("queue");
    let mut consumers = Vec::new();
    for number in 0..consumer_count {
        let coroutine = consumer(number, queue.clone(), sentinels);
        let task = create_task_named(coroutine, format!("consumer-{number}"));
        consumers.push(task);
    }
    let count = if sentinels == "each" { consumer_count } else { 1 };
    create_task_named(producer(queue, jobs, count, gap), "producer").await?;
    let counts = gather(consumers).await?;
    for (number, handled) in counts.into_iter().enumerate() {
        print(format!("consumer {number} handled {handled}"));
    }
    Ok(())
}
