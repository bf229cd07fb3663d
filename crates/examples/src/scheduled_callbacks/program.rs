use crate::Args;
use asyncio::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

struct Ticker {
    event_loop: Rc<EventLoop>,
    start: f64,
    number: Cell<u32>,
    /// Cancels the callback that is set.
    cancel: RefCell<Box<dyn Fn()>>,
    /// When that is due, in seconds of loop time.
    due: Cell<f64>,
    args: Args,
}

impl Ticker {
    fn new(event_loop: Rc<EventLoop>, args: Args) -> Rc<Self> {
        let (start, number) = (event_loop.time(), Cell::new(0));
        let (cancel, due) = (RefCell::new(Box::new(|| {}) as Box<dyn Fn()>), Cell::new(start));
        let ticker = Rc::new(Ticker { event_loop, start, number, cancel, due, args });
        let tick = ticker.clone();
        ticker.event_loop.call_soon(move || tick.tick());
        ticker
    }

    fn tick(self: Rc<Self>) {
        let period = self.args.float("PERIOD");
        let number = self.number.get();
        let behind = self.event_loop.time() - self.start - f64::from(number) * period;
        print(format!("tick {number}: {behind:.2} s behind"));
        time_sleep(self.args.float("WORK"));
        self.number.set(number + 1);
        let tick = self.clone();
        let (handle, due) = if self.args.choice("WAY") == "call_later" {
            let due = self.event_loop.time() + period;
            (self.event_loop.call_later(period, move || tick.tick()), due)
        } else {
            let due = self.start + f64::from(number + 1) * period;
            (self.event_loop.call_at(due, move || tick.tick()), due)
        };
        self.due.set(due);
        *self.cancel.borrow_mut() = Box::new(move || handle.cancel());
    }
}

pub async fn main(args: Args) -> Result {
    let ticker = Ticker::new(get_running_loop()?, args.clone());
    print("main: nothing has been called yet");
    sleep(args.float("STOP_AT")).await?;
    print(format!("main: cancels the tick that is due at {:.2} s", ticker.due.get()));
    (ticker.cancel.borrow())();
    sleep(args.float("PERIOD")).await?;
    print(format!("main: {} ticks, and no more came", ticker.number.get()));
    Ok(())
}
