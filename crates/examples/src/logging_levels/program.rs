use crate::Args;
use asyncio::*;

const LEVELS: [&str; 4] = ["DEBUG", "INFO", "WARNING", "ERROR"];

/// Python's logger with its handler.
#[derive(Clone)]
struct Log {
    /// The least level that is written, as a place in `LEVELS`.
    least: usize,
    write: f64,
}

impl Log {
    fn new(level: &str, write: f64) -> Self {
        let least = LEVELS.iter().position(|other| *other == level).unwrap_or_default();
        Log { least, write }
    }

    fn log(&self, level: &str, user: &str, message: impl FnOnce() -> String) {
        if LEVELS.iter().skip(self.least).any(|other| *other == level) {
            time_sleep(self.write);
            let task = current_task_name().unwrap_or_default();
            print(format!("{level:<7} shop {task} user={user}: {}", message()));
        }
    }
}

#[called_with(number, seconds)]
async fn handle(number: usize, seconds: f64, limit: f64, log: Log) -> Result {
    let user = format!("u{number}");
    log.log("DEBUG", &user, || "begins".into());
    match timeout(Some(limit)).scope(async |_| sleep(seconds).await).await {
        Err(error) if error.is("TimeoutError") => {
            log.log("ERROR", &user, || format!("no answer within {limit:.2} s"));
        }
        slept => {
            slept?;
            log.log("INFO", &user, || format!("answered after {seconds:.2} s"));
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let requests = args.floats("REQUESTS");
    let log = Log::new(args.choice("LEVEL"), args.float("WRITE"));
    if requests.len() > 2 {
        log.log("WARNING", "-", || format!("{} requests at once", requests.len()));
    }
    TaskGroup::scope(async |group| {
        for (number, seconds) in requests.into_iter().enumerate() {
            let coroutine = handle(number, seconds, args.float("LIMIT"), log.clone());
            group.create_task_named(coroutine, format!("request-{number}"))?;
        }
        Ok(())
    })
    .await?;
    log.log("INFO", "-", || "all done".into());
    Ok(())
}
