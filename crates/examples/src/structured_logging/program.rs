use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::rc::Rc;

/// Python's globals.
struct Globals {
    request_of_task: ContextVar<String>,
    request_of_all: RefCell<String>,
    args: Args,
}

fn set_request(request: String, globals: &Globals) {
    globals.request_of_all.replace(request.clone());
    globals.request_of_task.set(request);
}

fn log(event: &str, globals: &Globals) -> Result {
    let request = match globals.args.choice("TAG") {
        "global" => globals.request_of_all.borrow().clone(),
        "task_name" => current_task_name().unwrap_or_default().to_string(),
        _ => globals.request_of_task.get()?,
    };
    print(format!("request={request} event={event}"));
    Ok(())
}

#[called_with(table, seconds)]
async fn query(table: &'static str, seconds: f64, globals: Rc<Globals>) -> Result {
    sleep(seconds).await?;
    log(&format!("{table}-found"), &globals)
}

#[called_with(number)]
async fn handle(number: usize, globals: Rc<Globals>) -> Result {
    let (users, orders) = (globals.args.float("USERS"), globals.args.float("ORDERS"));
    set_request(format!("r{number}"), &globals);
    log("begun", &globals)?;
    let group = TaskGroup::scope(async |group| {
        let (users, orders) =
            (query("users", users, globals.clone()), query("orders", orders, globals.clone()));
        group.create_task_named(users, format!("users-{number}"))?;
        group.create_task_named(orders, format!("orders-{number}"))?;
        Ok(())
    });
    group.await?;
    log("answered", &globals)
}

pub async fn main(args: Args) -> Result {
    let requests = args.count("REQUESTS");
    let gap = args.float("GAP");

    let request_of_task = ContextVar::with_default("request_of_task", "-".to_owned());
    let request_of_all = RefCell::new("-".to_owned());
    let globals = Rc::new(Globals { request_of_task, request_of_all, args });
    let group = TaskGroup::scope(async |group| {
        for number in 1..=requests {
            let name = format!("request-{number}");
            group.create_task_named(handle(number, globals.clone()), name)?;
            sleep(gap).await?;
        }
        Ok(())
    });
    group.await?;
    log("all-done", &globals)
}
