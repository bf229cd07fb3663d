use crate::Args;
use asyncio::*;

async fn fetch(work: f64) -> Result<&'static str> {
    match sleep(work).await {
        Ok(()) => {
            print("fetch: the answer is here");
            Ok("an answer")
        }
        Err(error) => {
            print("fetch: cancelled");
            Err(error)
        }
    }
}

async fn hold_the_loop(from: f64, hold: f64) -> Result {
    sleep(from).await?;
    time_sleep(hold);
    print("holder: gives the loop back");
    Ok(())
}

async fn ask(way: &str, task: &Task<&'static str>, limit: f64) -> Result<Option<&'static str>> {
    match way {
        "wait_for" => {
            let answer = wait_for(task.clone(), Some(limit)).await?;
            Ok(Some(answer))
        }
        "timeout" => {
            let scope = timeout(Some(limit));
            let answer = scope.scope(async |_| task.await).await?;
            Ok(Some(answer))
        }
        _ => {
            let (done, _) = wait(std::slice::from_ref(task)).timeout(limit).await?;
            if done.is_empty() { Ok(None) } else { task.result().map(Some) }
        }
    }
}

pub async fn main(args: Args) -> Result {
    let start = time();
    let holding = hold_the_loop(args.float("HOLD_FROM"), args.float("HOLD"));
    let holder = create_task_named(holding, "holder");
    let task = create_task_named(fetch(args.float("WORK")), "fetch");
    let answer = match ask(args.choice("WAY"), &task, args.float("TIMEOUT")).await {
        Err(error) if error.is("TimeoutError") => {
            print("main: TimeoutError");
            None
        }
        answer => answer?,
    };
    print(format!("main: {} after {:.2} s", answer.unwrap_or("None"), time() - start));
    holder.await
}
