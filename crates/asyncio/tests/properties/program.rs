//! Programs, made at random: few objects, several tasks, much at the same moment.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

/// How many there are of each sort of object.
pub const OBJECTS: usize = 2;

/// One thing that a task does.
#[derive(Clone, Debug)]
pub enum Op {
    /// Sleeps so many tenths of a second; zero is a bare turn.
    Sleep(u8),
    /// Does something with a permit of a semaphore.
    Permit(usize, Vec<Op>),
    /// Does something with a lock.
    Lock(usize, Vec<Op>),
    /// Waits for, sets, or clears an event.
    Wait(usize),
    Set(usize),
    Clear(usize),
    /// Puts an item, takes one and declares it done, waits until all are done.
    Put(usize),
    Get(usize),
    Join(usize),
    /// Puts an item, if there is room, and cancels a task at the same moment: perhaps who was woken for it.
    Hand(usize, usize),
    /// Waits to be notified, or notifies so many.
    Await(usize),
    Notify(usize, usize),
    /// Notifies one, and cancels a task at the same moment: perhaps who was notified.
    Tell(usize, usize),
    /// Comes to a barrier, empties it, breaks it.
    Meet(usize),
    Reset(usize),
    Abort(usize),
    /// Shuts a queue down, at once or when it is empty.
    Shutdown(usize, bool),
    /// Makes a task; cancels one that was made; waits for one.
    Spawn(Vec<Op>, bool),
    Cancel(usize),
    Task(usize),
    /// Makes a task and cancels it before it has begun; cancels itself.
    Stillborn,
    Quit,
    /// Runs several: together, as a group, until the first has ended.
    Gather(Vec<Vec<Op>>),
    Group(Vec<Vec<Op>>),
    First(Vec<Vec<Op>>),
    /// For so many tenths of a second, in a task of its own or in this one.
    WaitFor(u8, Vec<Op>),
    Timeout(u8, Vec<Op>),
    Shield(Vec<Op>),
    /// Goes on whatever is raised in there, a cancellation included.
    Catch(Vec<Op>),
    Raise,
}

/// Programs, each what its main coroutine does: it makes a few tasks, and is one among them.
pub fn programs() -> impl Strategy<Value = Vec<Op>> {
    let tasks = vec((vec(op(), 2..6), any::<bool>()), 2..6);
    (tasks, vec(op(), 1..4)).prop_map(|(tasks, own)| {
        let tasks = tasks.into_iter().map(|(body, eager)| Op::Spawn(body, eager));
        tasks.chain(own).collect()
    })
}

fn op() -> impl Strategy<Value = Op> {
    let object = || 0..OBJECTS;
    let leaf = prop_oneof![
        4 => (0_u8..4).prop_map(Op::Sleep),
        1 => object().prop_map(Op::Wait),
        // What is waited for may never come: mostly it is given up after a while.
        6 => (1_u8..4, object()).prop_map(|(tenths, n)| Op::Catch(vec![Op::Timeout(tenths, vec![Op::Get(n)])])),
        4 => (1_u8..4, object()).prop_map(|(tenths, n)| Op::Catch(vec![Op::WaitFor(tenths, vec![Op::Wait(n)])])),
        4 => (1_u8..4, object()).prop_map(|(tenths, n)| Op::Catch(vec![Op::Timeout(tenths, vec![Op::Await(n)])])),
        4 => (object(), 0_u8..3).prop_map(|(n, tenths)| Op::Permit(n, vec![Op::Sleep(tenths)])),
        4 => (object(), 0_u8..3).prop_map(|(n, tenths)| Op::Lock(n, vec![Op::Sleep(tenths)])),
        2 => object().prop_map(Op::Set),
        1 => object().prop_map(Op::Clear),
        3 => object().prop_map(Op::Put),
        2 => object().prop_map(Op::Get),
        6 => (object(), 0_usize..8).prop_map(|(n, task)| Op::Hand(n, task)),
        1 => object().prop_map(Op::Join),
        1 => object().prop_map(Op::Await),
        2 => (object(), 0_usize..3).prop_map(|(object, count)| Op::Notify(object, count)),
        3 => (object(), 0_usize..8).prop_map(|(n, task)| Op::Tell(n, task)),
        2 => object().prop_map(Op::Meet),
        // They come again: a barrier has rounds.
        2 => (object(), 1_u8..4).prop_map(|(n, tenths)| Op::Catch(vec![Op::WaitFor(tenths, vec![Op::Meet(n), Op::Meet(n)])])),
        1 => object().prop_map(Op::Reset),
        2 => object().prop_map(Op::Abort),
        1 => (object(), any::<bool>()).prop_map(|(n, at_once)| Op::Shutdown(n, at_once)),
        3 => (0_usize..8).prop_map(Op::Cancel),
        1 => (0_usize..8).prop_map(Op::Task),
        1 => Just(Op::Stillborn),
        1 => Just(Op::Catch(vec![Op::Quit])),
        1 => Just(Op::Raise),
    ];
    leaf.prop_recursive(4, 40, 4, move |inner| {
        let body = vec(inner, 1..4);
        let bodies = || vec(body.clone(), 1..4);
        prop_oneof![
            3 => (object(), body.clone()).prop_map(|(object, body)| Op::Permit(object, body)),
            2 => (object(), body.clone()).prop_map(|(object, body)| Op::Lock(object, body)),
            6 => (body.clone(), any::<bool>()).prop_map(|(body, eager)| Op::Spawn(body, eager)),
            1 => bodies().prop_map(Op::Gather),
            1 => bodies().prop_map(Op::Group),
            1 => bodies().prop_map(Op::First),
            1 => (0_u8..4, body.clone()).prop_map(|(tenths, body)| Op::WaitFor(tenths, body)),
            1 => (0_u8..4, body.clone()).prop_map(|(tenths, body)| Op::Timeout(tenths, body)),
            1 => body.clone().prop_map(Op::Shield),
            2 => body.clone().prop_map(Op::Catch),
        ]
    })
}
