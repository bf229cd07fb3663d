//! `LifoQueue`, `PriorityQueue`, and bounds of every sort.

use super::*;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::rc::Rc;

/// An item with a priority, which alone decides its order.
#[derive(Clone, Copy)]
struct Item(u32, u32);

impl PartialEq for Item {
    fn eq(&self, other: &Item) -> bool {
        self.0 == other.0
    }
}

impl PartialOrd for Item {
    fn partial_cmp(&self, other: &Item) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

#[test]
fn the_newest_first() {
    check(
        r#"
async def putter(item, queue):
    await queue.put(item)
    print(f"put {item}")
async def main():
    queue = asyncio.LifoQueue(3)
    tasks = [asyncio.create_task(putter(item, queue)) for item in range(6)]
    await asyncio.sleep(1)
    print(queue.qsize(), queue.full(), queue.maxsize)
    for _ in range(6):
        print(await queue.get())
        await asyncio.sleep(0)
    print(queue.empty())
"#,
        &[
            "0.0 put 0",
            "0.0 put 1",
            "0.0 put 2",
            "1.0 3 True 3",
            "1.0 2",
            "1.0 put 3",
            "1.0 3",
            "1.0 put 4",
            "1.0 4",
            "1.0 put 5",
            "1.0 5",
            "1.0 1",
            "1.0 0",
            "1.0 True",
        ],
        async {
            let queue = LifoQueue::new(3);
            for item in 0..6 {
                let queue = queue.clone();
                create_task(async move {
                    queue.put(item).await?;
                    print(format!("put {item}"));
                    Ok(())
                });
            }
            sleep(1.0).await?;
            print(format!("{} {} {}", queue.qsize(), truth(queue.full()), queue.maxsize()));
            for _ in 0..6 {
                print(queue.get().await?);
                sleep(0.0).await?;
            }
            print(truth(queue.empty()));
            Ok(())
        },
    );
}

#[test]
fn equal_items_come_as_the_heap_gives_them() {
    check(
        r#"
class Item:
    def __init__(self, priority, number):
        self.priority, self.number = priority, number
    def __lt__(self, other):
        return self.priority < other.priority
async def main():
    queue = asyncio.PriorityQueue()
    state = 1
    for number in range(40):
        state = state * 75 % 65537
        queue.put_nowait(Item(state % 4, number))
        if state % 3 == 0:
            item = queue.get_nowait()
            print(item.priority, item.number)
    while not queue.empty():
        item = await queue.get()
        print(item.priority, item.number)
"#,
        &[
            "0.0 3 0", "0.0 1 1", "0.0 1 2", "0.0 0 6", "0.0 0 10", "0.0 1 7", "0.0 1 15",
            "0.0 1 16", "0.0 0 20", "0.0 0 22", "0.0 1 8", "0.0 0 30", "0.0 0 34", "0.0 1 21",
            "0.0 0 37", "0.0 0 39", "0.0 1 13", "0.0 1 32", "0.0 1 33", "0.0 1 26", "0.0 1 27",
            "0.0 2 23", "0.0 2 18", "0.0 2 17", "0.0 2 36", "0.0 2 5", "0.0 2 14", "0.0 2 31",
            "0.0 2 4", "0.0 2 28", "0.0 2 24", "0.0 3 3", "0.0 3 38", "0.0 3 12", "0.0 3 9",
            "0.0 3 19", "0.0 3 25", "0.0 3 11", "0.0 3 35", "0.0 3 29",
        ],
        async {
            let queue = PriorityQueue::new(0);
            let mut state = 1;
            for number in 0..40 {
                state = state * 75 % 65537;
                queue.put_nowait(Item(state % 4, number))?;
                if state % 3 == 0 {
                    let item = queue.get_nowait()?;
                    print(format!("{} {}", item.0, item.1));
                }
            }
            while !queue.empty() {
                let item = queue.get().await?;
                print(format!("{} {}", item.0, item.1));
            }
            Ok(())
        },
    );
}

#[test]
fn a_comparison_that_raises_leaves_the_heap_as_it_stands() {
    check(
        r#"
class Item:
    def __init__(self, number):
        self.number = number
    def __lt__(self, other):
        left[0] -= 1
        if left[0] < 0:
            raise ZeroDivisionError("no order")
        return self.number < other.number
left = [1000]
async def main():
    for allowed in range(6):
        print(f"{allowed} comparisons")
        queue = asyncio.PriorityQueue()
        left[0] = 1000
        for number in (5, 1, 4, 2, 8, 3, 7):
            queue.put_nowait(Item(number))
        def attempt(operation):
            left[0] = allowed
            try:
                operation()
            except ZeroDivisionError as error:
                print(repr(error), queue.qsize())
        attempt(lambda: queue.put_nowait(Item(0)))
        attempt(lambda: print(queue.get_nowait().number))
        attempt(lambda: queue.shutdown(immediate=True))
        left[0] = 1000
        while not queue.empty():
            print(queue.get_nowait().number)
        try:
            for n in range(10):
                queue.task_done()
        except ValueError:
            print(f"{n} unfinished")
"#,
        &[
            "0.0 0 comparisons",
            "0.0 ZeroDivisionError('no order') 8",
            "0.0 ZeroDivisionError('no order') 7",
            "0.0 ZeroDivisionError('no order') 6",
            "0.0 7",
            "0.0 2",
            "0.0 3",
            "0.0 4",
            "0.0 5",
            "0.0 8",
            "0.0 7 unfinished",
            "0.0 1 comparisons",
            "0.0 ZeroDivisionError('no order') 8",
            "0.0 ZeroDivisionError('no order') 7",
            "0.0 ZeroDivisionError('no order') 6",
            "0.0 3",
            "0.0 4",
            "0.0 5",
            "0.0 0",
            "0.0 7",
            "0.0 8",
            "0.0 7 unfinished",
            "0.0 2 comparisons",
            "0.0 ZeroDivisionError('no order') 8",
            "0.0 ZeroDivisionError('no order') 7",
            "0.0 ZeroDivisionError('no order') 6",
            "0.0 2",
            "0.0 3",
            "0.0 4",
            "0.0 5",
            "0.0 7",
            "0.0 8",
            "0.0 7 unfinished",
            "0.0 3 comparisons",
            "0.0 0",
            "0.0 ZeroDivisionError('no order') 5",
            "0.0 4",
            "0.0 3",
            "0.0 5",
            "0.0 7",
            "0.0 8",
            "0.0 7 unfinished",
            "0.0 4 comparisons",
            "0.0 0",
            "0.0 ZeroDivisionError('no order') 5",
            "0.0 3",
            "0.0 4",
            "0.0 5",
            "0.0 7",
            "0.0 8",
            "0.0 7 unfinished",
            "0.0 5 comparisons",
            "0.0 0",
            "0.0 ZeroDivisionError('no order') 4",
            "0.0 8",
            "0.0 4",
            "0.0 5",
            "0.0 7",
            "0.0 6 unfinished",
        ],
        async {
            let left = Rc::new(Cell::new(1000));
            for allowed in 0..6 {
                print(format!("{allowed} comparisons"));
                let counter = left.clone();
                let queue = PriorityQueue::ordered_by(0, move |a: &i32, b: &i32| {
                    counter.set(counter.get() - 1);
                    if counter.get() < 0 {
                        return Err(Error::new("ZeroDivisionError", "no order"));
                    }
                    Ok(a < b)
                });
                left.set(1000);
                for number in [5, 1, 4, 2, 8, 3, 7] {
                    queue.put_nowait(number)?;
                }
                let attempt = |operation: &dyn Fn() -> Result| {
                    left.set(allowed);
                    if let Err(error) = operation() {
                        print(format!("{} {}", error.repr(), queue.qsize()));
                    }
                };
                attempt(&|| queue.put_nowait(0));
                attempt(&|| {
                    print(queue.get_nowait()?);
                    Ok(())
                });
                attempt(&|| queue.shutdown(true));
                left.set(1000);
                while !queue.empty() {
                    print(queue.get_nowait()?);
                }
                let done = (0..10).take_while(|_| queue.task_done().is_ok()).count();
                print(format!("{done} unfinished"));
            }
            Ok(())
        },
    );
}

#[test]
fn no_bound_at_none_and_below() {
    check(
        r#"
async def main():
    for kind in (asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue):
        for maxsize in (-2, 0, 1):
            queue = kind(maxsize)
            print(queue.maxsize, queue.full())
            queue.put_nowait(1)
            print(queue.full())
"#,
        &[
            "0.0 -2 False",
            "0.0 False",
            "0.0 0 False",
            "0.0 False",
            "0.0 1 False",
            "0.0 True",
            "0.0 -2 False",
            "0.0 False",
            "0.0 0 False",
            "0.0 False",
            "0.0 1 False",
            "0.0 True",
            "0.0 -2 False",
            "0.0 False",
            "0.0 0 False",
            "0.0 False",
            "0.0 1 False",
            "0.0 True",
        ],
        async {
            for kind in 0..3 {
                for maxsize in [-2, 0, 1] {
                    let queue = match kind {
                        0 => Queue::new(maxsize),
                        1 => Queue::clone(&LifoQueue::new(maxsize)),
                        _ => Queue::clone(&PriorityQueue::new(maxsize)),
                    };
                    print(format!("{} {}", queue.maxsize(), truth(queue.full())));
                    queue.put_nowait(1)?;
                    print(truth(queue.full()));
                }
            }
            Ok(())
        },
    );
}

#[test]
fn a_comparison_may_come_back_to_the_queue() {
    check(
        r#"
back = []
class Item(int):
    def __lt__(self, other):
        if back:
            back.pop().put_nowait(Item(3))
        return int(self) < other
async def main():
    queue = asyncio.PriorityQueue()
    queue.put_nowait(Item(1))
    back.append(queue)
    try:
        queue.put_nowait(Item(2))
    except RuntimeError as error:
        print(repr(error))
    while not queue.empty():
        print(queue.get_nowait())
"#,
        &["0.0 RuntimeError('list changed size during iteration')", "0.0 1", "0.0 2", "0.0 3"],
        async {
            let back = Rc::new(RefCell::new(None::<Queue<i32>>));
            let inside = back.clone();
            let queue = PriorityQueue::ordered_by(0, move |a: &i32, b: &i32| {
                if let Some(queue) = inside.take() {
                    queue.put_nowait(3)?;
                }
                Ok(a < b)
            });
            queue.put_nowait(1)?;
            *back.borrow_mut() = Some(Queue::clone(&queue));
            if let Err(error) = queue.put_nowait(2) {
                print(error.repr());
            }
            while !queue.empty() {
                print(queue.get_nowait()?);
            }
            Ok(())
        },
    );
}
