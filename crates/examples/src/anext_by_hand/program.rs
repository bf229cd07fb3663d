use crate::Args;
use asyncio::*;

fn readings(count: i64, pace: f64) -> AsyncGenerator<i64> {
    async_generator("readings", async move |readings| {
        for number in 1..=count {
            sleep(pace).await?;
            readings.yield_(number).await?;
        }
        Ok(())
    })
}

#[called_with(name, iterator)]
async fn ask(name: String, iterator: AsyncGenerator<i64>) -> Result {
    match iterator.next().await {
        Ok(Some(reading)) => print(format!("{name}: {reading}")),
        Ok(None) => print(format!("{name}: nothing")),
        Err(error) if error.is("RuntimeError") => print(format!("{name}: {}", error.headline())),
        Err(error) => return Err(error),
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let iterator = readings(args.int("COUNT"), args.float("PACE"));
    print("aiter gave the generator itself: True");
    for _ in 0..args.count("TAKE") {
        match iterator.next().await? {
            Some(reading) => print(format!("main: {reading}")),
            None => print("main: StopAsyncIteration"),
        }
    }
    let mut askers = Vec::new();
    for number in 0..args.count("ASKERS") {
        let name = format!("asker-{number}");
        askers.push(create_task_named(ask(name.clone(), iterator.clone()), name));
    }
    gather(askers).await?;
    let mut rest = 0;
    while iterator.next().await?.is_some() {
        rest += 1;
    }
    print(format!("main: async for had {rest} left"));
    Ok(())
}
