//! Playing a run live.

use crate::ui::panels::seconds;
use crate::ui::shell::Language;
use crate::ui::term::Term;
use timeline::Stride;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What the player is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing: the prediction is shown.
    Idle,
    /// A live run goes on.
    Running,
    /// A live run stands still.
    Paused,
    /// A live run has ended and is shown.
    Finished,
}

impl Phase {
    /// Its name in the document.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Idle => "idle",
            Phase::Running => "running",
            Phase::Paused => "paused",
            Phase::Finished => "finished",
        }
    }
}

/// What the reader may ask of the player.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Request {
    /// Play, pause or go on, whichever is next.
    Toggle,
    /// Play from the beginning.
    Restart,
    /// Show the prediction again.
    Leave,
    /// Play at this speed.
    Speed(f64),
    /// Look at this moment, in seconds.
    Seek(f64),
    /// Look at this place of the order.
    Place(usize),
    /// Go so far on, or back.
    Step(Stride, bool),
    /// Go to the next note, or to the one before.
    Note(bool),
    /// Look for something in the run.
    Find,
}

/// The speeds, in loop seconds per second.
const SPEEDS: [f64; 10] = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0];

/// The buttons that go on or back: their key among the words, their sign, how far they go.
const STRIDES: [(&str, &str, Stride, bool); 4] = [
    ("back_iteration", "«", Stride::Iteration, false),
    ("back_step", "‹", Stride::Step, false),
    ("on_step", "›", Stride::Step, true),
    ("on_iteration", "»", Stride::Iteration, true),
];

/// What the player shows.
#[derive(Clone, PartialEq, Properties)]
pub struct PlayerProps {
    /// The language.
    pub language: Language,
    /// What it is doing.
    pub phase: Phase,
    /// Whether there is a program to be played, and not only a run to be looked at.
    #[prop_or(true)]
    pub playable: bool,
    /// Loop seconds per second.
    pub speed: f64,
    /// The moment shown, in seconds.
    pub playhead: f64,
    /// The end of the run, in seconds.
    pub end: f64,
    /// How late a live run's steps were at most, in real seconds.
    #[prop_or_default]
    pub lateness: Option<f64>,
    /// Whether a live run that has ended went as it was predicted.
    #[prop_or_default]
    pub is_as_predicted: Option<bool>,
    /// The reader wants something.
    pub on_request: Callback<Request>,
}

/// Buttons, speed and playhead.
#[component]
pub fn Player(props: &PlayerProps) -> Html {
    let PlayerProps {
        language, phase, playable, speed, playhead, end, lateness, on_request, ..
    } = props;
    let toggle = match phase {
        Phase::Idle => "player.play",
        Phase::Running => "player.pause",
        Phase::Paused => "player.resume",
        Phase::Finished => "player.restart",
    };
    let icon = if *phase == Phase::Running { "❚❚" } else { "▶" };
    let ask = |request: Request| on_request.reform(move |_: MouseEvent| request);
    let on_speed = on_request.reform(|event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        Request::Speed(value.parse().unwrap_or(1.0))
    });
    let on_seek = on_request.reform(|event: InputEvent| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        Request::Seek(value.parse().unwrap_or(0.0))
    });
    let status = match phase {
        Phase::Idle => "player.predicted",
        Phase::Finished => "player.finished",
        Phase::Running | Phase::Paused => "player.live",
    };
    let late = lateness.map(|seconds| {
        let milliseconds = format!("{:.0}", (seconds * 1000.0).ceil());
        format!(" · {}", language.fill("player.late", &[("ms", &milliseconds)]))
    });
    let speed_option = |option: &f64| {
        html! {
            <option value={option.to_string()} selected={option == speed}>{format!("×{option}")}</option>
        }
    };
    let stride = |(key, sign, stride, on): &(&'static str, &'static str, Stride, bool)| {
        let name = language.text(&format!("player.{key}"));
        html! {
            <button id={*key} class="button quiet" title={name.clone()} aria-label={name}
                onclick={ask(Request::Step(*stride, *on))}>{*sign}</button>
        }
    };
    html! {
        <div class="player" role="group" aria-label={language.text("player.play")}>
            if *playable {
                <button id="play" class="button primary" onclick={ask(Request::Toggle)}>
                    <span aria-hidden="true">{icon}</span>{" "}{language.text(toggle)}
                </button>
            }
            if *phase != Phase::Idle {
                <button id="restart" class="button" onclick={ask(Request::Restart)}
                    title={language.text("player.restart")}
                    aria-label={language.text("player.restart")}>{"↺"}</button>
                <button id="leave" class="button" onclick={ask(Request::Leave)}
                    title={language.text("player.leave")}
                    aria-label={language.text("player.leave")}>{"✕"}</button>
            }
            <span class="strides" role="group" aria-label={language.text("player.strides")}>
                {for STRIDES.iter().map(stride)}
            </span>
            if *playable {
                <select id="speed" aria-label={language.text("player.speed")} onchange={on_speed}>
                    {for SPEEDS.iter().map(speed_option)}
                </select>
            }
            <input id="playhead" type="range" min="0" max={end.to_string()} step="any"
                value={playhead.min(*end).to_string()} oninput={on_seek}
                aria-label={language.text("player.playhead")}
                aria-valuetext={format!("{} s", seconds(*playhead))} />
            <output>{format!("{} / {} s", seconds(playhead.min(*end)), seconds(*end))}</output>
            if *playable {
                <span class="status" data-as-predicted={props.is_as_predicted.map(|same| same.to_string())}>
                    <Term note={language.text(&format!("{status}_note"))}>{language.text(status)}{late}</Term>
                    if props.is_as_predicted == Some(false) { <b role="alert">{language.text("player.differs")}</b> }
                </span>
            }
        </div>
    }
}
