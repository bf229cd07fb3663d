//! The player's requests, the playhead, and the pictures of a live run.

use super::super::bar::{Phase, Request};
use super::{Message, Stage, StageProps, Walk};
use crate::live::{LiveRun, LiveState};
use gloo_render::{AnimationFrame, request_animation_frame};
use timeline::Order;
use yew::prelude::*;

/// By how much moments may differ that are one moment, in seconds.
const ROUNDING: f64 = 1e-9;

/// A live run and what is shown of it.
pub(super) struct Live {
    pub(super) run: LiveRun,
    pub(super) timeline: timeline::Shared,
    /// Once it has ended: whether it went as it was predicted.
    pub(super) is_as_predicted: Option<bool>,
    /// The next picture; none when nothing moves.
    frame: Option<AnimationFrame>,
}

impl Stage {
    pub(super) fn phase(&self) -> Phase {
        match &self.live {
            None => Phase::Idle,
            Some(live) => match live.run.state() {
                LiveState::Ended { .. } => Phase::Finished,
                LiveState::Going if live.run.is_paused() => Phase::Paused,
                LiveState::Going => Phase::Running,
            },
        }
    }

    /// Looks at the place that the playhead's moment comes to.
    pub(super) fn look(&mut self, ctx: &Context<Self>) {
        let order = self.run(ctx.props()).order;
        self.go(&order, order.place(self.playhead + ROUNDING), self.playhead);
    }

    /// Looks at a place, where loop time has come to `time`.
    pub(super) fn go(&mut self, order: &Order, place: usize, time: f64) {
        (self.place, self.playhead) = (place, time);
        let events = &order.events()[..place.min(order.last())];
        let taken = self.now.taken();
        // On from where it stands is as far as that; back is from the beginning.
        if self.follows && taken <= events.len() && self.now.look().end <= time {
            self.now.follow_on(&events[taken..], time);
        } else {
            self.now = order.shared(place, time);
            self.follows = true;
        }
    }

    /// How far a live run has come, as a place of the order.
    pub(super) fn reached(&self) -> usize {
        self.live.as_ref().map_or(usize::MAX, |live| live.timeline.taken())
    }

    pub(super) fn request(&mut self, ctx: &Context<Self>, request: Request) {
        // Nobody can play on who is asked what comes next.
        match (request, self.phase()) {
            (Request::Toggle | Request::Restart, _) if self.asking() => {}
            (Request::Toggle, Phase::Idle | Phase::Finished) | (Request::Restart, _) => {
                // From where the reader has put the playhead, if there is anything left of the run.
                let here = request == Request::Toggle && self.placed;
                let left = self.playhead < ctx.props().predicted.look().end - ROUNDING;
                let from = if here && left { self.playhead } else { 0.0 };
                let link = ctx.link().clone();
                // Also when no pictures are drawn, as in a hidden tab, the end is noticed.
                let ended = move || link.send_message(Message::Frame);
                let StageProps { example: Some(example), args: Some(args), .. } = ctx.props()
                else {
                    return;
                };
                let run = LiveRun::start(example, args, from, self.speed, ended);
                let timeline = timeline::Shared::default();
                self.live = Some(Live { run, timeline, is_as_predicted: None, frame: None });
                self.next_picture(ctx);
            }
            (Request::Toggle, Phase::Running) => {
                if let Some(live) = &self.live {
                    live.run.pause();
                    // Whoever stops here may want to show it to others.
                    ctx.props().on_moment.emit(live.run.time());
                }
            }
            (Request::Toggle, Phase::Paused) => {
                if let Some(live) = &self.live {
                    live.run.resume();
                }
                self.next_picture(ctx);
            }
            (Request::Leave, _) => self.live = None,
            (Request::Speed(speed), _) => {
                self.speed = speed;
                if let Some(live) = &self.live {
                    live.run.set_speed(speed);
                }
            }
            (Request::Seek(time), _) => self.seek(ctx, time),
            (Request::Find, _) => self.begin_finding(),
            (Request::Note(on), _) => self.walk(ctx, Walk::To(on)),
            (Request::Place(_) | Request::Step(..), phase) => {
                self.stand_still(phase);
                self.placed = true;
                let order = self.run(ctx.props()).order;
                let place = match request {
                    Request::Step(stride, true) => order.forward(self.place, stride),
                    Request::Step(stride, false) => order.back(self.place, stride),
                    Request::Place(place) => place,
                    _ => self.place,
                };
                // Of a live run there is only what has happened.
                let place = place.min(order.last()).min(self.reached());
                let time = order.time(place);
                self.go(&order, place, time);
                ctx.props().on_moment.emit(time);
            }
        }
    }

    /// Looks at a moment.
    pub(super) fn seek(&mut self, ctx: &Context<Self>, time: f64) {
        self.stand_still(self.phase());
        self.placed = true;
        self.playhead = time;
        self.look(ctx);
        ctx.props().on_moment.emit(time);
    }

    /// Pauses a live run that goes on: who looks at another moment wants it to stand still.
    fn stand_still(&self, phase: Phase) {
        if let Some(live) = self.live.as_ref().filter(|_| phase == Phase::Running) {
            live.run.pause();
        }
    }

    /// Shows the live run as far as it has come, and asks for the next picture while it goes on.
    pub(super) fn next_picture(&mut self, ctx: &Context<Self>) {
        let phase = self.phase();
        let Some(live) = &mut self.live else { return };
        live.timeline = live.run.timeline();
        self.playhead = live.run.time();
        self.place = live.timeline.taken();
        if phase != Phase::Running {
            self.now = live.timeline.clone();
            // That is the live run's, which goes on by itself.
            self.follows = false;
        }
        if phase == Phase::Finished {
            live.is_as_predicted = Some(live.run.is_as(ctx.props().order.events()));
        }
        live.frame = (phase == Phase::Running).then(|| {
            let link = ctx.link().clone();
            request_animation_frame(move |_| link.send_message(Message::Frame))
        });
    }
}
