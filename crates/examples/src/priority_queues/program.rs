use crate::Args;
use asyncio::*;

const JOBS: [(i64, &str); 6] =
    [(3, "report"), (2, "mail"), (1, "outage"), (1, "alarm"), (3, "backup"), (2, "chat")];

type Jobs = Queue<(i64, usize, &'static str)>;

fn make_queue(kind: &str) -> Jobs {
    match kind {
        "Queue" => Queue::new(0),
        "LifoQueue" => (*LifoQueue::new(0)).clone(),
        _ => (*PriorityQueue::new(0)).clone(),
    }
}

#[called_with(queue)]
async fn producer(queue: Jobs, numbered: bool, gap: f64) -> Result {
    for (number, (priority, name)) in JOBS.into_iter().enumerate() {
        let ticket = if numbered { number } else { 0 };
        queue.put_nowait((priority, ticket, name))?;
        print(format!("producer: puts {name}, priority {priority}"));
        sleep(gap).await?;
    }
    queue.shutdown(false)
}

#[called_with(queue)]
async fn worker(queue: Jobs, begin: f64, work: f64) -> Result {
    sleep(begin).await?;
    let mut taken = Vec::new();
    let result: Result = async {
        loop {
            let (priority, _, name) = queue.get().await?;
            print(format!("worker: takes {name}, priority {priority}"));
            taken.push(name);
            sleep(work).await?;
        }
    }
    .await;
    match result {
        Err(error) if error.is("QueueShutDown") => {
            print(format!("worker: took {}", taken.join(", ")));
            Ok(())
        }
        result => result,
    }
}

pub async fn main(args: Args) -> Result {
    let queue = make_queue(args.choice("KIND")).named("queue");
    TaskGroup::scope(|group| async move {
        let jobs = producer(queue.clone(), args.bool("NUMBERED"), args.float("GAP"));
        group.create_task_named(jobs, "producer")?;
        let work = worker(queue, args.float("BEGIN"), args.float("WORK"));
        group.create_task_named(work, "worker")?;
        Ok(())
    })
    .await
}
