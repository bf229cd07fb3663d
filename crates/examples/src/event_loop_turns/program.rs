use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

struct Turns {
    event_loop: Rc<EventLoop>,
    number: Cell<u32>,
}

impl Turns {
    fn new(event_loop: Rc<EventLoop>) -> Rc<Self> {
        Rc::new(Turns { event_loop, number: Cell::new(1) })
    }

    fn count(self: Rc<Self>) {
        self.number.set(self.number.get() + 1);
        let turns = self.clone();
        self.event_loop.call_soon(move || turns.count());
    }

    fn say(&self, text: &str) {
        print(format!("turn {}: {text}", self.number.get()));
    }
}

#[called_with(letter, turns)]
async fn worker(letter: char, turns: Rc<Turns>, args: Args) -> Result {
    for number in 1..=args.count("ROUNDS") {
        turns.say(&format!("{letter} works, round {number}"));
        time_sleep(args.float("WORK"));
        if args.bool("EXTRA_CALLBACKS") {
            let (text, say) = (format!("callback of {letter}, round {number}"), turns.clone());
            turns.event_loop.call_soon(move || say.say(&text));
        }
        sleep(0.0).await?;
    }
    turns.say(&format!("{letter} ends"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let delay = args.float("DELAY");

    let event_loop = get_running_loop()?;
    let turns = Turns::new(event_loop.clone());
    let count = turns.clone();
    event_loop.call_soon(move || count.count());
    let timer = turns.clone();
    event_loop.call_later(delay, move || timer.say(&format!("timer, due at {delay:.2} s")));
    TaskGroup::scope(async |group| {
        for letter in ('a'..='e').take(args.count("WORKERS")) {
            let coroutine = worker(letter, turns.clone(), args.clone());
            group.create_task_named(coroutine, format!("worker-{letter}"))?;
        }
        let callback = turns.clone();
        event_loop.call_soon(move || callback.say("callback of main"));
        turns.say("main has scheduled everything");
        Ok(())
    })
    .await?;
    turns.say("main ends");
    Ok(())
}
