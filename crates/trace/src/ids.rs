//! The numbers by which events name what they are about.

macro_rules! numbers {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
    )+};
}

numbers! {
    /// A task of one run, numbered from 0 in the order of creation.
    TaskId;
    /// A shared resource of one run, numbered from 0 in the order of creation.
    ResourceId;
    /// A callback that was scheduled, or set to a time: `asyncio.Handle`, `asyncio.TimerHandle`.
    HandleId;
    /// A timeout that was entered: `asyncio.Timeout`.
    TimeoutId;
    /// An event loop of one run, numbered from 0 in the order in which they first ran.
    LoopId;
}
