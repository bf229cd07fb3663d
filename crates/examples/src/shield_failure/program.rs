use crate::Args;
use asyncio::*;

async fn save(fails_at: f64) -> Result {
    sleep(fails_at).await?;
    print("save: the disk is full");
    Err(Error::new("OSError", "disk full"))
}

async fn customer(saving: Task<()>, patience: f64) -> Result {
    match wait_for(shield(saving), Some(patience)).await {
        Err(error) if error.is("TimeoutError") => print("customer: leaves"),
        Err(error) if error.is("OSError") => {
            print(format!("customer: told of {}", error.repr()));
        }
        saved => {
            saved?;
            print("customer: saved");
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let saving = create_task_named(save(args.float("FAILS_AT")), "save");
    customer(saving.clone(), args.float("PATIENCE")).await?;
    if args.bool("KEEP") {
        match saving.await {
            Err(error) if error.is("OSError") => {
                print(format!("main: told of {}", error.repr()));
            }
            saved => saved?,
        }
    } else {
        drop(saving);
    }
    sleep(2.0).await?;
    print("main: ends");
    Ok(())
}
