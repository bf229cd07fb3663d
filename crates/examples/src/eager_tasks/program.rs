use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

type Cache = Rc<RefCell<HashMap<String, String>>>;

#[called_with(page)]
async fn fetch(page: String, cache: Cache, delay: f64, failing: bool) -> Result<String> {
    print(format!("{page}: asked for"));
    let cached = cache.borrow().get(&page).cloned();
    if let Some(text) = cached {
        print(format!("{page}: found in the cache"));
        return Ok(text);
    }
    sleep(delay).await?;
    if failing && page == "page-3" {
        return Err(Error::new("ConnectionError", format!("{page} is gone")));
    }
    print(format!("{page}: fetched"));
    Ok(format!("text of {page}"))
}

async fn refuse() -> Result<String> {
    print("refuse: raises in its first step");
    Err(Error::new("ValueError", "no such page"))
}

pub async fn main(args: Args) -> Result {
    let (delay, failing) = (args.float("DELAY"), args.bool("FAILING"));

    if args.bool("EAGER") {
        get_running_loop()?.set_eager_tasks(true);
    }
    let cache: Cache = Rc::default();
    for number in 0..args.count("CACHED") {
        let page = format!("page-{number}");
        cache.borrow_mut().insert(page.clone(), format!("old text of {page}"));
    }
    let fetched = TaskGroup::scope(async |group| {
        let mut tasks = Vec::new();
        for number in 0..4 {
            let page = format!("page-{number}");
            let coroutine = fetch(page.clone(), cache.clone(), delay, failing);
            let task = group.create_task_named(coroutine, &page)?;
            let done = repr_bool(task.done());
            print(format!("main: has made {page}, done() is {done}"));
            tasks.push(task);
        }
        if failing {
            group.create_task_named(refuse(), "refuse")?;
            print("main: has made refuse");
        }
        Ok(tasks.len())
    });
    match fetched.await {
        Err(errors) if errors.is("ExceptionGroup") => {
            let texts = errors.members().iter().filter_map(Error::exception);
            let texts: Vec<_> = texts.map(ToString::to_string).collect();
            print(format!("main: {}", texts.join(", ")));
        }
        pages => print(format!("main: {} pages", pages?)),
    }
    Ok(())
}
