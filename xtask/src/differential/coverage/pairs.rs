//! Where a task can be suspended, and in what.

// `FRAMES` is what may enclose an operation: what a coroutine is run by, and what stands around it in its
// text, which may be in any of them but the first nine, the roots. A leaf is what may be enclosed.
//
// `wait_for` is a leaf if it is of a task or a future; of a coroutine it is a frame. No leaves are `reset`
// and `abort` of a Barrier, which take a lock that is only ever held between two suspensions; `await` of a
// coroutine, `call` and the control statements are suspended only in what they contain.
pub use crate::differential::lists::{FRAMES, LEAVES};

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
