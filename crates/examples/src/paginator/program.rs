use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

type Items = Vec<usize>;

#[called_with(page)]
async fn fetch(page: usize, args: Args) -> Result<(Items, Option<usize>)> {
    print(format!("page {page}: fetching"));
    sleep(args.float("FETCH")).await?;
    let (size, count) = (args.count("PAGE_SIZE"), args.count("ITEMS"));
    let end = count.min(page * size);
    let items = ((page - 1) * size + 1..=end).collect();
    Ok((items, (end < count).then_some(page + 1)))
}

struct Pages {
    following: Rc<Cell<Option<usize>>>,
    args: Args,
}

impl AsyncIterator for Pages {
    type Item = Items;

    fn next(&self) -> Coro<Option<Items>> {
        let (next, args) = (self.following.clone(), self.args.clone());
        Coro::new("Pages.__anext__", async move {
            let Some(page) = next.get() else {
                return Ok(None);
            };
            let (items, following) = fetch(page, args).await?;
            next.set(following);
            Ok(Some(items))
        })
    }
}

fn pages(args: Args) -> AsyncGenerator<Items> {
    async_generator("pages", async move |pages| {
        let mut next = Some(1);
        while let Some(page) = next {
            let (items, following) = fetch(page, args.clone()).await?;
            next = following;
            pages.yield_(items).await?;
        }
        Ok(())
    })
}

fn prefetched_pages(args: Args) -> AsyncGenerator<Items> {
    async_generator("prefetched_pages", async move |pages| {
        let mut next = Some(create_task_named(fetch(1, args.clone()), "page-1"));
        let given = async {
            while let Some(task) = next.clone() {
                let (items, following) = task.await?;
                next = following.map(|page| {
                    create_task_named(fetch(page, args.clone()), format!("page-{page}"))
                });
                pages.yield_(items).await?;
            }
            Ok(())
        };
        let given = given.await;
        if let Some(task) = next {
            task.cancel();
        }
        given
    })
}

async fn process(source: impl AsyncIterator<Item = Items>, args: Args) -> Result {
    while let Some(items) = source.next().await? {
        let (first, last) = (items.first().unwrap_or(&0), items.last().unwrap_or(&0));
        print(format!("processing {first} to {last}"));
        sleep(args.float("PROCESS")).await?;
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let style = args.choice("STYLE");

    let started = time();
    if style == "class" {
        let following = Rc::new(Cell::new(Some(1)));
        process(Pages { following, args: args.clone() }, args).await?;
    } else if style == "generator" {
        process(pages(args.clone()), args).await?;
    } else {
        process(prefetched_pages(args.clone()), args).await?;
    }
    print(format!("all items in {:.2} s", time() - started));
    Ok(())
}
