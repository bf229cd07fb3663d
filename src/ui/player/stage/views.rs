//! The parts of the stage that are not always there.

use super::{Programme, Stage, StageProps};
use crate::ui::chart::Ghost;
use crate::ui::course::Reading;
use crate::ui::notes::NotesBar;
use crate::ui::panels::{Code, Ranged};
use crate::ui::program::{Agree, Editor, Listing, Trials, What, of_example, open_beside, wire};
use crate::ui::whatif::CompareLine;
use yew::prelude::*;

impl Stage {
    /// What the run is compared with, and where the two part.
    pub(super) fn compared(&self, props: &StageProps) -> Html {
        let (Some(pinned), Some(comparison)) = (&props.pinned, &self.comparison) else {
            return Html::default();
        };
        html! {
            <CompareLine language={props.language} timeline={props.predicted.clone()} order={props.order.clone()}
                pinned={pinned.clone()} comparison={comparison.clone()} on_go={&self.on.go}
                on_unpin={props.on_pin.reform(|()| false)} />
        }
    }

    /// The note that is looked at, where there are notes.
    pub(super) fn notes_bar(&self, props: &StageProps) -> Html {
        if props.notes.is_empty() {
            return Html::default();
        }
        let task = self.note.and_then(|n| props.notes.get(n)?.task);
        let run = props.predicted.look();
        let task = task.and_then(|task| run.task(task)).map(|lane| lane.name.to_string());
        html! {
            <NotesBar language={props.language} notes={props.notes.clone()} current={self.note} {task}
                on_walk={&self.on.walk} />
        }
    }

    /// The pinned run as the chart draws it.
    pub(super) fn ghost(&self, props: &StageProps) -> Option<Ghost> {
        let pinned = props.pinned.as_ref()?;
        let run = match (&self.ordered, &self.ghost_ordered) {
            (Some(_), ghost) => ghost.as_ref()?.timeline.clone(),
            (None, _) => pinned.timeline.clone(),
        };
        Some(Ghost { run, comparison: self.comparison.clone()? })
    }

    /// The program beside the chart.
    pub(super) fn program(&self, props: &StageProps, shown: &timeline::Shared) -> Html {
        let StageProps { language, early, example, args, texts, programme, .. } = props;
        let (language, playhead, selected) = (*language, self.playhead, self.selected);
        let range = self.range.map(|range| Ranged { run: self.run(props).timeline, range });
        let timeline = shown.clone();
        let texts = texts.as_ref().and_then(Reading::texts).filter(|_| !early);
        match (programme, texts, example, args) {
            (Some(Programme::Draft(draft)), ..) => html! {
                <Editor {language} draft={draft.clone()} {timeline} {playhead} {selected} {range}
                    on_select={&self.on.select} />
            },
            (Some(Programme::Recorded(sources)), ..) => html! {
                <Listing {language} sources={sources.clone()} {timeline} {playhead} {selected} {range} />
            },
            (None, Some(texts), Some(example), Some(args)) => html! {
                <Code {language} texts={texts.clone()} args={args.clone()} {timeline} {playhead} {selected} {range}
                    run={self.run(props).timeline} on_line={&self.on.line} edit={of_example(example, args)}>
                    <Agree {language} {example} args={args.clone()} order={props.order.clone()}
                        twin={texts.get("python").unwrap_or_default().to_owned()}
                        end={props.predicted.look().end} failure={props.failure.clone()} />
                </Code>
            },
            _ => html! { <section class="panel program"></section> },
        }
    }
}

/// Whether awaits that stand one after the other fit at once, which CPython is asked: of the reader's program or an example's.
pub fn at_once(props: &StageProps) -> Html {
    let StageProps { language, programme, example, args, texts, .. } = props;
    let (language, what) = (*language, What::AtOnce);
    let texts = texts.as_ref().and_then(Reading::texts);
    match (programme, texts, *example, args) {
        (Some(Programme::Draft(draft)), ..) => html! {
            <Trials {language} {what} source={draft.text.clone()} on_back={&draft.on_back} on_replace={&draft.on_replace} />
        },
        (None, Some(texts), Some(example), Some(args)) => {
            let twin = texts.get("python").unwrap_or_default();
            let source: std::rc::Rc<str> = examples::python_source(twin, args).into();
            let on_replace = Callback::from(move |text: String| open_beside(example, &text));
            html! {
                <Trials {language} {what} {source} network={wire(args).to_string()} {on_replace} />
            }
        }
        _ => Html::default(),
    }
}
