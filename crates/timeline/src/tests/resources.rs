//! Lanes of resources.

use super::*;

#[test]
fn a_permit_goes_from_hand_to_hand_without_overlap() {
    let (events, end) = record(async {
        let permits = Semaphore::new(2);
        let jobs = [("a", 3.0), ("b", 1.0), ("c", 1.0), ("d", 2.0)].map(|(name, hold)| {
            let permits = permits.clone();
            let job = async move {
                let _permit = permits.enter().await?;
                sleep(hold).await
            };
            create_task_named(job, name)
        });
        gather(jobs).await?;
        Ok(())
    });
    let timeline = Timeline::new(&events, end);
    let [permits] = &timeline.resources[..] else { panic!("one resource") };
    let name = |id: Option<TaskId>| &*timeline.task(id.expect("a holder")).expect("a task").name;
    let holds: Vec<_> =
        permits.holds.iter().map(|hold| (name(hold.holder), hold.from, hold.to)).collect();
    assert_eq!(holds, [("a", 0.0, 3.0), ("b", 0.0, 1.0), ("c", 1.0, 2.0), ("d", 2.0, 4.0)]);
    assert!(permits.holds.iter().all(|hold| hold.returned));
    let waiting = [0.5, 1.5, 2.5].map(|time| permits.waiting_at(time));
    assert_eq!(waiting, [2, 1, 0]);

    let halfway = Timeline::until(&events, 1.5);
    let open: Vec<_> = halfway.resources[0].holds.iter().filter(|hold| !hold.returned).collect();
    let open: Vec<_> = open.iter().map(|hold| (name(hold.holder), hold.to)).collect();
    assert_eq!(open, [("a", 1.5), ("c", 1.5)], "held permits last until now");
}

#[test]
fn a_permit_given_back_by_somebody_else_ends_a_hold() {
    let timeline = timeline(async {
        let permits = Semaphore::new(1);
        let other = permits.clone();
        create_task(async move { other.acquire().await }).await?;
        sleep(1.0).await?;
        permits.release();
        sleep(1.0).await
    });
    let holds = &timeline.resources[0].holds;
    assert_eq!(holds.len(), 1);
    assert_eq!((holds[0].from, holds[0].to, holds[0].returned), (0.0, 1.0, true));
}

#[test]
fn a_queue_s_depth_and_waiters_are_steps() {
    let timeline = timeline(async {
        Semaphore::new(1);
        let queue = Queue::new(2);
        let consumer = queue.clone();
        let consumer = create_task(async move {
            for _ in 0..4 {
                consumer.get().await?;
                sleep(2.0).await?;
            }
            Ok(())
        });
        sleep(1.0).await?;
        for item in 0..4 {
            queue.put(item).await?;
        }
        consumer.await
    });
    let queue = &timeline.resources[1];
    assert_eq!((queue.number, queue.created), (1, 0.0), "numbered among its sort");
    // 0 is taken at 1, then one more every 2 s; the producer waits with the last until 3.
    let depths = [0.5, 2.0, 4.0, 6.0, 8.0].map(|time| queue.depth_at(time));
    assert_eq!(depths, [0, 2, 2, 1, 0]);
    let waiting = [0.5, 2.0, 4.0].map(|time| queue.waiting_at(time));
    assert_eq!(waiting, [1, 1, 0]);
}

#[test]
fn a_resource_is_called_as_the_program_calls_it_and_numbered_among_those_of_its_name() {
    let timeline = timeline(async {
        let condition = Condition::new().named("lock");
        let (room, gate) = (Queue::<()>::new(0).named("room"), Lock::new().named("gate"));
        let others = (Lock::new(), Lock::new().named("lock"));
        // The last name counts.
        drop((condition, gate.named("door"), room, others));
        Ok(())
    });
    let titles: Vec<_> = timeline.resources.iter().map(|lane| timeline.title(lane, "a")).collect();
    assert_eq!(titles, ["a 1", "lock 1", "room", "door", "a 2", "lock 2"]);
    let unnamed = timeline.resources.iter().filter(|lane| lane.name.is_none());
    assert_eq!(unnamed.map(|lane| lane.number).collect::<Vec<_>>(), [1, 3], "among their sort");
}

#[test]
fn a_permit_given_back_twice_is_one_more_and_nobody_loses_theirs() {
    let timeline = timeline(async {
        let permits = Semaphore::new(2);
        let client = |hold: f64, careless: bool| {
            let permits = permits.clone();
            async move {
                permits.acquire().await?;
                sleep(hold).await?;
                permits.release();
                if careless {
                    permits.release();
                }
                Ok(())
            }
        };
        let clients = [(1.0, true), (4.0, false), (4.0, false), (3.0, false)];
        gather(clients.map(|(hold, careless)| create_task(client(hold, careless)))).await?;
        Ok(())
    });
    let permits = &timeline.resources[0];
    let holds: Vec<_> =
        permits.holds.iter().map(|hold| (hold.permit, hold.from, hold.to)).collect();
    assert_eq!(holds, [(0, 0.0, 1.0), (1, 0.0, 4.0), (0, 1.0, 5.0), (2, 1.0, 4.0)]);
    assert_eq!(permits.slots(), Some(3), "three are inside");
    let slots = [0.5, 1.5, 5.0].map(|time| permits.slots_at(time));
    assert_eq!(slots, [Some(2), Some(3), Some(3)], "from when it is given back");
    let free = [0.5, 1.5, 4.5, 5.0].map(|time| permits.free_at(time));
    assert_eq!(free, [0, 0, 2, 3]);
}

