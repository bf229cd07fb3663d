use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::rc::Rc;

type Rows = AsyncGenerator<usize>;

/// Python's globals.
struct Globals {
    user: ContextVar<&'static str>,
    kept: RefCell<Vec<Rows>>,
    args: Args,
}

fn rows(globals: &Rc<Globals>) -> Rows {
    let user = globals.user.clone();
    let (pace, cleanup) = (globals.args.float("PACE"), globals.args.float("CLEANUP"));
    async_generator("rows", async move |rows| {
        let token = user.set("rows");
        let given = async {
            for number in 1..5 {
                sleep(pace).await?;
                rows.yield_(number).await?;
            }
            Ok(())
        };
        let given: Result = given.await;
        let task = current_task_name().unwrap_or_default();
        print(format!("rows: closing in {task}, for {}", user.get()?));
        match user.reset(&token) {
            Err(error) if error.is("ValueError") => {
                print("rows: ValueError, the variable was set in another context");
            }
            reset => reset?,
        }
        sleep(cleanup).await?;
        print("rows: closed");
        given
    })
}

async fn take(source: Rows, wanted: usize) -> Result {
    while let Some(number) = source.next().await? {
        print(format!("handler: row {number}"));
        if number == wanted {
            break;
        }
    }
    print("handler: has left the loop");
    Ok(())
}

async fn handle(globals: Rc<Globals>) -> Result {
    let wanted = globals.args.count("WANTED");
    globals.user.set("ann");
    match globals.args.choice("CLOSE") {
        "aclosing" => {
            let scope = async_with(aclosing(rows(&globals)), async |source: Rows| {
                take(source, wanted).await
            });
            scope.await?;
        }
        "kept" => {
            let source = rows(&globals);
            globals.kept.borrow_mut().push(source.clone());
            take(source, wanted).await?;
        }
        _ => take(rows(&globals), wanted).await?,
    }
    print(format!("handler: ends, for {}", globals.user.get()?));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let after = args.float("AFTER");
    let user = ContextVar::with_default("user", "nobody");
    let globals = Rc::new(Globals { user, kept: RefCell::default(), args });
    create_task_named(handle(globals.clone()), "handler").await?;
    print("main: the handler is done");
    sleep(after).await?;
    print("main: ends");
    at_exit(move || drop(globals));
    Ok(())
}
