//! Shapes of a fixed size, used by name.

/// Tips of arrows and ends of tasks, in the colour of their place.
pub(super) const SHAPES: &str = concat!(
    r##"<path id="down" d="M0 -3L-3.5 -9L3.5 -9Z" fill="currentColor"/>"##,
    r##"<path id="up" d="M0 3L-3.5 9L3.5 9Z" fill="currentColor"/>"##,
    r##"<g id="done"><circle r="4" class="ring"/><circle r="2" fill="currentColor"/></g>"##,
    r##"<g id="failed"><circle r="5.5" class="ring"/>"##,
    r##"<path d="M-3 -3L3 3M3 -3L-3 3" class="cross"/></g>"##,
    r##"<g id="cancelled"><circle r="5.5" class="ring"/><path d="M-3 3L3 -3" class="cross"/></g>"##,
);
