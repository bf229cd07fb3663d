use crate::Args;
use asyncio::*;

const SECONDS: [f64; 12] = [0.4, 0.7, 0.5, 0.8, 0.6, 0.4, 0.7, 0.5, 0.6, 0.3, 0.4, 0.5];
const BUSY: [usize; 3] = [1, 4, 7];
const CLIENTS: usize = 3;

#[derive(Clone)]
struct Client {
    semaphore: Option<Semaphore>,
}

impl Client {
    async fn send(&self, number: usize, attempt: usize) -> Result<bool> {
        print(format!("request {number}: sent"));
        sleep(SECONDS[number]).await?;
        let busy = attempt == 0 && BUSY.contains(&number);
        print(format!("request {number}: back, {}", if busy { "503" } else { "200" }));
        Ok(!busy)
    }

    async fn send_until_answered(&self, number: usize) -> Result {
        let mut attempt = 0;
        while !self.send(number, attempt).await? {
            sleep(0.5).await?;
            attempt += 1;
        }
        Ok(())
    }

    #[called_with(number)]
    async fn request(self, number: usize, args: Args) -> Result {
        let each_call = args.choice("SEMAPHORE") == "each-call";
        let own = each_call.then(|| Semaphore::new(args.count("PERMITS")).named("semaphore"));
        match own.or_else(|| self.semaphore.clone()) {
            None => self.send_until_answered(number).await?,
            Some(semaphore) if args.choice("PAUSE") == "holding" => {
                let _permit = semaphore.enter().await?;
                self.send_until_answered(number).await?;
            }
            Some(semaphore) => {
                let mut attempt = 0;
                loop {
                    let answered = {
                        let _permit = semaphore.enter().await?;
                        self.send(number, attempt).await?
                    };
                    if answered {
                        break;
                    }
                    sleep(0.5).await?;
                    attempt += 1;
                }
            }
        }
        print(format!("request {number}: answered"));
        Ok(())
    }
}

fn make_clients(args: &Args) -> Vec<Client> {
    let semaphore = || Semaphore::new(args.count("PERMITS")).named("Client.semaphore");
    match args.choice("SEMAPHORE") {
        "shared" => vec![Client { semaphore: Some(semaphore()) }; CLIENTS],
        "each-client" => {
            let semaphores = (0..CLIENTS).map(|_| Some(semaphore()));
            semaphores.map(|semaphore| Client { semaphore }).collect()
        }
        _ => vec![Client { semaphore: None }; CLIENTS],
    }
}

pub async fn main(args: Args) -> Result {
    let clients = make_clients(&args);
    TaskGroup::scope(async |group| {
        for number in 0..SECONDS.len() {
            let coroutine = clients[number % CLIENTS].clone().request(number, args.clone());
            group.create_task_named(coroutine, format!("request-{number}"))?;
        }
        Ok(())
    })
    .await?;
    print(format!("{} requests done", SECONDS.len()));
    Ok(())
}
