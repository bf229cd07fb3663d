use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

const ROUNDS: usize = 3;

type Key = &'static str;
type Value = Option<String>;

struct Cache {
    entries: RefCell<HashMap<Key, (Value, f64)>>,
    loads: RefCell<HashMap<Key, usize>>,
    locks: RefCell<HashMap<Key, Lock>>,
    loading: RefCell<HashMap<Key, Task<Value>>>,
    args: Args,
}

impl Cache {
    fn new(args: Args) -> Self {
        let (entries, loads) = (RefCell::default(), RefCell::default());
        let (locks, loading) = (RefCell::default(), RefCell::default());
        Cache { entries, loads, locks, loading, args }
    }

    /// `None` if it is missing; what is there may be Python's `None` itself.
    fn get(&self, key: Key) -> Option<Value> {
        let (value, expires) = self.entries.borrow().get(key)?.clone();
        (time() < expires).then_some(value)
    }

    fn loads_of(&self, key: Key) -> usize {
        self.loads.borrow().get(key).copied().unwrap_or(0)
    }

    #[called_with(key)]
    async fn load(self: Rc<Self>, key: Key) -> Result<Value> {
        *self.loads.borrow_mut().entry(key).or_default() += 1;
        sleep(self.args.float("LOAD")).await?;
        let value = if key == "nobody" { None } else { Some(format!("the page of {key}")) };
        let expires = time() + self.args.float("TTL");
        self.entries.borrow_mut().insert(key, (value.clone(), expires));
        Ok(value)
    }

    async fn naive(self: Rc<Self>, key: Key) -> Result<Value> {
        let mut value = self.get(key).flatten();
        if value.is_none() {
            value = self.load(key).await?;
        }
        Ok(value)
    }

    async fn locked(self: Rc<Self>, key: Key) -> Result<Value> {
        let lock = self.locks.borrow_mut().entry(key).or_insert_with(Lock::new).clone();
        let _guard = lock.enter().await?;
        match self.get(key) {
            Some(value) => Ok(value),
            None => self.load(key).await,
        }
    }

    async fn shared(self: Rc<Self>, key: Key) -> Result<Value> {
        if let Some(value) = self.get(key) {
            return Ok(value);
        }
        let present = self.loading.borrow().get(key).cloned();
        let task = present.unwrap_or_else(|| {
            let name = format!("load-{key}-{}", self.loads_of(key) + 1);
            let task = create_task_named(self.clone().load(key), name);
            let cache = self.clone();
            task.add_done_callback(move |_| {
                cache.loading.borrow_mut().remove(key);
            });
            self.loading.borrow_mut().insert(key, task.clone());
            task
        });
        shield(task).await
    }
}

#[called_with(name, key, Named(cache.args.choice("CACHE")))]
async fn client(name: String, key: Key, cache: Rc<Cache>) -> Result {
    for _ in 0..ROUNDS {
        let value = match cache.args.choice("CACHE") {
            "naive" => cache.clone().naive(key).await?,
            "locked" => cache.clone().locked(key).await?,
            _ => cache.clone().shared(key).await?,
        };
        print(format!("{name}: {}", value.as_deref().unwrap_or("None")));
        sleep(cache.args.float("GAP")).await?;
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let clients = args.count("CLIENTS");

    let cache = Rc::new(Cache::new(args));
    let group = TaskGroup::scope(async |group| {
        for number in 1..clients {
            let name = format!("client-{number}");
            group.create_task_named(client(name.clone(), "ada", cache.clone()), name)?;
        }
        let name = format!("client-{clients}");
        group.create_task_named(client(name.clone(), "nobody", cache.clone()), name)?;
        Ok(())
    });
    group.await?;
    let (ada, nobody) = (cache.loads_of("ada"), cache.loads_of("nobody"));
    print(format!("loaded: ada {ada} times, nobody {nobody}"));
    Ok(())
}
