//! `Barrier`.

use super::*;

/// Comes to the barrier after a delay; says what comes of it.
async fn party(name: &'static str, barrier: Barrier, delay: f64) -> Result {
    sleep(delay).await?;
    match barrier.wait().await {
        Ok(index) => print(format!("{name} {index}")),
        Err(error) => {
            print(format!("{name} {}", error.repr()));
            if error.is_cancelled() {
                return Err(error);
            }
        }
    }
    Ok(())
}

fn parties<const N: usize>(
    names: [&'static str; N],
    barrier: &Barrier,
    delay: f64,
) -> [Task<()>; N] {
    names.map(|name| create_task(party(name, barrier.clone(), delay)))
}

fn show(barrier: &Barrier) {
    print(format!("{} waiting, broken: {}", barrier.n_waiting(), truth(barrier.broken())));
}

/// The Python of [`party`], [`parties`] and [`show`], before a program.
macro_rules! with_parties {
    ($program:literal) => {
        concat!(
            r#"
async def party(name, barrier, delay=0):
    await asyncio.sleep(delay)
    try:
        print(name, await barrier.wait())
    except asyncio.BrokenBarrierError as error:
        print(name, repr(error))
    except asyncio.CancelledError as error:
        print(name, repr(error))
        raise
def parties(names, barrier, delay=0):
    return [asyncio.create_task(party(name, barrier, delay)) for name in names]
def show(barrier):
    print(f"{barrier.n_waiting} waiting, broken: {barrier.broken}")"#,
            $program
        )
    };
}

#[test]
fn all_go_on_when_the_last_has_come_round_after_round() {
    check(
        with_parties!(
            r#"
async def main():
    barrier = asyncio.Barrier(3)
    tasks = parties("abcdefg", barrier)
    asyncio.create_task(ticker(8))
    await asyncio.sleep(1)
    print(barrier.parties)
    show(barrier)
    tasks += parties("hi", barrier)
    await asyncio.wait(tasks)
    show(barrier)
"#
        ),
        &[
            "0.0 tick 0",
            "0.0 c 2",
            "0.0 tick 1",
            "0.0 a 0",
            "0.0 b 1",
            "0.0 tick 2",
            "0.0 f 2",
            "0.0 tick 3",
            "0.0 d 0",
            "0.0 e 1",
            "0.0 tick 4",
            "0.0 tick 5",
            "0.0 tick 6",
            "0.0 tick 7",
            "1.0 3",
            "1.0 1 waiting, broken: False",
            "1.0 i 2",
            "1.0 g 0",
            "1.0 h 1",
            "1.0 0 waiting, broken: False",
        ],
        async {
            let barrier = Barrier::new(3)?;
            let first = parties(["a", "b", "c", "d", "e", "f", "g"], &barrier, 0.0);
            create_task(ticker(8));
            sleep(1.0).await?;
            print(barrier.parties());
            show(&barrier);
            let more = parties(["h", "i"], &barrier, 0.0);
            wait(&[&first[..], &more[..]].concat()).await?;
            show(&barrier);
            Ok(())
        },
    );
}

#[test]
fn a_barrier_for_nobody_is_refused() {
    check(
        r#"
async def main():
    for parties in (0, -1, 1):
        try:
            barrier = asyncio.Barrier(parties)
            async with barrier as index:
                print(index, barrier.n_waiting)
        except ValueError as error:
            print(repr(error))
"#,
        &[
            "0.0 ValueError('parties must be > 0')",
            "0.0 ValueError('parties must be > 0')",
            "0.0 0 0",
        ],
        async {
            for parties in [0, -1, 1] {
                match Barrier::new(parties) {
                    Ok(barrier) => {
                        let index = barrier.enter().await?;
                        print(format!("{index} {}", barrier.n_waiting()));
                    }
                    Err(error) => print(error.repr()),
                }
            }
            Ok(())
        },
    );
}

#[test]
fn a_waiter_cancelled_while_it_fills_makes_room_for_another() {
    check(
        with_parties!(
            r#"
async def main():
    barrier = asyncio.Barrier(3)
    tasks = parties("ab", barrier)
    await asyncio.sleep(1)
    tasks[0].cancel()
    show(barrier)
    await asyncio.sleep(1)
    show(barrier)
    await asyncio.wait(tasks + parties("cd", barrier))
"#
        ),
        &[
            "1.0 2 waiting, broken: False",
            "1.0 a CancelledError()",
            "2.0 1 waiting, broken: False",
            "2.0 d 2",
            "2.0 b 1",
            "2.0 c 1",
        ],
        async {
            let barrier = Barrier::new(3)?;
            let tasks = parties(["a", "b"], &barrier, 0.0);
            sleep(1.0).await?;
            tasks[0].cancel();
            show(&barrier);
            sleep(1.0).await?;
            show(&barrier);
            let more = parties(["c", "d"], &barrier, 0.0);
            wait(&[tasks, more].concat()).await?;
            Ok(())
        },
    );
}

#[test]
fn a_waiter_cancelled_while_it_drains_has_come_all_the_same() {
    check(
        with_parties!(
            r#"
async def main():
    barrier = asyncio.Barrier(3)
    for turns in range(6):
        print(f"after {turns} turns")
        tasks = parties("ab", barrier)
        await asyncio.sleep(1)
        tasks += parties("cde", barrier)
        for _ in range(turns):
            await asyncio.sleep(0)
        tasks[0].cancel("a")
        tasks[3].cancel("d")
        show(barrier)
        await asyncio.sleep(1)
        show(barrier)
        tasks += parties("fg", barrier)
        await asyncio.sleep(1)
        show(barrier)
        await barrier.reset()
        await asyncio.wait(tasks)
"#
        ),
        &[
            "0.0 after 0 turns",
            "1.0 2 waiting, broken: False",
            "1.0 a CancelledError('a')",
            "1.0 e 2",
            "1.0 b 1",
            "1.0 c 1",
            "2.0 0 waiting, broken: False",
            "3.0 2 waiting, broken: False",
            "3.0 f BrokenBarrierError('Abort or reset of barrier')",
            "3.0 g BrokenBarrierError('Abort or reset of barrier')",
            "3.0 after 1 turns",
            "4.0 2 waiting, broken: False",
            "4.0 c 2",
            "4.0 a CancelledError('a')",
            "4.0 b 1",
            "5.0 1 waiting, broken: False",
            "5.0 g 2",
            "5.0 e 0",
            "5.0 f 1",
            "6.0 0 waiting, broken: False",
            "6.0 after 2 turns",
            "7.0 c 2",
            "7.0 0 waiting, broken: False",
            "7.0 a CancelledError('a')",
            "7.0 b 1",
            "7.0 d CancelledError('d')",
            "8.0 1 waiting, broken: False",
            "8.0 g 2",
            "8.0 e 0",
            "8.0 f 1",
            "9.0 0 waiting, broken: False",
            "9.0 after 3 turns",
            "10.0 c 2",
            "10.0 a 0",
            "10.0 b 1",
            "10.0 0 waiting, broken: False",
            "10.0 d CancelledError('d')",
            "11.0 1 waiting, broken: False",
            "11.0 g 2",
            "11.0 e 0",
            "11.0 f 1",
            "12.0 0 waiting, broken: False",
            "12.0 after 4 turns",
            "13.0 c 2",
            "13.0 a 0",
            "13.0 b 1",
            "13.0 2 waiting, broken: False",
            "13.0 d CancelledError('d')",
            "14.0 1 waiting, broken: False",
            "14.0 g 2",
            "14.0 e 1",
            "14.0 f 1",
            "15.0 0 waiting, broken: False",
            "15.0 after 5 turns",
            "16.0 c 2",
            "16.0 a 0",
            "16.0 b 1",
            "16.0 2 waiting, broken: False",
            "16.0 d CancelledError('d')",
            "17.0 1 waiting, broken: False",
            "17.0 g 2",
            "17.0 e 1",
            "17.0 f 1",
            "18.0 0 waiting, broken: False",
        ],
        async {
            let barrier = Barrier::new(3)?;
            for turns in 0..6 {
                print(format!("after {turns} turns"));
                let mut tasks = parties(["a", "b"], &barrier, 0.0).to_vec();
                sleep(1.0).await?;
                tasks.extend(parties(["c", "d", "e"], &barrier, 0.0));
                for _ in 0..turns {
                    sleep(0.0).await?;
                }
                tasks[0].cancel_with("a");
                tasks[3].cancel_with("d");
                show(&barrier);
                sleep(1.0).await?;
                show(&barrier);
                tasks.extend(parties(["f", "g"], &barrier, 0.0));
                sleep(1.0).await?;
                show(&barrier);
                barrier.reset().await?;
                wait(&tasks).await?;
            }
            Ok(())
        },
    );
}

#[test]
fn aborted_it_is_broken_until_it_is_reset() {
    check(
        with_parties!(
            r#"
async def main():
    barrier = asyncio.Barrier(3)
    tasks = parties("ab", barrier)
    await asyncio.sleep(1)
    asyncio.create_task(ticker(5))
    await barrier.abort()
    show(barrier)
    await asyncio.wait(tasks + parties("c", barrier))
    show(barrier)
    await barrier.reset()
    show(barrier)
    await asyncio.wait(parties("def", barrier))
"#
        ),
        &[
            "1.0 0 waiting, broken: True",
            "1.0 tick 0",
            "1.0 a BrokenBarrierError('Abort or reset of barrier')",
            "1.0 b BrokenBarrierError('Abort or reset of barrier')",
            "1.0 tick 1",
            "1.0 c BrokenBarrierError('Barrier aborted')",
            "1.0 tick 2",
            "1.0 tick 3",
            "1.0 0 waiting, broken: True",
            "1.0 0 waiting, broken: False",
            "1.0 tick 4",
            "1.0 f 2",
            "1.0 d 0",
            "1.0 e 1",
        ],
        async {
            let barrier = Barrier::new(3)?;
            let tasks = parties(["a", "b"], &barrier, 0.0);
            sleep(1.0).await?;
            create_task(ticker(5));
            barrier.abort().await?;
            show(&barrier);
            wait(&[&tasks[..], &parties(["c"], &barrier, 0.0)].concat()).await?;
            show(&barrier);
            barrier.reset().await?;
            show(&barrier);
            wait(&parties(["d", "e", "f"], &barrier, 0.0)).await?;
            Ok(())
        },
    );
}

#[test]
fn reset_while_it_fills_sends_away_who_waits_and_lets_in_who_comes() {
    check(
        with_parties!(
            r#"
async def main():
    barrier = asyncio.Barrier(3)
    tasks = parties("ab", barrier)
    await asyncio.sleep(1)
    asyncio.create_task(ticker(6))
    await barrier.reset()
    show(barrier)
    tasks += parties("cde", barrier)
    await barrier.reset()
    show(barrier)
    await asyncio.wait(tasks)
    await barrier.reset()
    show(barrier)
"#
        ),
        &[
            "1.0 0 waiting, broken: False",
            "1.0 0 waiting, broken: False",
            "1.0 tick 0",
            "1.0 a BrokenBarrierError('Abort or reset of barrier')",
            "1.0 b BrokenBarrierError('Abort or reset of barrier')",
            "1.0 tick 1",
            "1.0 e 2",
            "1.0 tick 2",
            "1.0 c 0",
            "1.0 d 1",
            "1.0 tick 3",
            "1.0 tick 4",
            "1.0 0 waiting, broken: False",
            "1.0 tick 5",
        ],
        async {
            let barrier = Barrier::new(3)?;
            let tasks = parties(["a", "b"], &barrier, 0.0);
            sleep(1.0).await?;
            create_task(ticker(6));
            barrier.reset().await?;
            show(&barrier);
            let more = parties(["c", "d", "e"], &barrier, 0.0);
            barrier.reset().await?;
            show(&barrier);
            wait(&[&tasks[..], &more[..]].concat()).await?;
            barrier.reset().await?;
            show(&barrier);
            Ok(())
        },
    );
}

#[test]
fn who_comes_in_the_turn_of_a_reset_waits_until_the_others_have_left() {
    check(
        with_parties!(
            r#"
async def main():
    barrier = asyncio.Barrier(3)
    tasks = parties("ab", barrier)
    await asyncio.sleep(1)
    tasks += parties("cd", barrier)
    await asyncio.sleep(0)
    asyncio.create_task(ticker(4))
    await barrier.reset()
    show(barrier)
    await asyncio.sleep(0)
    tasks[3].cancel()
    await asyncio.sleep(1)
    show(barrier)
    await asyncio.wait(tasks + parties("ef", barrier))
"#
        ),
        &[
            "1.0 0 waiting, broken: False",
            "1.0 tick 0",
            "1.0 a BrokenBarrierError('Abort or reset of barrier')",
            "1.0 b BrokenBarrierError('Abort or reset of barrier')",
            "1.0 tick 1",
            "1.0 d CancelledError()",
            "1.0 tick 2",
            "1.0 tick 3",
            "2.0 1 waiting, broken: False",
            "2.0 f 2",
            "2.0 c 0",
            "2.0 e 1",
        ],
        async {
            let barrier = Barrier::new(3)?;
            let tasks = parties(["a", "b"], &barrier, 0.0);
            sleep(1.0).await?;
            let late = parties(["c", "d"], &barrier, 0.0);
            sleep(0.0).await?;
            create_task(ticker(4));
            barrier.reset().await?;
            show(&barrier);
            sleep(0.0).await?;
            late[1].cancel();
            sleep(1.0).await?;
            show(&barrier);
            let more = parties(["e", "f"], &barrier, 0.0);
            wait(&[tasks, late, more].concat()).await?;
            Ok(())
        },
    );
}

#[test]
fn abort_and_reset_while_it_drains() {
    check(
        with_parties!(
            r#"
async def main():
    for operation in ("abort", "reset"):
        for turns in range(6):
            print(f"{operation} after {turns} turns")
            barrier = asyncio.Barrier(3)
            tasks = parties("abcde", barrier)
            for _ in range(turns):
                await asyncio.sleep(0)
            await getattr(barrier, operation)()
            show(barrier)
            await asyncio.sleep(1)
            show(barrier)
            await barrier.abort()
            await asyncio.wait(tasks)
"#
        ),
        &[
            "0.0 abort after 0 turns",
            "0.0 0 waiting, broken: True",
            "0.0 a BrokenBarrierError('Barrier aborted')",
            "0.0 b BrokenBarrierError('Barrier aborted')",
            "0.0 c BrokenBarrierError('Barrier aborted')",
            "0.0 d BrokenBarrierError('Barrier aborted')",
            "0.0 e BrokenBarrierError('Barrier aborted')",
            "1.0 0 waiting, broken: True",
            "1.0 abort after 1 turns",
            "1.0 0 waiting, broken: True",
            "1.0 a BrokenBarrierError('Barrier aborted')",
            "1.0 b BrokenBarrierError('Barrier aborted')",
            "1.0 c BrokenBarrierError('Barrier aborted')",
            "1.0 d BrokenBarrierError('Barrier aborted')",
            "1.0 e BrokenBarrierError('Barrier aborted')",
            "2.0 0 waiting, broken: True",
            "2.0 abort after 2 turns",
            "2.0 c 2",
            "2.0 0 waiting, broken: True",
            "2.0 a BrokenBarrierError('Abort or reset of barrier')",
            "2.0 b BrokenBarrierError('Abort or reset of barrier')",
            "2.0 d BrokenBarrierError('Barrier aborted')",
            "2.0 e BrokenBarrierError('Barrier aborted')",
            "3.0 0 waiting, broken: True",
            "3.0 abort after 3 turns",
            "3.0 c 2",
            "3.0 a 0",
            "3.0 b 1",
            "3.0 0 waiting, broken: True",
            "3.0 d BrokenBarrierError('Barrier aborted')",
            "3.0 e BrokenBarrierError('Barrier aborted')",
            "4.0 0 waiting, broken: True",
            "4.0 abort after 4 turns",
            "4.0 c 2",
            "4.0 a 0",
            "4.0 b 1",
            "4.0 0 waiting, broken: True",
            "4.0 d BrokenBarrierError('Abort or reset of barrier')",
            "4.0 e BrokenBarrierError('Abort or reset of barrier')",
            "5.0 0 waiting, broken: True",
            "5.0 abort after 5 turns",
            "5.0 c 2",
            "5.0 a 0",
            "5.0 b 1",
            "5.0 0 waiting, broken: True",
            "5.0 d BrokenBarrierError('Abort or reset of barrier')",
            "5.0 e BrokenBarrierError('Abort or reset of barrier')",
            "6.0 0 waiting, broken: True",
            "6.0 reset after 0 turns",
            "6.0 0 waiting, broken: False",
            "6.0 c 2",
            "6.0 a 0",
            "6.0 b 1",
            "7.0 2 waiting, broken: False",
            "7.0 d BrokenBarrierError('Abort or reset of barrier')",
            "7.0 e BrokenBarrierError('Abort or reset of barrier')",
            "7.0 reset after 1 turns",
            "7.0 0 waiting, broken: False",
            "7.0 c 2",
            "7.0 a 0",
            "7.0 b 1",
            "8.0 2 waiting, broken: False",
            "8.0 d BrokenBarrierError('Abort or reset of barrier')",
            "8.0 e BrokenBarrierError('Abort or reset of barrier')",
            "8.0 reset after 2 turns",
            "8.0 c 2",
            "8.0 0 waiting, broken: False",
            "8.0 a BrokenBarrierError('Abort or reset of barrier')",
            "8.0 b BrokenBarrierError('Abort or reset of barrier')",
            "9.0 2 waiting, broken: False",
            "9.0 d BrokenBarrierError('Abort or reset of barrier')",
            "9.0 e BrokenBarrierError('Abort or reset of barrier')",
            "9.0 reset after 3 turns",
            "9.0 c 2",
            "9.0 a 0",
            "9.0 b 1",
            "9.0 0 waiting, broken: False",
            "10.0 2 waiting, broken: False",
            "10.0 d BrokenBarrierError('Abort or reset of barrier')",
            "10.0 e BrokenBarrierError('Abort or reset of barrier')",
            "10.0 reset after 4 turns",
            "10.0 c 2",
            "10.0 a 0",
            "10.0 b 1",
            "10.0 0 waiting, broken: False",
            "10.0 d BrokenBarrierError('Abort or reset of barrier')",
            "10.0 e BrokenBarrierError('Abort or reset of barrier')",
            "11.0 0 waiting, broken: False",
            "11.0 reset after 5 turns",
            "11.0 c 2",
            "11.0 a 0",
            "11.0 b 1",
            "11.0 0 waiting, broken: False",
            "11.0 d BrokenBarrierError('Abort or reset of barrier')",
            "11.0 e BrokenBarrierError('Abort or reset of barrier')",
            "12.0 0 waiting, broken: False",
        ],
        async {
            for operation in ["abort", "reset"] {
                for turns in 0..6 {
                    print(format!("{operation} after {turns} turns"));
                    let barrier = Barrier::new(3)?;
                    let tasks = parties(["a", "b", "c", "d", "e"], &barrier, 0.0);
                    for _ in 0..turns {
                        sleep(0.0).await?;
                    }
                    let change = if operation == "abort" { Barrier::abort } else { Barrier::reset };
                    change(&barrier).await?;
                    show(&barrier);
                    sleep(1.0).await?;
                    show(&barrier);
                    barrier.abort().await?;
                    wait(&tasks).await?;
                }
            }
            Ok(())
        },
    );
}

#[test]
fn the_last_to_come_and_a_timeout_at_the_same_instant() {
    check(
        with_parties!(
            r#"
import time
async def main():
    barrier = asyncio.Barrier(3)
    async def patient(name):
        try:
            print(name, await asyncio.wait_for(barrier.wait(), 1))
        except TimeoutError as error:
            print(name, repr(error))
    for blocking in (0, 0.5):
        print(f"blocking {blocking}")
        tasks = [asyncio.create_task(patient(name)) for name in "ab"]
        await asyncio.sleep(1 - blocking)
        time.sleep(blocking)
        tasks += parties("c", barrier)
        show(barrier)
        print("main", await barrier.wait())
        await asyncio.sleep(1)
        show(barrier)
        await barrier.abort()
        await asyncio.wait(tasks)
        await barrier.reset()
"#
        ),
        &[
            "0.0 blocking 0",
            "1.0 2 waiting, broken: False",
            "1.0 main 2",
            "1.0 a TimeoutError()",
            "1.0 b TimeoutError()",
            "2.0 1 waiting, broken: False",
            "2.0 c BrokenBarrierError('Abort or reset of barrier')",
            "2.0 blocking 0.5",
            "3.0 2 waiting, broken: False",
            "3.0 main 2",
            "3.0 a 0",
            "3.0 b 1",
            "4.0 1 waiting, broken: False",
            "4.0 c BrokenBarrierError('Abort or reset of barrier')",
        ],
        async {
            async fn patient(name: &'static str, barrier: Barrier) -> Result {
                match wait_for(barrier.wait(), Some(1.0)).await {
                    Err(error) if error.is("TimeoutError") => {
                        print(format!("{name} {}", error.repr()));
                    }
                    index => print(format!("{name} {}", index?)),
                }
                Ok(())
            }
            let barrier = Barrier::new(3)?;
            for blocking in [0.0, 0.5] {
                print(format!("blocking {blocking}"));
                let patients = ["a", "b"].map(|name| create_task(patient(name, barrier.clone())));
                sleep(1.0 - blocking).await?;
                time_sleep(blocking);
                let tasks = [&patients[..], &parties(["c"], &barrier, 0.0)].concat();
                show(&barrier);
                print(format!("main {}", barrier.wait().await?));
                sleep(1.0).await?;
                show(&barrier);
                barrier.abort().await?;
                wait(&tasks).await?;
                barrier.reset().await?;
            }
            Ok(())
        },
    );
}
