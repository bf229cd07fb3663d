//! `#[called_with]`: what is told of tasks, and that their functions stay what they were.

use asyncio::*;
use executor::VirtualClock;
use std::cell::RefCell;
use std::rc::Rc;
use trace::{EventKind, Trace};

struct Account(RefCell<Vec<i64>>);

impl Account {
    #[called_with(amount)]
    async fn pay(self: Rc<Self>, amount: i64) -> Result {
        sleep(1.0).await?;
        self.0.borrow_mut().push(amount);
        Ok(())
    }
}

#[called_with(name, account, delays)]
async fn transfer(
    name: &'static str,
    mut delays: Vec<f64>,
    account: Rc<Account>,
    _fee: f64,
) -> Result<usize> {
    while let Some(delay) = delays.pop() {
        sleep(delay).await?;
        account.clone().pay(1).await?;
    }
    if name == "bad" {
        return Err(Error::new("ValueError", name));
    }
    let paid = account.0.borrow().len();
    Ok(paid)
}

/// One that is reported when nobody awaits it, for it has a name.
#[called_with(number)]
fn forgotten(number: usize) -> Coro<usize> {
    if number == 0 {
        return Coro::new("forgotten", async { Ok(0) });
    }
    Coro::new("forgotten", async move { Ok(number) })
}

async fn plain(_number: usize) -> Result {
    Ok(())
}

#[called_with(letters, letters.len())]
async fn long(letters: Vec<&'static str>) -> Result {
    sleep(letters.len() as f64).await
}

async fn main() -> Result<Vec<i64>> {
    let account = Rc::new(Account(RefCell::default()));
    let good = create_task(transfer("good", vec![0.5; 4], account.clone(), 1.0));
    let bad = create_task(transfer("bad", vec![], account.clone(), 1.0));
    wait_for(account.clone().pay(7), Some(2.0)).await?;
    assert_eq!(good.await?, 5, "what it has cost to await is what it would cost without");
    assert!(bad.await.is_err_and(|error| error.is("ValueError")));
    assert_eq!(gather([forgotten(0), forgotten(3)]).await?, [0, 3]);
    drop(forgotten(4));
    create_task(plain(1)).await?;
    let cancelled = create_task(account.clone().pay(9));
    cancelled.cancel();
    assert!(cancelled.await.is_err());
    create_task(long(vec!["abcdefghijklmnopqrstu"; 4])).await?;
    let paid = account.0.borrow().clone();
    Ok(paid)
}

fn told(trace: Trace) -> (Vec<String>, Vec<String>) {
    let mut run = Run::new(VirtualClock, trace.clone(), main);
    run.go();
    assert_eq!(run.result().expect("it has ended").expect("well"), [7, 1, 1, 1, 1]);
    let (mut calls, mut logged) = (Vec::new(), Vec::new());
    for event in trace.snapshot() {
        match &event.kind {
            EventKind::Runs { coroutine, .. } => calls.push(coroutine.to_string()),
            EventKind::Logged { log, .. } => logged.push(log.message.to_string()),
            _ => {}
        }
    }
    (calls, logged)
}

#[test]
fn tasks_tell_what_they_were_called_with() {
    let (calls, logged) = told(Trace::on());
    assert_eq!(
        calls,
        [
            "main(…)",
            "transfer('good', Account, [0.5, 0.5, 0.5, …])",
            "transfer('bad', Account, [])",
            "forgotten(0)",
            "forgotten(3)",
            "plain(…)",
            "pay(9)",
            "long(['abcdefghijklmnopqrstu', 'abcdefghijklmnopqrstu', 'abcdefg…)",
        ]
    );
    assert!(logged.iter().any(|text| text.contains("coroutine 'forgotten' was never awaited")));
}

#[test]
fn without_a_trace_nothing_is_told_and_everything_runs() {
    assert_eq!(told(Trace::default()), (vec![], vec![]));
}
