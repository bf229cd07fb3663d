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
}

impl Buffer {
    fn new(wake: &'static str, capacity: usize) -> Self {
        let lock = Lock::new();
        let items = Rc::default();
        let room = Condition::with_lock(&lock);
        let two = wake == "two-conditions";
        let filled = if two { Condition::with_lock(&lock) } else { room.clone() };
        Buffer { items, room, filled, capacity, wake }
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
        self.filled.wait_for(move || !items.borrow().is_empty()).await?;
        let item = self.items.borrow_mut().pop_front();
        self.tell(&self.room)?;
        Ok(item.flatten())
    }

    fn tell(&self, condition: &Condition) -> Result {
        if self.wake == "notify_all" { condition.notify_all() } else { condition.notify(1) }
    }
}

async fn producer(number: usize, pace: f64, buffer: Buffer, items: usize) -> Result {
    for item in 0..items {
        sleep(pace).await?;
        buffer.put(Some(format!("{number}.{item}"))).await?;
        print(format!("producer {number}: put {number}.{item}"));
    }
    Ok(())
}

async fn consumer(number: usize, pace: f64, buffer: Buffer) -> Result {
    while let Some(item) = buffer.get().await? {
        print(format!("consumer {number}: took {item}"));
        sleep(pace).await?;
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let items = args.count("ITEMS");

    let buffer = Buffer::new(args.choice("WAKE"), args.count("CAPACITY"));
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
    gather(producers).await?;
    for _ in &consumers {
        buffer.put(None).await?;
    }
    gather(consumers).await?;
    print("all items are consumed");
    Ok(())
}
