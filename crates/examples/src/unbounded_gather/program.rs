use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

struct Service {
    in_flight: Cell<usize>,
    peak: Cell<usize>,
    capacity: usize,
    slowdown: f64,
}

impl Service {
    async fn request(&self, job: usize) -> Result {
        self.in_flight.set(self.in_flight.get() + 1);
        self.peak.set(self.peak.get().max(self.in_flight.get()));
        let overload = self.in_flight.get().saturating_sub(self.capacity);
        let slept = sleep(0.5 * (1.0 + self.slowdown * overload as f64)).await;
        // The `finally` block.
        self.in_flight.set(self.in_flight.get() - 1);
        slept?;
        print(format!("job {job}: answered"));
        Ok(())
    }
}

pub async fn main(args: Args) -> Result {
    let jobs = args.count("JOBS");
    let capacity = args.count("CAPACITY");
    let slowdown = args.float("SLOWDOWN");
    let bounded = args.bool("BOUNDED");
    let limit = args.count("LIMIT");

    let (in_flight, peak) = (Cell::new(0), Cell::new(0));
    let service = Rc::new(Service { in_flight, peak, capacity, slowdown });
    let limit = bounded.then(|| Semaphore::new(limit).named("limit"));
    let slowest = Rc::new(Cell::new(0.0));

    let run = |job| {
        let called_with = arguments(&[&job]);
        let (service, limit, slowest) = (service.clone(), limit.clone(), slowest.clone());
        let run = async move {
            let _permit = match &limit {
                Some(semaphore) => Some(semaphore.enter().await?),
                None => None,
            };
            let start = time();
            service.request(job).await?;
            slowest.set(f64::max(slowest.get(), time() - start));
            Ok(())
        };
        Coro::new("run", run).called_with(called_with)
    };

    let start = time();
    let tasks: Vec<_> =
        (0..jobs).map(|job| create_task_named(run(job), format!("job-{job}"))).collect();
    gather(tasks).await?;
    print(format!("all answered after {:.2} s", time() - start));
    let (slowest, peak) = (slowest.get(), service.peak.get());
    print(format!("slowest answer {slowest:.2} s, at most {peak} in flight"));
    Ok(())
}
