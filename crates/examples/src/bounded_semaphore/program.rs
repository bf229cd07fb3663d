use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

#[derive(Default)]
struct Office {
    inside: Cell<usize>,
    most: Cell<usize>,
}

impl Office {
    fn enter(&self) {
        self.inside.set(self.inside.get() + 1);
        self.most.set(self.most.get().max(self.inside.get()));
    }
}

/// Python's two classes have the same methods.
#[derive(Clone)]
enum Permits {
    Plain(Semaphore),
    Bounded(BoundedSemaphore),
}

impl Permits {
    fn class(&self) -> Named {
        match self {
            Permits::Plain(_) => Named("Semaphore"),
            Permits::Bounded(_) => Named("BoundedSemaphore"),
        }
    }

    #[track_caller]
    fn acquire(&self) -> Coro<()> {
        match self {
            Permits::Plain(semaphore) => semaphore.acquire(),
            Permits::Bounded(semaphore) => semaphore.acquire(),
        }
    }

    fn release(&self) -> Result {
        match self {
            Permits::Plain(semaphore) => semaphore.release(),
            Permits::Bounded(semaphore) => semaphore.release()?,
        }
        Ok(())
    }
}

#[called_with(number, semaphore.class(), office)]
async fn client(number: usize, semaphore: Permits, office: Rc<Office>, args: Args) -> Result {
    semaphore.acquire().await?;
    office.enter();
    print(format!("client {number}: comes in, {} inside", office.inside.get()));
    sleep(args.float("HOLD") + 0.1 * number as f64).await?;
    office.inside.set(office.inside.get() - 1);
    semaphore.release()?;
    if number == args.count("CARELESS") {
        print(format!("client {number}: releases once more"));
        semaphore.release()?;
    }
    Ok(())
}

#[called_with(semaphore.class())]
async fn janitor(semaphore: Permits, at: f64) -> Result {
    sleep(at).await?;
    print("janitor: releases what others hold");
    match semaphore.release() {
        Err(error) if error.is("ValueError") => print(format!("janitor: {}", error.repr())),
        released => {
            released?;
            print("janitor: nothing happened to it");
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let clients = args.count("CLIENTS");
    let permits = args.count("PERMITS");

    let bounded = args.choice("KIND") == "BoundedSemaphore";
    let semaphore = if bounded {
        Permits::Bounded(BoundedSemaphore::new(permits).named("semaphore"))
    } else {
        Permits::Plain(Semaphore::new(permits).named("semaphore"))
    };
    let office = Rc::new(Office::default());
    let mut tasks = Vec::new();
    for number in 0..clients {
        let coroutine = client(number, semaphore.clone(), office.clone(), args.clone());
        tasks.push(create_task_named(coroutine, format!("client-{number}")));
    }
    if args.bool("JANITOR") {
        let coroutine = janitor(semaphore.clone(), args.float("JANITOR_AT"));
        tasks.push(create_task_named(coroutine, "janitor"));
    }
    let results = gather_return_exceptions(tasks).await?;
    for (number, result) in results.into_iter().enumerate() {
        if let Err(error) = result {
            print(format!("client {number}: {}", error.repr()));
        }
    }
    print(format!("{permits} permits, most inside at a time: {}", office.most.get()));
    Ok(())
}
