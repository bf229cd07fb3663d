use crate::Args;
use asyncio::*;

async fn read(args: &Args) -> Result<&'static str> {
    let read = async {
        sleep(args.float("FAILS_AFTER")).await?;
        Err(Error::new("ValueError", "broken file"))
    };
    let result = match read.await {
        Err(error) if error.is("ValueError") && args.choice("CAUGHT_IN") == "read" => {
            print(format!("read: caught {error}"));
            Ok("empty file")
        }
        result => result,
    };
    print("read: closes the file");
    sleep(args.float("CLEANUP")).await?;
    result
}

async fn load(args: Args) -> Result<&'static str> {
    let result = match read(&args).await {
        Err(error) if error.is("ValueError") && args.choice("CAUGHT_IN") == "load" => {
            print(format!("load: caught {error}"));
            Ok("default settings")
        }
        result => result,
    };
    print("load: gives back the lock");
    result
}

enum Loading {
    Coroutine(Coro<&'static str>),
    Task(Task<&'static str>),
}

pub async fn main(args: Args) -> Result {
    let loading = Coro::new("load", load(args.clone()));
    let loading = if args.choice("LOAD_AS") == "task" {
        Loading::Task(create_task_named(loading, "load"))
    } else {
        Loading::Coroutine(loading)
    };
    print("main: does other work");
    sleep(args.float("OTHER_WORK")).await?;
    print("main: awaits load");
    let loaded = match loading {
        Loading::Coroutine(coroutine) => coroutine.await,
        Loading::Task(task) => task.await,
    };
    let result = match loaded {
        Ok(settings) => {
            print(format!("main: got {settings}"));
            Ok(())
        }
        Err(error) if error.is("ValueError") && args.choice("CAUGHT_IN") == "main" => {
            print(format!("main: caught {error}"));
            Ok(())
        }
        Err(error) => Err(error),
    };
    print("main: ends");
    result
}
