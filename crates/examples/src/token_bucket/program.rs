use crate::Args;
use asyncio::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

const REQUESTS: usize = 3;

#[derive(Clone)]
struct TokenBucket(Rc<Inner>);

struct Inner {
    lock: Lock,
    tokens: Cell<f64>,
    updated: Cell<f64>,
    limiter: &'static str,
    rate: f64,
    burst: f64,
}

impl TokenBucket {
    fn new(args: &Args) -> Self {
        let burst = args.int("BURST") as f64;
        TokenBucket(Rc::new(Inner {
            lock: Lock::new().named("bucket.lock"),
            tokens: Cell::new(burst),
            updated: Cell::new(time()),
            limiter: args.choice("LIMITER"),
            rate: args.float("RATE"),
            burst,
        }))
    }

    fn refill(&self) {
        let Inner { tokens, updated, rate, burst, .. } = &*self.0;
        let now = time();
        tokens.set(burst.min(tokens.get() + (now - updated.get()) * rate));
        updated.set(now);
    }

    fn assume_one(&self) {
        self.0.tokens.set(1.0);
        self.0.updated.set(time());
    }

    async fn take(&self) -> Result {
        let Inner { tokens, limiter, rate, .. } = &*self.0;
        self.refill();
        if tokens.get() < 1.0 {
            sleep((1.0 - tokens.get()) / rate).await?;
            if *limiter == "forgetful" {
                self.assume_one();
            } else {
                self.refill();
            }
        }
        tokens.set(tokens.get() - 1.0);
        Ok(())
    }

    async fn acquire(&self) -> Result {
        if self.0.limiter == "unlocked" {
            self.take().await
        } else {
            let _guard = self.0.lock.enter().await?;
            self.take().await
        }
    }
}

#[called_with(name, bucket, sent)]
async fn client(name: String, bucket: TokenBucket, sent: Rc<RefCell<Vec<f64>>>) -> Result {
    for number in 1..=REQUESTS {
        bucket.acquire().await?;
        print(format!("{name}: request {number}"));
        sent.borrow_mut().push(time());
        sleep(0.1).await?;
    }
    Ok(())
}

async fn chore(busy: f64) -> Result {
    loop {
        sleep(0.45).await?;
        time_sleep(busy);
    }
}

pub async fn main(args: Args) -> Result {
    let clients = args.count("CLIENTS");

    let bucket = TokenBucket::new(&args);
    let sent = Rc::new(RefCell::new(Vec::new()));
    let started = time();
    let holder = create_task_named(chore(args.float("BUSY")), "chore");
    let group = TaskGroup::scope(async |group| {
        for number in 1..=clients {
            let name = format!("client-{number}");
            let coroutine = client(name.clone(), bucket.clone(), sent.clone());
            group.create_task_named(coroutine, name)?;
        }
        Ok(())
    });
    group.await?;
    holder.cancel();
    let sent = sent.take();
    let elapsed = sent.last().map_or(0.0, |last| last - started);
    let mut excess: f64 = 0.0;
    for (count, when) in (1..).zip(&sent) {
        let allowed = bucket.0.burst + bucket.0.rate * (when - started);
        excess = excess.max(f64::from(count) - allowed);
    }
    let requests = sent.len();
    print(format!("{requests} requests in {elapsed:.2} s, at worst {excess:.1} too many"));
    Ok(())
}
