//! Dropping an executor frees everything it holds.

use super::*;
use std::rc::Weak;

/// A value to be held by what is to be freed, and a way to see whether it was.
fn held() -> (Rc<()>, Weak<()>) {
    let value = Rc::new(());
    let weak = Rc::downgrade(&value);
    (value, weak)
}

fn freed(weak: &[Weak<()>]) -> bool {
    weak.iter().all(|weak| weak.strong_count() == 0)
}

#[test]
fn tasks_timers_and_callbacks() {
    let executor = Executor::new(VirtualClock);
    let (core, weak_core) = (executor.core(), Rc::downgrade(&executor.core()));
    let ((in_task, a), (in_timer, b), (in_ready, c)) = (held(), held(), held());
    executor.spawn("sleeper", async move {
        core.sleep(5.0).await;
        drop(in_task);
    });
    assert_eq!(executor.step(), Progress::Ran);
    executor.call_later(1.0, move || drop(in_timer));
    executor.call_soon(move || drop(in_ready));
    assert!([&a, &b, &c].iter().all(|weak| weak.strong_count() == 1));
    drop(executor);
    assert!(freed(&[a, b, c]));
    assert_eq!(weak_core.strong_count(), 0, "the futures held the core, and the core them");
}

#[test]
fn a_callback_that_holds_its_own_handle() {
    let executor = Executor::new(VirtualClock);
    let (value, weak) = held();
    let own = Rc::new(RefCell::new(None));
    let inner = own.clone();
    let handle = executor.handle(move || drop((inner, value)));
    *own.borrow_mut() = Some(handle); // never scheduled: nobody but itself keeps it
    drop(own);
    assert_eq!(weak.strong_count(), 1);
    drop(executor);
    assert!(freed(&[weak]));
}

#[test]
fn a_handle_kept_through_many_others_is_freed_too() {
    let executor = Executor::new(VirtualClock);
    let (value, weak) = held();
    let kept = executor.handle(move || drop(value));
    for _ in 0..1000 {
        executor.call_soon(|| {}); // the list of handles is pruned now and then
        executor.run().unwrap();
    }
    drop(executor);
    assert!(freed(&[weak]) && kept.cancelled());
}

#[test]
fn what_is_freed_may_schedule_more_in_vain() {
    struct Late(Rc<Core>, Option<Rc<()>>);
    impl Drop for Late {
        fn drop(&mut self) {
            let value = self.1.take();
            let again = value.clone();
            self.0.call_soon(move || drop(value));
            self.0.call_later(1.0, move || drop(again));
            self.0.spawn("late", async {});
        }
    }
    let executor = Executor::new(VirtualClock);
    let (value, weak) = held();
    let late = Late(executor.core(), Some(value));
    executor.spawn("holder", async move {
        std::future::pending::<()>().await;
        drop(late);
    });
    assert_eq!(executor.step(), Progress::Ran);
    let core = Rc::downgrade(&executor.core());
    drop(executor);
    assert!(freed(&[weak]));
    assert_eq!(core.strong_count(), 0);
}

#[test]
fn a_finished_task_is_freed_at_once() {
    let executor = Executor::new(VirtualClock);
    let (value, weak) = held();
    executor.spawn("brief", async move { drop(Rc::clone(&value)) });
    assert_eq!(executor.step(), Progress::Ran);
    assert!(freed(&[weak]));
}

#[test]
fn cancelling_a_handle_frees_its_callback_at_once() {
    let executor = Executor::new(VirtualClock);
    let (value, weak) = held();
    let timer = executor.call_later(1.0, move || drop(value));
    timer.cancel();
    assert!(freed(&[weak]));
}
