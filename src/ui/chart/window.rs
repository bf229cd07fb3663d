//! What is looked at, as it changes: by jumps, which glide where the reader has nothing against motion, and by
//! movements, which follow the hand.

use ::chart::{View, Viewport};
use gloo_render::request_animation_frame;
use std::rc::Rc;
use yew::prelude::*;

/// How long a jump takes, in milliseconds.
const GLIDE: f64 = 190.0;

/// What the reader does to the view. Places are parts of it, from 0 at its left to 1 at its right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// A movement of the hand begins: what is looked at now can be gone back to.
    Begin,
    /// What is at a place becomes so many times as wide, at once.
    Zoom {
        /// The place.
        at: f64,
        /// How many times.
        wider: f64,
    },
    /// The same as a jump.
    Leap {
        /// The place.
        at: f64,
        /// How many times.
        wider: f64,
    },
    /// So many views further, at once.
    Pan(f64),
    /// The same as a jump.
    Stride(f64),
    /// To another view, as a jump.
    Look(View),
    /// To another view, at once.
    Put(View),
    /// To the whole.
    Fit,
    /// To what was looked at before.
    Back,
    /// The end of the axis is now here, in its seconds.
    End(f64),
    /// Another run is shown, as a whole or from an edge to another.
    Reset(Option<View>),
    /// It is now so late, in milliseconds.
    Tick(f64),
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    viewport: Viewport,
    end: f64,
    glide: Option<Glide>,
}

/// A jump on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Glide {
    from: View,
    /// When it began, in milliseconds, and how late it is now.
    began: f64,
    now: f64,
    /// How many frames it has had: the clock of a browser may stand from one to the next, and the next must come.
    frames: u32,
}

impl Default for Window {
    fn default() -> Self {
        Window { viewport: Viewport::default(), end: 1.0, glide: None }
    }
}

impl Window {
    /// What is looked at now of an axis with this end.
    pub fn view(&self, end: f64) -> View {
        let target = self.viewport.view(end);
        let Some(Glide { from, began, now, .. }) = self.glide else { return target };
        let part = ((now - began) / GLIDE).clamp(0.0, 1.0);
        // Quick at first and slower towards the end.
        from.towards(target, 1.0 - (1.0 - part).powi(3)).within(end)
    }

    /// What is looked at, or will be when a jump has come to its end; none for the whole.
    pub fn wanted(&self) -> Option<View> {
        self.is_zoomed().then(|| self.viewport.view(self.end))
    }

    /// Whether less than the whole is looked at, or will be.
    pub fn is_zoomed(&self) -> bool {
        self.viewport.is_zoomed()
    }

    /// Whether there is something to go back to.
    pub fn has_past(&self) -> bool {
        self.viewport.has_past()
    }

    fn apply(&mut self, step: Move) {
        let (end, shown) = (self.end, self.view(self.end));
        let at = |part: f64| shown.from + part * shown.seconds();
        match step {
            Move::Begin => self.viewport.mark(),
            Move::Zoom { at: part, wider } => {
                self.viewport.drift(shown.zoomed(at(part), 1.0 / wider), end)
            }
            Move::Leap { at: part, wider } => {
                self.viewport.look(shown.zoomed(at(part), 1.0 / wider), end)
            }
            Move::Pan(parts) => self.viewport.drift(shown.moved(parts * shown.seconds()), end),
            Move::Stride(parts) => self.viewport.drift(shown.moved(parts * shown.seconds()), end),
            Move::Look(view) => self.viewport.look(view, end),
            Move::Put(view) => self.viewport.drift(view, end),
            Move::Fit => self.viewport.fit(),
            Move::Back => drop(self.viewport.back()),
            Move::End(end) => self.end = end,
            Move::Reset(view) => {
                self.viewport = Viewport::default();
                if let Some(view) = view {
                    self.viewport.drift(view, end);
                }
            }
            Move::Tick(now) => {
                self.glide = self.glide.filter(|glide| now - glide.began < GLIDE);
                if let Some(glide) = &mut self.glide {
                    glide.now = now;
                    glide.frames += 1;
                }
            }
        }
        match step {
            Move::Leap { .. } | Move::Stride(_) | Move::Look(_) | Move::Fit | Move::Back => {
                let moves = shown != self.viewport.view(end) && likes_motion();
                self.glide = moves.then(now).flatten().map(|now| Glide {
                    from: shown,
                    began: now,
                    now,
                    frames: 0,
                });
            }
            Move::Tick(_) | Move::Begin | Move::End(_) => {}
            _ => self.glide = None,
        }
    }
}

impl Reducible for Window {
    type Action = Move;

    fn reduce(self: Rc<Self>, step: Move) -> Rc<Self> {
        let mut next = (*self).clone();
        next.apply(step);
        // What is the same is not rendered anew.
        if next == *self { self } else { Rc::new(next) }
    }
}

/// How late it is, in milliseconds.
fn now() -> Option<f64> {
    Some(web_sys::window()?.performance()?.now())
}

/// Whether things may move on their own.
fn likes_motion() -> bool {
    let query = "(prefers-reduced-motion: reduce)";
    let reduced = web_sys::window().and_then(|window| window.match_media(query).ok().flatten());
    reduced.is_some_and(|reduced| !reduced.matches())
}

/// The view of an axis with this end, of what `about` names; another starts as a whole, or as `opened` says.
#[hook]
pub fn use_window(end: f64, about: AttrValue, opened: Option<View>) -> UseReducerHandle<Window> {
    let window = use_reducer_eq(Window::default);
    {
        let move_ = window.dispatcher();
        use_effect_with(end, move |end| move_.dispatch(Move::End(*end)));
    }
    {
        let move_ = window.dispatcher();
        use_effect_with(about, move |_| move_.dispatch(Move::Reset(opened)));
    }
    {
        let move_ = window.dispatcher();
        use_effect_with(opened, move |opened| {
            if let Some(view) = *opened {
                move_.dispatch(Move::Look(view));
            }
        });
    }
    {
        let move_ = window.dispatcher();
        use_effect_with(window.glide, move |glide| {
            let frame =
                glide.map(|_| request_animation_frame(move |now| move_.dispatch(Move::Tick(now))));
            move || drop(frame)
        });
    }
    window
}
