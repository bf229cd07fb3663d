use crate::Args;
use asyncio::*;

struct Connection {
    name: &'static str,
    args: Args,
}

impl AsyncContextManager for Connection {
    type Value = &'static str;

    fn enter(&self) -> Coro<&'static str> {
        let (name, args) = (self.name, self.args.clone());
        Coro::new("Connection.__aenter__", async move {
            sleep(args.float("OPEN")).await?;
            print(format!("{name}: open"));
            Ok(name)
        })
    }

    fn exit(&self, _error: Option<&Error>) -> Coro<bool> {
        let (name, args) = (self.name, self.args.clone());
        Coro::new("Connection.__aexit__", async move {
            print(format!("{name}: closing"));
            sleep(args.float("CLOSE")).await?;
            print(format!("{name}: closed"));
            Ok(false)
        })
    }
}

fn connection(name: &'static str, args: Args) -> GeneratorContext<&'static str> {
    asynccontextmanager("connection", async move |scope| {
        sleep(args.float("OPEN")).await?;
        print(format!("{name}: open"));
        let used = scope.yield_(name).await;
        print(format!("{name}: closing"));
        sleep(args.float("CLOSE")).await?;
        print(format!("{name}: closed"));
        used
    })
}

#[called_with(name)]
async fn work<M: AsyncContextManager + 'static>(
    name: &'static str,
    context: M,
    args: Args,
) -> Result {
    let block = async_with(context, async |_| {
        sleep(args.float("WORK")).await?;
        match name {
            "failing" => Err(Error::new("ValueError", "bad answer")),
            _ => Ok(()),
        }
    });
    block.await?;
    print(format!("{name}: after the block"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let is_class = args.choice("STYLE") == "class";

    let names = ["fine", "failing", "cancelled"];
    let tasks = names.map(|name| {
        if is_class {
            let context = Connection { name, args: args.clone() };
            create_task_named(work(name, context, args.clone()), name)
        } else {
            let context = connection(name, args.clone());
            create_task_named(work(name, context, args.clone()), name)
        }
    });
    sleep(args.float("CANCEL_AT")).await?;
    tasks[2].cancel();
    let results = gather_return_exceptions(tasks).await?;
    for (name, result) in names.iter().zip(results) {
        let ended = result.err().map_or("None".into(), |error| error.repr());
        print(format!("{name} ended with {ended}"));
    }
    Ok(())
}
