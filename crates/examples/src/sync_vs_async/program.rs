use crate::Args;
use asyncio::*;

fn brew_blocking(cup: usize, seconds: f64) {
    print(format!("cup {cup}: brewing"));
    time_sleep(seconds);
    print(format!("cup {cup}: ready"));
}

#[called_with(cup, seconds)]
async fn brew(cup: usize, seconds: f64) -> Result {
    print(format!("cup {cup}: brewing"));
    sleep(seconds).await?;
    print(format!("cup {cup}: ready"));
    Ok(())
}

async fn greet_guests(tick: f64) -> Result {
    loop {
        sleep(tick).await?;
        print("a guest is greeted");
    }
}

pub async fn main(args: Args) -> Result {
    let mode = args.choice("MODE");
    let brewing = args.floats("BREWING");
    let tick = args.float("TICK");

    let greeter = create_task_named(greet_guests(tick), "greeter");
    sleep(0.0).await?;

    let start = time();
    if mode == "blocking" {
        for (cup, seconds) in (1..).zip(brewing) {
            brew_blocking(cup, seconds);
        }
    } else if mode == "in-turn" {
        for (cup, seconds) in (1..).zip(brewing) {
            brew(cup, seconds).await?;
        }
    } else {
        TaskGroup::scope(async |group| {
            for (cup, seconds) in (1..).zip(brewing) {
                group.create_task_named(brew(cup, seconds), format!("cup-{cup}"))?;
            }
            Ok(())
        })
        .await?;
    }
    print(format!("all cups, {mode}: {:.2} s", time() - start));

    greeter.cancel();
    Ok(())
}
