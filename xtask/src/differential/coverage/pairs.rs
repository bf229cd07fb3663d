//! Where a task can be suspended, and in what.

/// What may enclose an operation: what a coroutine is run by, and what stands around it in its text.
///
/// All but the first row are what stands in the text; in the first row is what a task comes from.
pub const FRAMES: &[&str] = &[
    "main",
    "task",
    "eager task",
    "task_group child",
    "gather child",
    "shield child",
    "for_completed child",
    "connection handler",
    "submitted",
    // Awaited in place.
    "call",
    "await Coroutine",
    "wait_for",
    // Text.
    "try body",
    "except handler",
    "else handler",
    "finally handler",
    "timeout",
    "task_group body",
    "async_with Lock",
    "async_with Semaphore",
    "async_with BoundedSemaphore",
    "async_with Condition",
    "async_with Barrier",
    "async_with Server",
    "context enter",
    "context body",
    "context exit",
    "for_completed body",
    "for_completed async body",
    "async_for body",
    "generator body",
];

/// Operations in which a task can be suspended. `wait_for` is one if it is of a task or a future; of a
/// coroutine it is a frame.
///
/// Not among them: `reset` and `abort` of a Barrier take a lock that is only ever held between two
/// suspensions; `await` of a coroutine, `call` and the control statements are suspended only in what
/// they contain, and are frames for that.
pub const LEAVES: &[&str] = &[
    "sleep",
    "sleep 0",
    "await Task",
    "await Future",
    "await completed",
    "gather",
    "wait",
    "wait_for",
    "shield",
    "for_completed async",
    "task_group exit",
    "acquire Lock",
    "acquire Semaphore",
    "acquire BoundedSemaphore",
    "acquire Condition",
    "wait Event",
    "wait Condition",
    "wait_until Condition",
    "wait Barrier",
    "put Queue",
    "get Queue",
    "join Queue",
    "put LifoQueue",
    "get LifoQueue",
    "join LifoQueue",
    "put PriorityQueue",
    "get PriorityQueue",
    "join PriorityQueue",
    "anext Generator",
    "asend Generator",
    "athrow Generator",
    "aclose Generator",
    "async_for Generator",
    "to_thread",
    "run_in_executor",
    "run_in_executor ThreadPool",
    "run_in_executor ProcessPool",
    "open_connection",
    "start_server",
    "read Stream",
    "readline Stream",
    "readexactly Stream",
    "readuntil Stream",
    "drain Stream",
    "wait_closed Stream",
    "wait_closed Server",
    "serve_forever Server",
];

/// All pairs of a frame and an operation in it: each frame can enclose each operation.
pub fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    FRAMES.iter().flat_map(|&frame| LEAVES.iter().map(move |&leaf| (frame, leaf)))
}

/// How many there are.
pub const COUNT: usize = FRAMES.len() * LEAVES.len();

/// The pair that the program at this index is to contain.
///
/// Each `COUNT` programs in a row contain all; neighbours have little in common.
pub fn pair(index: u64) -> (&'static str, &'static str) {
    // Coprime to the number of pairs, so that every pair has its turn.
    const STRIDE: u64 = 7919;
    const { assert!(!(COUNT as u64).is_multiple_of(STRIDE)) }
    let count = COUNT as u64;
    let at = (index % count * STRIDE % count) as usize;
    (FRAMES[at / LEAVES.len()], LEAVES[at % LEAVES.len()])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_pair_has_its_turn() {
        let all: BTreeSet<_> = pairs().collect();
        assert_eq!(all.len(), COUNT);
        for round in [0, 3] {
            let count = COUNT as u64;
            let planned = (round * count..(round + 1) * count).map(pair).collect();
            assert_eq!(all, planned);
        }
    }
}
