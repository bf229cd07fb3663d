use crate::Args;
use asyncio::*;

const SERVICES: [(&str, f64); 5] =
    [("users", 0.5), ("orders", 0.9), ("stock", 4.0), ("prices", 0.3), ("reviews", 0.8)];

type Answer = Option<&'static str>;

#[derive(Clone, Copy)]
struct Choices {
    timeout_at: &'static str,
    timeout: f64,
    late: &'static str,
}

async fn request(service: &'static str, seconds: f64) -> Result<&'static str> {
    sleep(seconds).await?;
    print(format!("{service}: answered"));
    Ok(service)
}

#[called_with(service, seconds)]
async fn call(service: &'static str, seconds: f64, choices: Choices) -> Result<Answer> {
    let limit = (choices.timeout_at == "around-each").then_some(choices.timeout);
    for _ in 0..if choices.late == "retry" { 2 } else { 1 } {
        let answered = timeout(limit)
            .scope(|_| async move {
                request(service, seconds).await //
            })
            .await;
        match answered {
            Err(error) if error.is("TimeoutError") => print(format!("{service}: too late")),
            answered => return answered.map(Some),
        }
    }
    if choices.late == "raise" {
        return Err(Error::new("TimeoutError", service));
    }
    Ok(None)
}

async fn collect(tasks: Vec<Task<Answer>>, choices: Choices) -> Result<Vec<Answer>> {
    if choices.timeout_at == "wait" {
        let (done, pending) = wait(&tasks).timeout(choices.timeout).await?;
        for task in &pending {
            task.cancel();
        }
        let done = tasks.iter().filter(|task| done.contains(task));
        return done.map(|task| task.result()).collect();
    }
    let limit = (choices.timeout_at == "around-all").then_some(choices.timeout);
    let answered = timeout(limit).scope(|_| async { gather(tasks).await }).await;
    match answered {
        Err(error) if error.is("TimeoutError") => {
            if choices.late == "raise" {
                return Err(error);
            }
            print("nothing to report");
            Ok(Vec::new())
        }
        answered => answered,
    }
}

pub async fn main(args: Args) -> Result {
    let choices = Choices {
        timeout_at: args.choice("TIMEOUT_AT"),
        timeout: args.float("TIMEOUT"),
        late: args.choice("LATE"),
    };

    let mut tasks = Vec::new();
    for (service, seconds) in SERVICES {
        tasks.push(create_task_named(call(service, seconds, choices), service));
    }
    let answers: Vec<&str> = collect(tasks, choices).await?.into_iter().flatten().collect();
    print(format!("report: {}", answers.join(", ")));
    Ok(())
}
