use crate::Args;
use asyncio::*;

#[called_with(host, delay)]
async fn probe(host: usize, delay: f64, fail_index: usize) -> Result<String> {
    sleep(delay).await?;
    if host == fail_index {
        print(format!("host {host}: no route"));
        return Err(Error::new("ConnectionError", format!("host {host} refused")));
    }
    print(format!("host {host}: reached"));
    Ok(format!("{delay:.1} s"))
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");
    let fail_index = args.count("FAIL_INDEX");

    let mut tasks = Vec::new();
    for (host, delay) in delays.into_iter().enumerate() {
        let task = create_task_named(probe(host, delay, fail_index), format!("host-{host}"));
        tasks.push(task);
    }
    let (done, pending) = wait(&tasks).return_when(ALL_COMPLETED).await?;
    let counts = format!("{} done, {} pending", done.len(), pending.len());
    print(format!("wait returned: {counts}"));
    for task in tasks {
        if let Some(error) = task.exception()? {
            print(format!("{}: {}: {error}", task.name(), error.type_name()));
        } else {
            print(format!("{}: answered in {}", task.name(), task.result()?));
        }
    }
    Ok(())
}
