//! A run as it is played: the chart, the program and the output, at a moment that moves.
//!
//! Everything that moves with a live run is in here, and it asks for its own pictures: a picture of a
//! live run renders this and nothing around it.

use super::bar::{Phase, Player, Request};
use crate::live::{LiveRun, LiveState};
use crate::ui::chart::{Chart, Legend};
use crate::ui::course::Reading;
use crate::ui::panels::{Code, Console, Failure, FailureNotice, Figures, Table};
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use ::chart::Layout;
use examples::{Args, Example};
use gloo_render::{AnimationFrame, request_animation_frame};
use trace::TaskId;
use yew::prelude::*;

/// Where in an example's run the playhead stands at first: where most tasks are at something.
const FIRST_LOOK: f64 = 0.4;

/// What is played.
#[derive(Clone, PartialEq, Properties)]
pub struct StageProps {
    /// The language.
    pub language: Language,
    /// Whether the theme is dark.
    pub dark: bool,
    /// Whether what is below the chart is left empty.
    pub early: bool,
    /// The example.
    pub example: &'static Example,
    /// The values of its parameters.
    pub args: Shared<Args>,
    /// Its run.
    pub predicted: timeline::Shared,
    /// The rows of the chart.
    pub layout: Shared<Layout>,
    /// How the run came to a bad end, if it did.
    pub failure: Option<Failure>,
    /// The texts of the example.
    pub texts: Reading,
    /// The player does something else.
    pub on_phase: Callback<Phase>,
    /// What stands between the chart and the program.
    pub children: Html,
}

/// The stage.
pub struct Stage {
    playhead: f64,
    selected: Option<TaskId>,
    speed: f64,
    table_shown: bool,
    live: Option<Live>,
    /// The phase that was told last.
    told: Phase,
    on: Callbacks,
}

/// A live run and what is shown of it.
struct Live {
    run: LiveRun,
    timeline: timeline::Shared,
    /// The next picture; none when nothing moves.
    frame: Option<AnimationFrame>,
}

/// What the parts call; made once, so that they are equal whenever they are compared.
struct Callbacks {
    select: Callback<Option<TaskId>>,
    request: Callback<Request>,
    seek: Callback<f64>,
    table: Callback<MouseEvent>,
}

/// What may happen.
pub enum Message {
    /// Another task stands out.
    Select(Option<TaskId>),
    /// Something for the player.
    Player(Request),
    /// Time for another picture of the live run.
    Frame,
    /// Show or hide the table.
    Table,
}

