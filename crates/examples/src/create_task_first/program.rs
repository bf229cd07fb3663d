use crate::Args;
use asyncio::*;
use std::future::IntoFuture;

#[called_with(name, delay)]
fn fetch(name: &'static str, delay: f64) -> Coro<String> {
    Coro::new("fetch", async move {
        print(format!("{name}: request sent"));
        sleep(delay).await?;
        print(format!("{name}: arrived"));
        Ok(format!("{name} fetched in {delay:.1} s"))
    })
}

/// What a Python name may hold either of.
enum Fetch {
    Coroutine(Coro<String>),
    Task(Task<String>),
}

impl IntoFuture for Fetch {
    type Output = Result<String>;
    type IntoFuture = Body<String>;

    #[track_caller]
    fn into_future(self) -> Body<String> {
        match self {
            Fetch::Coroutine(coroutine) => Box::pin(coroutine),
            Fetch::Task(task) => Box::pin(task.into_future()),
        }
    }
}

pub async fn main(args: Args) -> Result {
    let (news, prices) = (args.float("NEWS"), args.float("PRICES"));
    let setup = args.float("SETUP");
    let drawing = args.float("DRAWING");
    let start = args.choice("START");

    let news = fetch("news", news);
    let prices = fetch("prices", prices);
    let (news, prices) = if start == "task" {
        let news = create_task_named(news, "news");
        let prices = create_task_named(prices, "prices");
        (Fetch::Task(news), Fetch::Task(prices))
    } else {
        (Fetch::Coroutine(news), Fetch::Coroutine(prices))
    };

    print("main: reading the settings, without an await");
    time_sleep(setup);
    print("main: drawing the frame of the page");
    sleep(drawing).await?;

    print("main: now it needs the data");
    print(news.await?);
    print(prices.await?);
    Ok(())
}
