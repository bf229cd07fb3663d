//! CodeMirror, with the lines marked where tasks stand.

use super::listing::{select, standing};
use super::script;
use crate::ui::panels::Ranged;
use crate::ui::shell::{Again, Language};
use js_sys::Array;
use std::rc::Rc;
use trace::TaskId;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::Element;
use yew::prelude::*;

/// A program that is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its text.
    pub text: Rc<str>,
    /// Greater whenever the text was changed by other than the editor.
    pub revision: u32,
    /// What is wrong with it, as `engine/editor.mjs` takes it.
    pub complaints: AttrValue,
    /// A line to be shown, and how often one was asked for.
    pub shown: (u32, u32),
    /// Whether it is not the text of which the chart is.
    pub stale: bool,
    /// Another text.
    pub on_change: Callback<String>,
    /// The reader wants it to run.
    pub on_run: Callback<()>,
    /// The engine was lent for something else, and comes back.
    pub on_back: Callback<()>,
    /// Another text, by other means than the editor.
    pub on_replace: Callback<String>,
}

/// What the editor shows.
#[derive(Clone, PartialEq, Properties)]
pub struct EditorProps {
    /// The language of the page.
    pub language: Language,
    /// The program.
    pub draft: Draft,
    /// Its run.
    pub timeline: timeline::Shared,
    /// The moment at which the tasks' places are marked.
    pub playhead: f64,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// The range that is selected, in seconds.
    pub range: Option<Ranged>,
    /// The reader selects a task, or none.
    pub on_select: Callback<Option<TaskId>>,
}

/// The editor.
pub struct Editor {
    place: NodeRef,
    state: Loading,
    /// The revision and the marks that it shows.
    revision: u32,
    marks: String,
    complaints: AttrValue,
    shown: u32,
    language: Language,
}

enum Loading {
    Awaited,
    Here(Code),
    Failed(String),
}

/// CodeMirror's object, and what it calls.
struct Code {
    object: JsValue,
    _change: Closure<dyn FnMut(String)>,
    _line: Closure<dyn FnMut(u32)>,
    _run: Closure<dyn FnMut()>,
}

impl Code {
    fn call(&self, method: &str, argument: impl Into<JsValue>) {
        if let Err(error) = script::call(&self.object, method, &Array::of1(&argument.into())) {
            web_sys::console::warn_2(&method.into(), &error);
        }
    }
}

/// What may happen.
pub enum Message {
    /// Its script has come, or has not.
    Loaded(Result<(), JsValue>),
    /// The reader has typed.
    Changed(String),
    /// The mark of a line was pressed.
    Line(u32),
    /// Run it.
    Run,
    /// Its script is to be fetched again.
    Again,
}

impl Component for Editor {
    type Message = Message;
    type Properties = EditorProps;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.link().send_future(async { Message::Loaded(script::load().await) });
        Editor {
            place: NodeRef::default(),
            state: Loading::Awaited,
            revision: ctx.props().draft.revision,
            marks: String::new(),
            complaints: AttrValue::default(),
            shown: ctx.props().draft.shown.1,
            language: ctx.props().language,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Loaded(Ok(())) => match self.make(ctx) {
                Ok(code) => {
                    self.state = Loading::Here(code);
                    self.follow(ctx.props());
                }
                Err(error) => self.state = Loading::Failed(format!("{error:?}")),
            },
            Message::Loaded(Err(_)) => {
                self.state = Loading::Failed("engine/editor.mjs".to_owned());
            }
            Message::Changed(text) => {
                ctx.props().draft.on_change.emit(text);
                return false;
            }
            Message::Line(line) => {
                select(ctx.props(), line);
                return false;
            }
            Message::Again => {
                self.state = Loading::Awaited;
                ctx.link().send_future(async { Message::Loaded(script::load().await) });
            }
            Message::Run => {
                ctx.props().draft.on_run.emit(());
                return false;
            }
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &EditorProps) -> bool {
        self.follow(ctx.props());
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let EditorProps { language, draft, .. } = ctx.props();
        let plain = !matches!(self.state, Loading::Here(_));
        let on_again = ctx.link().callback(|()| Message::Again);
        html! {
            <section class="panel program own" aria-label={language.text("program.text")}>
                <div class="panel-head">
                    <h2>{language.text("program.text")}</h2>
                    <span class="hint">{language.text("program.leave")}</span>
                    if draft.stale { <span class="status" role="status">{language.text("program.stale")}</span> }
                </div>
                <div class="panel-body editor" ref={self.place.clone()}></div>
                if let Loading::Failed(error) = &self.state {
                    <p class="notice" role="alert">
                        {language.fill("program.no_editor", &[("what", error)])}
                        <Again language={*language} id="editor-again" {on_again} />
                    </p>
                }
                if plain { <pre class="panel-body" aria-hidden={matches!(self.state, Loading::Awaited).then_some("true")}>{&*draft.text}</pre> }
            </section>
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Loading::Here(code) = &self.state {
            // Its node goes anyway.
            let _ = script::call(&code.object, "destroy", &Array::new());
        }
    }
}

impl Editor {
    fn make(&self, ctx: &Context<Self>) -> Result<Code, JsValue> {
        let EditorProps { language, draft, .. } = ctx.props();
        let place = self.place.cast::<Element>().ok_or(JsValue::NULL)?;
        let link = ctx.link();
        let (to_change, to_line, to_run) = (link.clone(), link.clone(), link.clone());
        let change = Closure::new(move |text| to_change.send_message(Message::Changed(text)));
        let line = Closure::new(move |line| to_line.send_message(Message::Line(line)));
        let run = Closure::new(move || to_run.send_message(Message::Run));
        let label = language.text("program.label");
        let arguments = [
            place.into(),
            JsValue::from(&*draft.text),
            label.into(),
            JsValue::clone(change.as_ref()),
            JsValue::clone(line.as_ref()),
            JsValue::clone(run.as_ref()),
        ];
        let object = script::construct("Editor", &arguments.iter().collect())?;
        Ok(Code { object, _change: change, _line: line, _run: run })
    }

    /// Shows what has changed since.
    fn follow(&mut self, props: &EditorProps) {
        let Loading::Here(code) = &self.state else { return };
        let draft = &props.draft;
        if draft.revision != self.revision {
            self.revision = draft.revision;
            code.call("replace", &*draft.text);
        }
        if props.language != self.language {
            self.language = props.language;
            code.call("rename", props.language.text("program.label"));
        }
        let marks = match draft.stale {
            true => "[]".to_owned(),
            false => standing(
                &props.timeline.look(),
                props.playhead,
                props.selected,
                props.range.as_ref(),
            ),
        };
        if marks != self.marks {
            code.call("mark", marks.as_str());
            self.marks = marks;
        }
        if draft.complaints != self.complaints {
            self.complaints = draft.complaints.clone();
            code.call("complain", &*self.complaints);
        }
        if draft.shown.1 != self.shown {
            self.shown = draft.shown.1;
            code.call("go", draft.shown.0);
        }
    }
}
