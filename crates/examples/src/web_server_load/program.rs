use crate::Args;
use asyncio::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

const REQUESTS: usize = 16;

struct Server {
    workers: Semaphore,
    queue_limit: usize,
    waiting: Cell<usize>,
    latencies: RefCell<Vec<f64>>,
}

impl Server {
    #[called_with(number, seconds)]
    async fn handle(self: Rc<Self>, number: usize, seconds: f64) -> Result {
        if self.waiting.get() >= self.queue_limit {
            print(format!("request {number}: 503, too many are waiting"));
            return Ok(());
        }
        let arrived = time();
        self.waiting.set(self.waiting.get() + 1);
        let permit = self.workers.enter().await?;
        self.waiting.set(self.waiting.get() - 1);
        sleep(seconds).await?;
        permit.exit()?;
        let latency = time() - arrived;
        self.latencies.borrow_mut().push(latency);
        print(format!("request {number}: 200 after {latency:.2} s"));
        Ok(())
    }
}

fn percentile(latencies: &[f64], share: f64) -> f64 {
    let mut ranked = latencies.to_vec();
    ranked.sort_by(f64::total_cmp);
    let rank = (share * ranked.len() as f64).ceil() as usize;
    ranked.get(rank.wrapping_sub(1)).copied().unwrap_or_default()
}

pub async fn main(args: Args) -> Result {
    let rate = args.float("RATE");
    let service = args.float("SERVICE");

    let rng = Random::new(args.int("SEED"));
    let server = Rc::new(Server {
        workers: Semaphore::new(args.count("WORKERS")).named("server.workers"),
        queue_limit: args.count("QUEUE_LIMIT"),
        waiting: Cell::new(0),
        latencies: RefCell::default(),
    });
    let begin = time();
    let arrivals = TaskGroup::scope(async |group| {
        for number in 0..REQUESTS {
            let seconds = service * rng.uniform(0.5, 1.5);
            let coroutine = server.clone().handle(number, seconds);
            group.create_task_named(coroutine, format!("request-{number}"))?;
            sleep(rng.expovariate(rate)?).await?;
        }
        Ok(())
    });
    arrivals.await?;
    let latencies = server.latencies.take();
    let served = latencies.len();
    let throughput = served as f64 / (time() - begin);
    print(format!("{served} of {REQUESTS} served, {throughput:.2} per second"));
    let (p50, p95) = (percentile(&latencies, 0.5), percentile(&latencies, 0.95));
    print(format!("p50 {p50:.2} s, p95 {p95:.2} s"));
    Ok(())
}
