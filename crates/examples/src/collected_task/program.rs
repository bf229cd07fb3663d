use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::rc::Rc;

/// What is waited for, by the question's number: weakly, as a `WeakValueDictionary` has it.
type Answers = Rc<RefCell<Vec<Option<WeakFuture<&'static str>>>>>;

#[called_with(format!("question-{number}"))]
async fn ask(number: usize, answers: Answers, args: Args) -> Result {
    let answer = create_future();
    answers.borrow_mut()[number] = Some(answer.downgrade());
    print(format!("question-{number}: waits for its answer"));
    let said = if args.choice("KEPT_BY") == "timeout" {
        timeout(Some(60.0)).scope(|_| async move { answer.await }).await
    } else {
        answer.await
    };
    if let Ok(said) = &said {
        print(format!("question-{number}: {said}"));
    }
    print(format!("question-{number}: its coroutine ends"));
    said.map(drop)
}

fn start(number: usize, answers: &Answers, tasks: &Rc<RefCell<Vec<Task<()>>>>, args: &Args) {
    let asking = ask(number, answers.clone(), args.clone());
    let task = create_task_named(asking, format!("question-{number}"));
    if args.choice("KEPT_BY") == "set" {
        tasks.borrow_mut().push(task.clone());
        let set = tasks.clone();
        task.add_done_callback(move |task| set.borrow_mut().retain(|other| **other != *task));
    }
}

fn deliver(number: usize, answers: &Answers) -> Result {
    let answer = answers.borrow()[number].as_ref().and_then(WeakFuture::upgrade);
    match answer {
        None => print(format!("main: nobody waits for the answer to question-{number}")),
        Some(answer) => answer.set_result("has its answer")?,
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let questions = args.count("QUESTIONS");
    let answers: Answers = Rc::new(RefCell::new((0..questions).map(|_| None).collect()));
    let tasks = Rc::default();
    for number in 0..questions {
        start(number, &answers, &tasks, &args);
    }
    sleep(args.float("COLLECT_AT")).await?;
    print(format!("main: {} tasks wait", all_tasks().len() - 1));
    if args.bool("COLLECT") {
        collect_garbage();
        print(format!("main: after gc.collect() {} wait", all_tasks().len() - 1));
    }
    sleep(args.float("ANSWER_AFTER")).await?;
    for number in 0..questions {
        deliver(number, &answers)?;
    }
    Ok(())
}
