use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

struct Service {
    ready: Event,
    ready_at: Cell<f64>,
    args: Args,
}

impl Service {
    async fn start(self: Rc<Self>) -> Result {
        sleep(self.args.float("READY")).await?;
        self.ready_at.set(time());
        self.ready.set();
        print("service: ready");
        Ok(())
    }

    async fn check(&self, client: &str) -> Result<bool> {
        sleep(self.args.float("CHECK")).await?;
        let answer = if self.ready.is_set() { "ready" } else { "not yet" };
        print(format!("{client} asks: {answer}"));
        Ok(self.ready.is_set())
    }
}

async fn by_event(service: Rc<Service>) -> Result {
    let limit = service.args.float("TIMEOUT");
    let within = timeout(Some(limit)).scope(async |_| {
        service.ready.wait().await?;
        Ok(())
    });
    within.await
}

async fn by_polling(service: Rc<Service>) -> Result {
    let limit = service.args.float("TIMEOUT");
    let interval = service.args.float("INTERVAL");
    let within = timeout(Some(limit)).scope(async |_| {
        while !service.check("poll").await? {
            sleep(interval).await?;
        }
        Ok(())
    });
    within.await
}

async fn by_late_polling(service: Rc<Service>) -> Result {
    let limit = service.args.float("TIMEOUT");
    let interval = service.args.float("INTERVAL");
    let started = time();
    while !service.check("late-poll").await? {
        if time() - started >= limit {
            return Err(Error::new("TimeoutError", ""));
        }
        sleep(interval).await?;
    }
    Ok(())
}

#[called_with(name, wait, service)]
async fn client<W>(name: &'static str, wait: W, service: Rc<Service>) -> Result
where
    W: AsyncFnOnce(Rc<Service>) -> Result + 'static,
{
    let started = time();
    match wait(service.clone()).await {
        Err(error) if error.is_a("TimeoutError") => {
            print(format!("{name}: gives up after {:.2} s", time() - started));
        }
        result => {
            result?;
            print(format!("{name}: knows it {:.2} s later", time() - service.ready_at.get()));
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let ready = Event::new().named("service.ready");
    let service = Rc::new(Service { ready, ready_at: Cell::new(0.0), args });
    let group = TaskGroup::scope(async |group| {
        group.create_task_named(service.clone().start(), "service")?;
        group.create_task_named(client("event", by_event, service.clone()), "event")?;
        group.create_task_named(client("poll", by_polling, service.clone()), "poll")?;
        group.create_task_named(client("late-poll", by_late_polling, service), "late-poll")?;
        Ok(())
    });
    group.await
}
