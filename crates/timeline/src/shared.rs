//! A timeline that several look at while one pushes to it.

use crate::{Fold, Timeline};
use std::cell::{Ref, RefCell};
use std::fmt;
use std::rc::Rc;
use trace::Event;

/// A handle on a timeline that may still grow. Clones share it; comparing two costs nothing, whatever their
/// length: they are equal when they are handles on the same timeline and come from the same moment of it.
///
/// ```
/// use timeline::Shared;
/// let mut live = Shared::default();
/// let shown = live.clone();
/// assert_eq!(shown, live);
/// live.follow(&[], 1.0);
/// assert_ne!(shown, live, "something is new");
/// assert_eq!(shown.look().end, 1.0, "who looks sees it as it is now");
/// live.follow(&[], 1.0);
/// assert_eq!(live, live.clone());
/// ```
#[derive(Clone, Default)]
pub struct Shared {
    fold: Rc<RefCell<Fold>>,
    version: u64,
}

impl Shared {
    /// The timeline of the events so far, where loop time has come to `now`.
    pub fn new(events: &[Event], now: f64) -> Self {
        let mut shared = Shared::default();
        shared.follow(events, now);
        shared
    }

    /// What has been folded.
    pub(crate) fn of(fold: Fold) -> Self {
        Shared { fold: Rc::new(RefCell::new(fold)), version: 0 }
    }

    /// Lends the timeline. It must not be kept over a [`Shared::follow`].
    pub fn look(&self) -> Ref<'_, Timeline> {
        Ref::map(self.fold.borrow(), Fold::seen)
    }

    /// Takes those of the events that are new and have happened by loop time `now`: see [`Fold::follow`].
    /// Handles given away before are then of an earlier moment, if anything has changed.
    pub fn follow(&mut self, events: &[Event], now: f64) {
        let taken = self.taken();
        self.follow_on(events.get(taken..).unwrap_or_default(), now);
    }

    /// How many events it has taken.
    pub fn taken(&self) -> usize {
        self.fold.borrow().len()
    }

    /// The same as [`Shared::follow`], where `fresh` begins with the first event that it has not taken yet.
    pub fn follow_on(&mut self, fresh: &[Event], now: f64) {
        let mut fold = self.fold.borrow_mut();
        let before = (fold.len(), fold.seen().end);
        fold.follow_on(fresh, now);
        if before != (fold.len(), fold.seen().end) {
            self.version += 1;
        }
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.fold, &other.fold) && self.version == other.version
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("version", &self.version).finish_non_exhaustive()
    }
}