impl Component for Stage {
    type Message = Message;
    type Properties = StageProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        Stage {
            playhead: ctx.props().predicted.look().end * FIRST_LOOK,
            selected: None,
            speed: 1.0,
            table_shown: false,
            live: None,
            told: Phase::Idle,
            on: Callbacks {
                select: link.callback(Message::Select),
                request: link.callback(Message::Player),
                seek: link.callback(|time| Message::Player(Request::Seek(time))),
                table: link.callback(|_| Message::Table),
            },
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &StageProps) -> bool {
        let props = ctx.props();
        if props.predicted != old.predicted {
            self.live = None;
            let (before, now) = (old.predicted.look().end, props.predicted.look().end);
            if props.example == old.example && before > 0.0 {
                self.playhead = self.playhead / before * now;
                let still_there = |task: &TaskId| props.predicted.look().task(*task).is_some();
                self.selected = self.selected.filter(still_there);
            } else {
                self.playhead = now * FIRST_LOOK;
                self.selected = None;
            }
        }
        self.tell(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Select(task) if task == self.selected => return false,
            Message::Select(task) => self.selected = task,
            Message::Player(request) => self.request(ctx, request),
            Message::Frame => self.next_picture(ctx),
            Message::Table => self.table_shown = !self.table_shown,
        }
        self.tell(ctx);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let StageProps { language, dark, early, args, predicted, layout, failure, texts, .. } =
            ctx.props();
        let (language, playhead, selected) = (*language, self.playhead, self.selected);
        let live = self.live.as_ref().map(|live| live.timeline.clone());
        let shown = live.clone().unwrap_or_else(|| predicted.clone());
        html! {
            <>
                <section class={classes!("panel", "hero", self.table_shown.then_some("tabular"))} aria-label={language.text("chart.heading")}>
                    <Player {language} phase={self.phase()} speed={self.speed} {playhead}
                        end={predicted.look().end} on_request={&self.on.request}
                        lateness={self.live.as_ref().map(|live| live.run.lateness())} />
                    <FailureNotice {language} timeline={predicted.clone()} error={failure.clone()} />
                    <Chart {language} dark={*dark} predicted={predicted.clone()}
                        layout={layout.clone()} {live} over={self.phase() == Phase::Finished} {playhead} {selected}
                        on_select={&self.on.select} on_seek={&self.on.seek} />
                    <div class="legend-bar">
                        <Legend {language} timeline={predicted.clone()} />
                        <button id="table-toggle" class="button quiet"
                            aria-pressed={self.table_shown.to_string()} onclick={&self.on.table}>
                            {language.text("chart.show_table")}
                        </button>
                    </div>
                    <Figures {language} timeline={predicted.clone()} />
                    if !early {
                        <Table {language} timeline={predicted.clone()} shown={self.table_shown} />
                    }
                </section>
                {ctx.props().children.clone()}
                if let (Some(texts), false) = (texts.texts(), early) {
                    <Code {language} texts={texts.clone()} args={args.clone()}
                        timeline={shown.clone()} {playhead} {selected} />
                } else {
                    <section class="panel program"></section>
                }
                if *early {
                    <section class="panel output"></section>
                } else {
                    <Console {language} timeline={shown} playhead={self.console_end()} {selected}
                        on_select={&self.on.select} />
                }
            </>
        }
    }
}

impl Stage {
    fn phase(&self) -> Phase {
        match &self.live {
            None => Phase::Idle,
            Some(live) => match live.run.state() {
                LiveState::Ended { .. } => Phase::Finished,
                LiveState::Going if live.run.is_paused() => Phase::Paused,
                LiveState::Going => Phase::Running,
            },
        }
    }

    /// Says so if the player does something else than before.
    fn tell(&mut self, ctx: &Context<Self>) {
        let phase = self.phase();
        if phase != self.told {
            self.told = phase;
            ctx.props().on_phase.emit(phase);
        }
    }

    /// Up to when lines have been printed: a prediction shows all of them.
    fn console_end(&self) -> f64 {
        if self.live.is_some() { self.playhead } else { f64::INFINITY }
    }

    fn request(&mut self, ctx: &Context<Self>, request: Request) {
        match (request, self.phase()) {
            (Request::Toggle, Phase::Idle | Phase::Finished) | (Request::Restart, _) => {
                let link = ctx.link().clone();
                // Also when no pictures are drawn, as in a hidden tab, the end is noticed.
                let ended = move || link.send_message(Message::Frame);
                let StageProps { example, args, .. } = ctx.props();
                let run = LiveRun::start(example, args, self.speed, ended);
                self.live = Some(Live { run, timeline: timeline::Shared::default(), frame: None });
                self.next_picture(ctx);
            }
            (Request::Toggle, Phase::Running) => {
                if let Some(live) = &self.live {
                    live.run.pause();
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
            (Request::Seek(_), Phase::Running) => {}
            (Request::Seek(time), _) => self.playhead = time,
        }
    }

    /// Shows the live run as far as it has come, and asks for the next picture while it goes on.
    fn next_picture(&mut self, ctx: &Context<Self>) {
        let phase = self.phase();
        let Some(live) = &mut self.live else { return };
        live.timeline = live.run.timeline();
        self.playhead = live.run.time();
        live.frame = (phase == Phase::Running).then(|| {
            let link = ctx.link().clone();
            request_animation_frame(move |_| link.send_message(Message::Frame))
        });
    }
}
