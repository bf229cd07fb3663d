use crate::Args;
use asyncio::*;

#[called_with(office, delay)]
async fn report(office: usize, delay: f64) -> Result<String> {
    print(format!("office {office}: counting"));
    sleep(delay).await?;
    print(format!("office {office}: counted"));
    Ok(format!("result after {delay:.1} s"))
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");
    let timeout = args.float("TIMEOUT");
    let latecomers = args.choice("LATECOMERS");

    let mut tasks = Vec::new();
    for (office, delay) in delays.into_iter().enumerate() {
        let task = create_task_named(report(office, delay), format!("office-{office}"));
        tasks.push(task);
    }
    let (done, pending) = wait(&tasks).timeout(timeout).await?;
    let counts = format!("{} done, {} pending", done.len(), pending.len());
    print(format!("wait returned: {counts}"));

    let late: Vec<_> = tasks.iter().filter(|t| pending.contains(t)).collect();
    if latecomers == "cancel" {
        for task in &late {
            task.cancel();
        }
    }
    gather_return_exceptions(late).await?;

    for task in tasks {
        let outcome = if task.cancelled() { "cancelled".into() } else { task.result()? };
        print(format!("{}: {outcome}", task.name()));
    }
    Ok(())
}
