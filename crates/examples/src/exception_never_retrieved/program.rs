use crate::Args;
use asyncio::*;

async fn backup(fails_at: f64) -> Result {
    print("backup: started");
    sleep(fails_at).await?;
    print("backup: the disk is gone");
    Err(Error::new("OSError", "no such disk"))
}

fn complain(task: &Future<()>) {
    if let Ok(Some(error)) = task.exception() {
        let name = Task::of(task).map_or_else(Default::default, |task| task.name());
        print(format!("callback: {name} failed: {error}"));
    }
}

async fn serve(serving: f64) -> Result {
    print("main: serving, all is well");
    sleep(serving).await?;
    print("main: served");
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let fails_at = args.float("FAILS_AT");
    let serving = args.float("SERVING");
    let way = args.choice("WAY");

    if way == "forgotten" {
        create_task_named(backup(fails_at), "backup");
        serve(serving).await?;
        return Ok(());
    }

    let task = create_task_named(backup(fails_at), "backup");
    if way == "callback" {
        task.add_done_callback(complain);
    }
    serve(serving).await?;
    if way == "awaited" {
        match (&task).await {
            Err(error) if error.is("OSError") => {
                print(format!("main: the backup failed: {error}"));
            }
            result => result?,
        }
    } else if way == "gathered" {
        gather_return_exceptions([&task]).await?;
        print("main: everything has been gathered");
    }
    print("main: leaves");
    Ok(())
}
