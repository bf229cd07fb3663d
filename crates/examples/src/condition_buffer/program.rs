use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

type Item = Option<String>;

#[derive(Clone)]
struct Buffer {
    items: Rc<RefCell<VecDeque<Item>>>,
    room: Condition,
    filled: Condition,
    capacity: usize,
    wake: &'static str,
    wait: &'static str,
}

impl Buffer {
    fn new(wake: &'static str, wait: &'static str, capacity: usize) -> Self {
        let (items, lock) = (Rc::default(), Lock::new());
        let over_lock = |name| Condition::with_lock(&lock).named(name);
        let room = over_lock("buffer.room");
        let two = wake == "two-conditions";
        let filled = if two { over_lock("buffer.filled") } else { room.clone() };
        Buffer { items, room, filled, capacity, wake, wait }
    }

    async fn put(&self, item: Item) -> Result {
        let _guard = self.room.enter().await?;
        let (items, capacity) = (self.items.clone(), self.capacity);
        self.room.wait_for(move || items.borrow().len() < capacity).await?;
        self.items.borrow_mut().push_back(item);
        self.tell(&self.filled)
    }

    async fn get(&self) -> Result<Item> {
        let _guard = self.filled.enter().await?;
        let items = self.items.clone();
        match self.wait {
            "wait_for" => {
                self.filled.wait_for(move || !items.borrow().is_empty()).await?;
            }
            "while" => {
                while items.borrow().is_empty() {
                    self.filled.wait().await?;
                }
            }
            _ => {
                if items.borrow().is_empty() {
                    self.filled.wait().await?;
                }
            }
        }
        let item = self.items.borrow_mut().pop_front();
        let item = item.ok_or_else(|| Error::new("IndexError", "pop from empty list"))?;
        self.tell(&self.room)?;
        Ok(item)
    }

    fn tell(&self, condition: &Condition) -> Result {
        if self.wake == "notify_all" { condition.notify_all() } else { condition.notify(1) }
    }
}

#[called_with(number, pace, buffer)]
async fn producer(number: usize, pace: f64, buffer: Buffer, items: usize) -> Result {
    for item in 0..items {
        sleep(pace).await?;
        buffer.put(Some(format!("{number}.{item}"))).await?;
        print(format!("producer {number}: put {number}.{item}"));
    }
    Ok(())
}

#[called_with(number, pace, buffer)]
async fn consumer(number: usize, pace: f64, buffer: Buffer) -> Result {
    while let Some(item) = buffer.get().await? {
        print(format!("consumer {number}: took {item}"));
        sleep(pace).await?;
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let items = args.count("ITEMS");

    let buffer = Buffer::new(args.choice("WAKE"), args.choice("WAIT"), args.count("CAPACITY"));
    let mut producers = Vec::new();
    for (number, pace) in args.floats("PRODUCE").into_iter().enumerate() {
        let coroutine = producer(number, pace, buffer.clone(), items);
        producers.push(create_task_named(coroutine, format!("producer-{number}")));
    }
    let mut consumers = Vec::new();
    for (number, pace) in args.floats("CONSUME").into_iter().enumerate() {
        let coroutine = consumer(number, pace, buffer.clone());
        consumers.push(create_task_named(coroutine, format!("consumer-{number}")));
    }
    if args.bool("CANCEL") {
        let first = consumers[0].clone();
        get_running_loop()?.call_later(args.float("CANCEL_AT"), move || {
            first.cancel();
        });
    }
    gather(producers).await?;
    for consumer in &consumers {
        if !consumer.done() {
            buffer.put(None).await?;
        }
    }
    let results = gather_return_exceptions(consumers).await?;
    for (number, result) in results.into_iter().enumerate() {
        let ended = result.map_or_else(|error| error.type_name().to_owned(), |()| "done".into());
        print(format!("consumer {number}: {ended}"));
    }
    Ok(())
}
