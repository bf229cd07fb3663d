use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::rc::Rc;

/// A Python iterator.
type Lines = Rc<RefCell<std::vec::IntoIter<String>>>;

fn next(lines: &Lines, default: bool) -> Result<Option<String>> {
    let line = lines.borrow_mut().next();
    if line.is_none() && !default {
        return Err(Error::new("StopIteration", ""));
    }
    Ok(line)
}

async fn read_in_coroutine(lines: &Lines, args: &Args) -> Result<Option<String>> {
    sleep(args.float("READ")).await?;
    next(lines, args.bool("DEFAULT"))
}

async fn read(lines: &Lines, args: &Args) -> Result<Option<String>> {
    if args.choice("WHERE") == "thread" {
        let (lines, args) = (lines.clone(), args.clone());
        let read_next = move |thread: Thread| async move {
            thread.sleep(args.float("READ")).await?;
            next(&lines, args.bool("DEFAULT"))
        };
        return to_thread(read_next).await;
    }
    match read_in_coroutine(lines, args).await {
        // What Python makes of it where it leaves a coroutine.
        Err(error) if error.is("StopIteration") => {
            Err(Error::replacing(error, "coroutine raised StopIteration"))
        }
        line => line,
    }
}

pub async fn main(args: Args) -> Result {
    let lines: Vec<String> = (1..=args.count("LINES")).map(|n| format!("line {n}")).collect();
    let lines = Rc::new(RefCell::new(lines.into_iter()));
    loop {
        match read(&lines, &args).await {
            Ok(Some(line)) => print(format!("main: {line}")),
            Ok(None) => {
                print("main: None, the end");
                break;
            }
            Err(error) if error.is("RuntimeError") => {
                print(format!("main: {}", error.headline()));
                let cause = error.cause();
                print(format!("main: caused by {}", cause.map_or_else(String::new, |c| c.repr())));
                break;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
