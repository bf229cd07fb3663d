use crate::Args;
use asyncio::*;

const WRITE: f64 = 0.3;

fn numbers(args: Args) -> AsyncGenerator<i64> {
    async_generator("numbers", async move |numbers| {
        let given = async {
            for number in 1..=args.int("ITEMS") {
                sleep(args.float("READ")).await?;
                print(format!("read {number}"));
                numbers.yield_(number).await?;
            }
            Ok(())
        };
        let given = given.await;
        print("source closed");
        given
    })
}

fn squares(source: AsyncGenerator<i64>, args: Args) -> AsyncGenerator<i64> {
    async_generator("squares", async move |squares| {
        while let Some(number) = source.next().await? {
            sleep(args.float("SQUARE")).await?;
            print(format!("squared {number}"));
            squares.yield_(number * number).await?;
        }
        Ok(())
    })
}

fn even(source: AsyncGenerator<i64>) -> AsyncGenerator<i64> {
    async_generator("even", async move |even| {
        while let Some(number) = source.next().await? {
            if number % 2 == 0 {
                even.yield_(number).await?;
            }
        }
        Ok(())
    })
}

#[called_with(source, queue)]
async fn pump(source: AsyncGenerator<i64>, queue: Queue<Option<i64>>) -> Result {
    let scope = async_with(aclosing(source), async |source| {
        while let Some(number) = source.next().await? {
            queue.put(Some(number)).await?;
        }
        Ok(())
    });
    scope.await?;
    queue.put(None).await
}

fn in_task(source: AsyncGenerator<i64>, name: &'static str) -> AsyncGenerator<i64> {
    async_generator("in_task", async move |items| {
        let queue = Queue::new(1).named("queue");
        let task = create_task_named(pump(source, queue.clone()), name);
        let given = async {
            while let Some(number) = queue.get().await? {
                items.yield_(number).await?;
            }
            Ok(())
        };
        let given = given.await;
        task.cancel();
        wait(&[task]).await?;
        given
    })
}

fn stage(source: AsyncGenerator<i64>, name: &'static str, args: &Args) -> AsyncGenerator<i64> {
    if args.choice("STYLE") == "tasks" { in_task(source, name) } else { source }
}

pub async fn main(args: Args) -> Result {
    let mut written = 0;
    let source = stage(numbers(args.clone()), "read", &args);
    let scope = async_with(aclosing(source), async |source| {
        let squared = stage(squares(source, args.clone()), "square", &args);
        let scope = async_with(aclosing(squared), async |squared| {
            let scope = async_with(aclosing(even(squared)), async |results| {
                while let Some(number) = results.next().await? {
                    sleep(WRITE).await?;
                    print(format!("wrote {number}"));
                    written += 1;
                    if written == args.int("WANTED") {
                        break;
                    }
                }
                Ok(())
            });
            scope.await
        });
        scope.await
    });
    scope.await?;
    print("all closed");
    Ok(())
}