#[test]
fn workers_of_a_pool_are_free_or_held_by_jobs() {
    let job = |seconds| to_thread(move |thread| async move { thread.sleep(seconds).await });
    let timeline = timeline(async move { gather([job(1.0), job(2.0)]).await.map(|_| ()) });
    let pool = timeline.resources.iter().find(|lane| lane.is_pool()).expect("the pool of threads");
    let workers = pool.slots().expect("workers");
    let free = [0.5, 1.5, 2.0].map(|time| workers - pool.free_at(time));
    assert_eq!(free, [2, 1, 0]);
    let holds: Vec<_> = pool.holds.iter().map(|hold| (hold.permit, hold.to)).collect();
    assert_eq!(holds, [(0, 1.0), (1, 2.0)]);
}

#[test]
fn who_holds_and_who_is_in_line_is_known_at_each_moment() {
    let timeline = timeline(async {
        let lock = Lock::new();
        let client = |name: &'static str, delay: f64| {
            let lock = lock.clone();
            let client = async move {
                sleep(delay).await?;
                let _held = lock.enter().await?;
                sleep(1.0).await
            };
            create_task_named(client, name)
        };
        gather([("c", 0.5), ("a", 0.0), ("b", 0.25)].map(|(name, delay)| client(name, delay)))
            .await?;
        Ok(())
    });
    let lock = &timeline.resources[0];
    let name = |id: Option<TaskId>| &*timeline.task(id.expect("a holder")).expect("a task").name;
    let at = |time| -> (Vec<&str>, Vec<&str>) {
        let held = lock.holds_at(time).map(|hold| name(hold.holder)).collect();
        (held, timeline.in_line(lock, time).map(|(lane, _)| &*lane.name).collect())
    };
    assert_eq!(at(0.1), (vec!["a"], vec![]));
    assert_eq!(at(0.75), (vec!["a"], vec!["b", "c"]));
    assert_eq!(at(1.5), (vec!["b"], vec!["c"]));
    assert_eq!(at(3.0), (vec![], vec![]));
}

#[test]
fn what_was_written_is_lost_unless_what_stands_was_made_of_it() {
    let timeline = timeline(async {
        let counter = SharedValue::new(0);
        let add = |pauses: [f64; 2]| {
            let counter = counter.clone();
            create_task(async move {
                for pause in pauses {
                    let seen = counter.get();
                    sleep(pause).await?;
                    counter.set(seen + 1);
                }
                Ok(())
            })
        };
        let tasks = [add([1.0, 3.0]), add([2.0, 1.0])];
        gather(tasks).await?;
        Ok(())
    });
    let accesses = &timeline.resources[0].accesses;
    // Both read 0. One writes 1 at 1 s, over it the other 1 at 2 s and, of what it saw there, 2 at 3 s.
    // At 4 s the first writes 2, which it has made of its own 1.
    let value = |time| accesses.value_at(time).expect("somebody has read it");
    assert_eq!([0.0, 1.0, 2.0, 3.0, 4.0].map(value), [0.0, 1.0, 1.0, 2.0, 2.0]);
    let lost = |time| {
        let (lost, writings) = accesses.lost_at(time);
        let lost: Vec<f64> = (lost.iter().zip(accesses.all()).filter(|(lost, _)| **lost))
            .map(|(_, access)| access.time)
            .collect();
        (lost, writings)
    };
    assert_eq!(lost(0.5), (vec![], 0));
    assert_eq!(lost(1.0), (vec![], 1));
    assert_eq!(lost(3.5), (vec![1.0], 3));
    assert_eq!(lost(4.0), (vec![2.0, 3.0], 4));
    let over = |access: &Access| access.over.map(|n| accesses.all()[n as usize].time);
    let over: Vec<_> = accesses.all().iter().filter(|access| access.writes).map(over).collect();
    assert_eq!(over, [None, Some(1.0), None, Some(3.0)]);
}

#[test]
fn who_writes_without_having_looked_loses_nothing() {
    let timeline = timeline(async {
        let latest = SharedValue::new(0);
        let other = latest.clone();
        latest.set(5);
        create_task(async move {
            other.set(7);
            Ok(())
        })
        .await
    });
    assert_eq!(timeline.resources[0].accesses.lost_at(9.0), (vec![false, false], 2));
}
