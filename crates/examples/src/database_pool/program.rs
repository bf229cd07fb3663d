use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

const PORT: u16 = 8806;
const QUERIES: usize = 6;

#[derive(Clone)]
struct Database {
    query_time: f64,
    failures: f64,
    rng: Random,
}

#[called_with(reader, writer)]
async fn serve(reader: StreamReader, writer: StreamWriter, n: usize, db: Database) -> Result {
    if let Some(task) = current_task() {
        task.set_name(&format!("database-{n}"));
    }
    loop {
        let query = reader.readline().await?;
        if query.is_empty() {
            break;
        }
        sleep(db.query_time).await?;
        if db.rng.random() < db.failures {
            break;
        }
        writer.write([b"rows of ", &query[..]].concat())?;
        writer.drain().await?;
    }
    writer.close();
    writer.wait_closed().await
}

type Connection = (StreamReader, StreamWriter);

struct Pool {
    places: Queue<Option<Connection>>,
    broken: &'static str,
}

impl Pool {
    fn new(size: usize, broken: &'static str) -> Result<Self> {
        let places = Queue::new(0).named("pool.places");
        for _ in 0..size {
            places.put_nowait(None)?;
        }
        Ok(Pool { places, broken })
    }

    async fn query(&self, text: String) -> Result<String> {
        let mut connection = self.places.get().await?;
        let result = async {
            let (reader, writer) = match &connection {
                Some(known) => known.clone(),
                None => open_connection("127.0.0.1", PORT).await?,
            };
            connection = Some((reader.clone(), writer.clone()));
            writer.write(format!("{text}\n"))?;
            writer.drain().await?;
            let rows = reader.readline().await?;
            if rows.is_empty() {
                return Err(Error::new("ConnectionError", "the connection broke"));
            }
            Ok(String::from_utf8_lossy(&rows).trim().to_string())
        }
        .await;
        if result.is_err()
            && self.broken == "replace"
            && let Some((_, writer)) = connection.take()
        {
            writer.close();
        }
        self.places.put_nowait(connection)?;
        result
    }

    fn close(&self) -> Result {
        while !self.places.empty() {
            if let Some((_, writer)) = self.places.get_nowait()? {
                writer.close();
            }
        }
        Ok(())
    }
}

#[called_with(number, pool)]
async fn job(number: usize, pool: Rc<Pool>) -> Result<bool> {
    for attempt in 1..4 {
        match pool.query(format!("query {number}")).await {
            Ok(rows) => {
                print(format!("job {number}: {rows}"));
                return Ok(true);
            }
            Err(error) if error.is_a("ConnectionError") => {
                print(format!("job {number}: attempt {attempt} failed"));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

pub async fn main(args: Args) -> Result {
    let database = Database {
        query_time: args.float("QUERY_TIME"),
        failures: args.float("FAILURES"),
        rng: Random::new(args.int("SEED")),
    };
    let connections = Cell::new(0);
    let accept = move |reader, writer| {
        connections.set(connections.get() + 1);
        serve(reader, writer, connections.get(), database.clone())
    };
    let server = start_server(accept, "127.0.0.1", PORT).await?;
    let serving = server.scope(async |_| {
        let pool = Rc::new(Pool::new(args.count("POOL"), args.choice("BROKEN"))?);
        let working = TaskGroup::scope(async |group| {
            let mut jobs = Vec::new();
            for number in 0..QUERIES {
                let coroutine = job(number, pool.clone());
                jobs.push(group.create_task_named(coroutine, format!("job-{number}"))?);
            }
            Ok(jobs)
        });
        let jobs = working.await?;
        pool.close()?;
        Ok(jobs)
    });
    let jobs = serving.await?;
    let mut done = 0;
    for task in jobs {
        done += usize::from(task.result()?);
    }
    print(format!("{done} of {QUERIES} jobs done"));
    Ok(())
}
