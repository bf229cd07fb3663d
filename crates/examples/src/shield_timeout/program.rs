use crate::Args;
use asyncio::*;

async fn compute(work: f64) -> Result<&'static str> {
    let result = async {
        print("report: computing");
        sleep(work).await?;
        print("report: finished");
        Ok("the report")
    }
    .await;
    if result.as_ref().is_err_and(Error::is_cancelled) {
        print("report: cancelled, all work lost");
    }
    result
}

#[called_with(name, report, patience)]
async fn customer(
    name: String,
    report: Task<&'static str>,
    patience: f64,
    shielded: bool,
) -> Result {
    let waited_for = if shielded { shield(report) } else { ensure_future(report) };
    match wait_for(waited_for, Some(patience)).await {
        Err(error) if error.is("TimeoutError") => {
            print(format!("{name}: gives up after {patience:.1} s"));
        }
        result => print(format!("{name}: has {}", result?)),
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let work = args.float("WORK");
    let patience = args.floats("PATIENCE");
    let shielded = args.bool("SHIELD");
    let await_later = args.bool("AWAIT_LATER");

    let report = create_task_named(compute(work), "report");
    let mut customers = Vec::new();
    for (n, patience) in patience.into_iter().enumerate() {
        let name = format!("customer-{n}");
        let coroutine = customer(name.clone(), report.clone(), patience, shielded);
        customers.push(create_task_named(coroutine, name));
    }
    wait(&customers).await?;
    for task in &customers {
        if task.cancelled() {
            print(format!("{}: cancelled along with the report", task.name()));
        }
    }

    if await_later && !report.cancelled() {
        print(format!("main: puts {} into the archive", report.await?));
    }
    Ok(())
}
