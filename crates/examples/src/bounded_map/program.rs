use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

async fn resize(image: usize, delay: f64) -> Result<String> {
    print(format!("image {image}: resizing"));
    sleep(delay).await?;
    print(format!("image {image}: resized"));
    Ok(format!("thumbnail {image}"))
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");
    let limit = args.count("LIMIT");

    let semaphore = Semaphore::new(limit).named("semaphore");
    let (active, peak) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));

    let bounded = |image, delay| {
        let called_with = arguments(&[&image, &delay]);
        let (semaphore, active, peak) = (semaphore.clone(), active.clone(), peak.clone());
        let bounded = async move {
            let _permit = semaphore.enter().await?;
            active.set(active.get() + 1);
            peak.set(peak.get().max(active.get()));
            let result = resize(image, delay).await;
            active.set(active.get() - 1);
            result
        };
        Coro::new("bounded", bounded).called_with(called_with)
    };

    let mut tasks = Vec::new();
    for (image, delay) in delays.into_iter().enumerate() {
        let task = create_task_named(bounded(image, delay), format!("image-{image}"));
        tasks.push(task);
    }
    let results = gather(tasks).await?;
    print(format!("in order: {}", results.join(", ")));
    print(format!("at most {} at once", peak.get()));
    Ok(())
}
