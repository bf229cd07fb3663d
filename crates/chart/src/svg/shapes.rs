//! Shapes of a fixed size, used by name. Their looks are their own: where they are used, rules for what is
//! around them do not reach.

/// Tips of arrows and ends of tasks, in the colour of their place.
pub(super) const SHAPES: &str = concat!(
    r##"<path id="down" d="M0 -3L-3.5 -9L3.5 -9Z" fill="currentColor"/>"##,
    r##"<path id="up" d="M0 3L-3.5 9L3.5 9Z" fill="currentColor"/>"##,
    r##"<g id="done"><circle r="4" style="fill:var(--chart-ground);stroke:currentColor;stroke-width:2"/><circle r="2" fill="currentColor"/></g>"##,
    r##"<g id="failed"><circle r="5.5" style="fill:var(--chart-ground);stroke:currentColor;stroke-width:2"/>"##,
    r##"<path d="M-3 -3L3 3M3 -3L-3 3" style="stroke:currentColor;stroke-width:2"/></g>"##,
    r##"<g id="cancelled"><circle r="5.5" style="fill:var(--chart-ground);stroke:currentColor;stroke-width:2"/><path d="M-3 3L3 -3" style="stroke:currentColor;stroke-width:2"/></g>"##,
);
