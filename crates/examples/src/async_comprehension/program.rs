use crate::Args;
use asyncio::*;

#[called_with(page, delay)]
async fn fetch(page: usize, delay: f64) -> Result<String> {
    print(format!("page {page}: asked for"));
    sleep(delay).await?;
    print(format!("page {page}: here"));
    Ok(format!("page {page}"))
}

fn fetch_in_task(page: usize, delay: f64) -> Task<String> {
    create_task_named(fetch(page, delay), format!("page-{page}"))
}

fn fetch_each(pages: Vec<(usize, f64)>) -> AsyncGenerator<String> {
    async_generator("fetch_each", async move |each| {
        for (page, delay) in pages {
            let text = fetch(page, delay).await?;
            each.yield_(text).await?;
        }
        Ok(())
    })
}

async fn fetch_all(pages: Vec<(usize, f64)>, style: &str) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    match style {
        "await" => {
            for (page, delay) in pages {
                texts.push(fetch(page, delay).await?);
            }
        }
        "async_for" => {
            let each = fetch_each(pages);
            while let Some(text) = each.next().await? {
                texts.push(text);
            }
        }
        "await_tasks" => {
            let tasks: Vec<_> =
                pages.into_iter().map(|(page, delay)| fetch_in_task(page, delay)).collect();
            for task in tasks {
                texts.push(task.await?);
            }
        }
        "gather" => {
            texts = gather(pages.into_iter().map(|(page, delay)| fetch(page, delay))).await?;
        }
        _ => {
            let tasks = TaskGroup::scope(async |group| {
                let start = |(page, delay)| {
                    group.create_task_named(fetch(page, delay), format!("page-{page}"))
                };
                pages.into_iter().map(start).collect::<Result<Vec<_>>>()
            });
            for task in tasks.await? {
                texts.push(task.result()?);
            }
        }
    }
    Ok(texts)
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");

    let started = time();
    let pages = fetch_all((1..).zip(delays).collect(), args.choice("STYLE")).await?;
    print(format!("{} after {:.2} s", pages.join(", "), time() - started));
    Ok(())
}
