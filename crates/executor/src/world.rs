//! What the world leaves open: how long things really take.

use super::Core;
use std::cell::Cell;

/// A world in which everything that takes time takes a little more or less of it than a program says: sleeps that stand
/// for answers, work, jobs of threads, the network. Which of them, and by how much, is settled by the seed; twice the
/// spread is twice the deviation of each. Deadlines of timeouts are the program's own, and stay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct World {
    /// Of the numbers that decide.
    pub seed: u64,
    /// The greatest deviation, as a part of the time: 0.1 is from 10 % less to 10 % more.
    pub spread: f64,
}

/// The world of a run, and how often it was asked.
#[derive(Default)]
pub(super) struct Varied {
    world: Cell<Option<World>>,
    asked: Cell<u64>,
}

impl Core {
    /// Runs in this world from now on; without one everything takes exactly as long as it says.
    pub fn set_world(&self, world: Option<World>) {
        self.varied.world.set(world);
    }

    /// How long something takes that is to take so many seconds: exactly that, without a [`World`].
    ///
    /// ```
    /// use executor::{Executor, VirtualClock, World};
    /// let executor = Executor::new(VirtualClock);
    /// assert_eq!(executor.vary(0.1), 0.1);
    /// executor.set_world(Some(World { seed: 1, spread: 0.5 }));
    /// let times = [executor.vary(1.0), executor.vary(1.0)];
    /// assert!(times[0] != times[1] && times.iter().all(|time| (0.5..=1.5).contains(time)));
    /// ```
    pub fn vary(&self, seconds: f64) -> f64 {
        let Some(world) = self.varied.world.get() else { return seconds };
        let asked = self.varied.asked.replace(self.varied.asked.get() + 1);
        seconds * (1.0 + world.spread * deviation(world.seed, asked))
    }
}

/// A number from -1 to 1 for each place of each seed: SplitMix64.
fn deviation(seed: u64, place: u64) -> f64 {
    let mut z = mixed(seed).wrapping_add(place.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = mixed(z);
    // 53 bits are what an f64 keeps.
    (z >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
