use crate::Args;
use asyncio::*;

type Request = ContextVar<String>;

fn log(request: &Request, text: &str) -> Result {
    print(format!("[{}] {text}", request.get()?));
    Ok(())
}

async fn check(request: Request, reading: f64) -> Result {
    sleep(reading / 3.0).await?;
    log(&request, "checked, in a task of its own")?;
    request.set("somebody else".into());
    log(&request, "has set it anew, for itself only")
}

async fn answer(request: Request, reading: f64) -> Result {
    sleep(reading).await?;
    log(&request, "answers, in the coroutine that was awaited")
}

async fn handle(number: usize, request: Request, args: Args) -> Result {
    let reading = args.float("READING");
    if args.choice("WHEN_SET") == "in-task" {
        request.set(format!("request-{number}"));
    }
    log(&request, "begins")?;
    let of_thread = request.clone();
    let read_file = async move |_| log(&of_thread, "a thread reads the file");
    to_thread(read_file).await?;
    create_task_named(check(request.clone(), reading), format!("check-{number}")).await?;
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
