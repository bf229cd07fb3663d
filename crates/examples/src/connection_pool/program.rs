use crate::Args;
use asyncio::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

#[derive(Clone)]
struct Connection {
    number: usize,
    expires: f64,
}

struct Pool {
    permits: Semaphore,
    idle: RefCell<Vec<Connection>>,
    opened: Cell<usize>,
    closed: Cell<usize>,
    args: Args,
}

impl Pool {
    fn new(args: Args) -> Self {
        let permits = Semaphore::new(args.count("SIZE")).named("pool.permits");
        let (opened, closed) = (Cell::new(0), Cell::new(0));
        Pool { permits, idle: RefCell::default(), opened, closed, args }
    }

    async fn open(&self) -> Result<Connection> {
        self.opened.set(self.opened.get() + 1);
        let number = self.opened.get();
        sleep(0.2).await?;
        Ok(Connection { number, expires: time() + self.args.float("MAX_AGE") })
    }

    fn close(&self, connection: &Connection, reason: &str) {
        self.closed.set(self.closed.get() + 1);
        print(format!("connection {}: closed, {reason}", connection.number));
    }

    fn pop(&self) -> Option<Connection> {
        self.idle.borrow_mut().pop()
    }

    async fn take(&self) -> Result<Connection> {
        while let Some(connection) = self.pop() {
            if time() < connection.expires {
                return Ok(connection);
            }
            self.close(&connection, "too old");
        }
        self.open().await
    }

    fn careful(self: Rc<Self>) -> GeneratorContext<Connection> {
        asynccontextmanager("Pool.careful", async move |scope| {
            let _permit = self.permits.enter().await?;
            let connection = self.take().await?;
            if let Err(error) = scope.yield_(connection.clone()).await {
                self.close(&connection, "its query was left unfinished");
                return Err(error);
            }
            self.idle.borrow_mut().push(connection);
            Ok(())
        })
    }

    fn leaky(self: Rc<Self>) -> GeneratorContext<Connection> {
        asynccontextmanager("Pool.leaky", async move |scope| {
            self.permits.acquire().await?;
            let connection = self.take().await?;
            scope.yield_(connection.clone()).await?;
            self.idle.borrow_mut().push(connection);
            self.permits.release();
            Ok(())
        })
    }
}

#[called_with(name, seconds, pool)]
async fn worker(name: String, seconds: f64, pool: Rc<Pool>) -> Result {
    let limit = pool.args.float("TIMEOUT");
    let is_careful = pool.args.choice("POOL") == "careful";
    let acquired = if is_careful { pool.careful() } else { pool.leaky() };
    let used = async_with(acquired, async |connection| {
        print(format!("{name}: has connection {}", connection.number));
        let query = timeout(Some(limit)).scope(async |_| sleep(seconds).await);
        query.await
    });
    match used.await {
        Err(error) if error.is_a("TimeoutError") => print(format!("{name}: too slow, gave up")),
        used => {
            used?;
            print(format!("{name}: done"));
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let queries = args.floats("QUERIES");

    let pool = Rc::new(Pool::new(args));
    let group = TaskGroup::scope(async |group| {
        for (number, seconds) in (1..).zip(queries) {
            let name = format!("worker-{number}");
            group.create_task_named(worker(name.clone(), seconds, pool.clone()), name)?;
        }
        Ok(())
    });
    group.await?;
    let (opened, closed) = (pool.opened.get(), pool.closed.get());
    let lost = opened - closed - pool.idle.borrow().len();
    print(format!("{opened} opened, {closed} closed, {lost} lost"));
    Ok(())
}
