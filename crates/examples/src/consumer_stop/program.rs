use crate::Args;
use asyncio::*;

type Jobs = Queue<Option<usize>>;

async fn get_or_stop(queue: Jobs, stop: Event, poll: f64) -> Result<Option<usize>> {
    loop {
        match wait_for(queue.get(), Some(poll)).await {
            Err(error) if error.is("TimeoutError") => {
                print("consumer: nothing came, looks at the flag");
                if stop.is_set() {
                    return Ok(None);
                }
            }
            job => return job,
        }
    }
}

#[called_with(queue, stop)]
async fn consumer(queue: Jobs, stop: Event, args: Args) -> Result {
    let result: Result = async {
        loop {
            let job = if args.choice("STOP") == "flag" {
                get_or_stop(queue.clone(), stop.clone(), args.float("POLL")).await?
            } else {
                queue.get().await?
            };
            let Some(job) = job else { break };
            print(format!("consumer: job {job}"));
            sleep(args.float("WORK")).await?;
            queue.task_done()?;
        }
        Ok(())
    }
    .await;
    match result {
        Err(error) if error.is("QueueShutDown") => print("consumer: the queue is shut down"),
        Err(error) if error.is_cancelled() => {
            print("consumer: cancelled");
            return Err(error);
        }
        result => result?,
    }
    print("consumer: ends");
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let queue = Jobs::new(0).named("queue");
    let stop = Event::new().named("stop");
    let coroutine = consumer(queue.clone(), stop.clone(), args.clone());
    let task = create_task_named(coroutine, "consumer");
    for job in 0..args.count("JOBS") {
        sleep(args.float("GAP")).await?;
        queue.put(Some(job)).await?;
    }
    queue.join().await?;
    print("main: every job is done, stop");
    let told = time();
    match args.choice("STOP") {
        "flag" => stop.set(),
        "sentinel" => queue.put(None).await?,
        "shutdown" => queue.shutdown(false)?,
        _ => {
            task.cancel();
        }
    }
    wait(&[task]).await?;
    print(format!("main: the consumer was gone {:.2} s later", time() - told));
    Ok(())
}
