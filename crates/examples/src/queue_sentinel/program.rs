use crate::Args;
use asyncio::*;

type Job = Option<(usize, f64)>;

async fn producer(queue: Queue<Job>, jobs: Vec<f64>, consumer_count: usize, gap: f64) -> Result {
    for (number, seconds) in jobs.into_iter().enumerate() {
        sleep(gap).await?;
        queue.put(Some((number, seconds))).await?;
    }
    for _ in 0..consumer_count {
        queue.put(None).await?;
    }
    print("producer: no more jobs");
    Ok(())
}

async fn consumer(number: usize, queue: Queue<Job>) -> Result<usize> {
    let mut handled = 0;
    while let Some(job) = queue.get().await? {
        let (job_number, seconds) = job;
        print(format!("consumer {number}: job {job_number}"));
        sleep(seconds).await?;
        handled += 1;
    }
    print(format!("consumer {number}: told to stop"));
    Ok(handled)
}

pub async fn main(args: Args) -> Result {
    let jobs = args.floats("JOBS");
    let consumer_count = args.count("CONSUMERS");
    let gap = args.float("GAP");

    let queue = Queue::new(0);
    let mut consumers = Vec::new();
    for number in 0..consumer_count {
        let coroutine = consumer(number, queue.clone());
        let task = create_task_named(coroutine, format!("consumer-{number}"));
        consumers.push(task);
    }
    create_task_named(producer(queue, jobs, consumer_count, gap), "producer").await?;
    let counts = gather(consumers).await?;
    for (number, handled) in counts.into_iter().enumerate() {
        print(format!("consumer {number} handled {handled}"));
    }
    Ok(())
}
