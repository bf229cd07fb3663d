use crate::Args;
use asyncio::*;

type Request = ContextVar<String>;

fn log(request: &Request, text: &str) -> Result {
    print(format!("[{}] {text}", request.get()?));
    Ok(())
}

async fn check(request: Request, reading: f64) -> Result {
    sleep(reading / 3.0).await?;
    log(&request, "check: has it too")?;
    request.set("somebody else".into());
    log(&request, "check: has set it anew")
}

fn checks(request: Request, reading: f64) -> AsyncGenerator<&'static str> {
    async_generator("checks", async move |given| {
        check(request, reading).await?;
        given.yield_("checked, by a generator").await?;
        Ok(())
    })
}

async fn answer(request: Request, reading: f64) -> Result {
    sleep(reading).await?;
    log(&request, "answers, in the coroutine that was awaited")
}

#[called_with(number)]
async fn handle(number: usize, request: Request, args: Args) -> Result {
    let reading = args.float("READING");
    if args.choice("WHEN_SET") == "in-task" {
        request.set(format!("request-{number}"));
    }
    log(&request, "begins")?;
    let of_thread = request.clone();
    let read_file = async move |_| log(&of_thread, "a thread reads the file");
    to_thread(read_file).await?;
    let own = request.clone();
    match args.choice("CHECKED_BY") {
        "task" => create_task_named(check(own, reading), format!("check-{number}")).await?,
        "gather" => drop(gather([check(own, reading)]).await?),
        "wait_for" => wait_for(check(own, reading), Some(5.0)).await?,
        "generator" => {
            let source = checks(own, reading);
            while let Some(text) = source.next().await? {
                log(&request, text)?;
            }
        }
        _ => check(own, reading).await?,
    }
    log(&request, "goes on")?;
    wait_for(answer(request.clone(), reading), Some(5.0)).await?;
    call_soon(move || log(&request, "is told in a callback"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let when_set = args.choice("WHEN_SET");

    let request = ContextVar::with_default("request", "nobody".to_string());
    let mut tasks = Vec::new();
    for number in 0..args.count("CLIENTS") {
        if when_set == "in-main" {
            request.set(format!("request-{number}"));
        }
        let coroutine = handle(number, request.clone(), args.clone());
        tasks.push(create_task_named(coroutine, format!("handle-{number}")));
    }
    if when_set == "too-late" {
        request.set("too late".into());
    }
    gather(tasks).await?;
    sleep(0.0).await?;
    log(&request, "main ends")
}
