use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

const CAP: f64 = 2.0;
const SERVICE: f64 = 0.3;

#[derive(Clone, Default)]
struct Server {
    busy: Rc<Cell<bool>>,
    refused: Rc<Cell<usize>>,
}

impl Server {
    async fn handle(&self) -> Result {
        sleep(0.1).await?;
        if self.busy.get() {
            self.refused.set(self.refused.get() + 1);
            return Err(Error::new("ConnectionError", "server busy"));
        }
        self.busy.set(true);
        sleep(SERVICE).await?;
        self.busy.set(false);
        Ok(())
    }
}

fn backoff(attempt: i32, random: &Random, args: &Args) -> f64 {
    let delay = CAP.min(args.float("BASE") * f64::powi(2.0, attempt - 1));
    if args.bool("JITTER") { random.uniform(0.0, delay) } else { delay }
}

async fn call_with_retry(server: Server, name: &str, random: Random, args: &Args) -> Result {
    let attempts = args.int("ATTEMPTS") as i32;
    for attempt in 1..=attempts {
        match server.handle().await {
            Err(error) if error.is_a("ConnectionError") && attempt < attempts => {
                let delay = backoff(attempt, &random, args);
                print(format!("{name}: {error}, again in {delay:.2} s"));
                sleep(delay).await?;
            }
            result => return result,
        }
    }
    Ok(())
}

#[called_with(server, name, random)]
async fn client(server: Server, name: String, random: Random, args: Args) -> Result<bool> {
    match call_with_retry(server, &name, random, &args).await {
        Err(error) if error.is_a("ConnectionError") => {
            print(format!("{name}: gave up after {} attempts", args.int("ATTEMPTS")));
            Ok(false)
        }
        result => {
            result?;
            print(format!("{name}: served"));
            Ok(true)
        }
    }
}

pub async fn main(args: Args) -> Result {
    let clients = args.count("CLIENTS");

    let server = Server::default();
    let random = Random::new(args.int("SEED"));
    let names = (1..=clients).map(|number| format!("client-{number}"));
    let tasks = TaskGroup::scope(async |group| {
        let mut tasks = Vec::new();
        for name in names {
            let coroutine = client(server.clone(), name.clone(), random.clone(), args.clone());
            tasks.push(group.create_task_named(coroutine, name)?);
        }
        Ok(tasks)
    })
    .await?;
    let mut served = 0;
    for task in tasks {
        served += usize::from(task.result()?);
    }
    print(format!("served {served} of {clients}, {} requests refused", server.refused.get()));
    Ok(())
}
