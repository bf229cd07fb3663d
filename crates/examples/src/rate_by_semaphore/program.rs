use crate::Args;
use asyncio::*;

#[called_with(name)]
async fn request(name: String, latency: f64) -> Result {
    print(format!("{name}: sent"));
    sleep(latency).await
}

#[called_with(name, semaphore)]
async fn request_and_pause(name: String, semaphore: Semaphore, args: Args) -> Result {
    let _permit = semaphore.enter().await?;
    request(name, args.float("LATENCY")).await?;
    sleep(1.0 / args.float("RATE")).await
}

async fn by_semaphore(names: Vec<String>, args: &Args) -> Result<f64> {
    let started = time();
    let semaphore = Semaphore::new(args.count("LIMIT")).named("semaphore");
    let group = TaskGroup::scope(async |group| {
        for name in names {
            let coroutine = request_and_pause(name.clone(), semaphore.clone(), args.clone());
            group.create_task_named(coroutine, name)?;
        }
        Ok(())
    });
    group.await?;
    Ok(time() - started)
}

async fn by_pacing(names: Vec<String>, args: &Args) -> Result<f64> {
    let rate = args.float("RATE");
    let started = time();
    let group = TaskGroup::scope(async |group| {
        for (number, name) in (1..).zip(names) {
            group.create_task_named(request(name.clone(), args.float("LATENCY")), name)?;
            sleep(started + f64::from(number) / rate - time()).await?;
        }
        Ok(time() - started)
    });
    group.await
}

pub async fn main(args: Args) -> Result {
    let requests = args.count("REQUESTS");
    let rate = args.float("RATE");

    let names = (1..=requests).map(|number| format!("request-{number}")).collect();
    let elapsed = if args.choice("METHOD") == "semaphore" {
        by_semaphore(names, &args).await?
    } else {
        by_pacing(names, &args).await?
    };
    let got = requests as f64 / elapsed;
    print(format!("wanted {rate:.2} per second, got {got:.2}"));
    Ok(())
}
