use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

const REQUESTS: usize = 10;

struct TokenBucket {
    capacity: f64,
    tokens: Cell<f64>,
    rate: f64,
    updated: Cell<f64>,
}

impl TokenBucket {
    fn new(tokens: usize, rate: f64) -> Self {
        let capacity = tokens as f64;
        TokenBucket { capacity, tokens: Cell::new(capacity), rate, updated: Cell::new(time()) }
    }

    async fn take(&self) -> Result {
        let now = time();
        let refilled = self.tokens.get() + (now - self.updated.get()) * self.rate;
        self.tokens.set(self.capacity.min(refilled) - 1.0);
        self.updated.set(now);
        if self.tokens.get() < 0.0 {
            sleep(-self.tokens.get() / self.rate).await?;
        }
        Ok(())
    }
}

async fn request(number: usize) -> Result {
    print(format!("request {number}: begins"));
    sleep(0.2).await?;
    print(format!("request {number}: answered"));
    Ok(())
}

#[called_with(number, semaphore, bucket)]
async fn client(
    number: usize,
    strategy: &'static str,
    rate: f64,
    semaphore: Semaphore,
    bucket: Rc<TokenBucket>,
) -> Result {
    match strategy {
        "semaphore" => {
            let _permit = semaphore.enter().await?;
            request(number).await
        }
        "hold-a-second" => {
            let _permit = semaphore.enter().await?;
            let began = time();
            request(number).await?;
            sleep(began + 1.0 - time()).await
        }
        "paced" => {
            sleep(number as f64 / rate).await?;
            request(number).await
        }
        _ => {
            bucket.take().await?;
            request(number).await
        }
    }
}

pub async fn main(args: Args) -> Result {
    let strategy = args.choice("STRATEGY");
    let permits = args.count("PERMITS");
    let rate = args.float("RATE");

    let semaphore = Semaphore::new(permits).named("semaphore");
    let bucket = Rc::new(TokenBucket::new(permits, rate));
    TaskGroup::scope(|group| async move {
        for number in 0..REQUESTS {
            let coroutine = client(number, strategy, rate, semaphore.clone(), bucket.clone());
            group.create_task_named(coroutine, format!("client-{number}"))?;
        }
        Ok(())
    })
    .await?;
    print(format!("{REQUESTS} requests served"));
    Ok(())
}
