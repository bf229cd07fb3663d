//! What a finding says.

use crate::ui::panels::describe::{Describe, seconds};
use crate::ui::shell::Language;
use causes::{Finding, Flaw};
use examples::LineMap;
use timeline::{Order, Timeline};
use trace::Site;
use yew::AttrValue;

/// Sentences about what was found in a run.
pub(super) struct Sentence<'a> {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: &'a Timeline,
    /// Its order.
    pub order: &'a Order,
    /// The lines of its program.
    pub lines: Lines,
}

impl Sentence<'_> {
    /// What a finding says.
    pub fn of(&self, finding: &Finding) -> String {
        let describe = Describe { language: self.language, timeline: self.timeline };
        let somebody = || self.language.text("finding.somebody");
        let name =
            |task: Option<trace::TaskId>| task.map_or_else(somebody, |task| describe.task(task));
        let resource = finding.resource.map(|id| describe.resource(id)).unwrap_or_default();
        let time = seconds(self.order.events().get(finding.event).map_or(0.0, |event| event.time));
        let circle = finding.circle.iter().map(|(task, lock)| match lock {
            Some(lock) => format!("{} → {}", describe.task(*task), describe.resource(*lock)),
            None => describe.task(*task),
        });
        let mut circle: Vec<String> = circle.collect();
        circle.extend(finding.circle.first().map(|(task, _)| describe.task(*task)));
        let values = [
            ("task", name(finding.task)),
            ("other", name(finding.other)),
            ("resource", resource),
            ("n", finding.number.to_string()),
            ("time", time),
            ("s", seconds(finding.seconds)),
            ("circle", circle.join(" → ")),
            ("text", finding.text.as_deref().unwrap_or_default().to_owned()),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let key = match finding.flaw {
            Flaw::TooFew if finding.resource.is_some_and(|id| self.is_pool(id)) => {
                "finding.pool_too_few"
            }
            flaw => &format!("finding.{}", flaw.name()),
        };
        let said = self.language.fill(key, &values);
        match self.lines.line(finding.site.as_ref()) {
            Some(line) => {
                let line = self.language.fill("finding.line", &[("n", &line.to_string())]);
                format!("{said} · {line}")
            }
            None => said,
        }
    }

    fn is_pool(&self, id: trace::ResourceId) -> bool {
        self.timeline.resource(id).is_some_and(|lane| lane.is_pool())
    }
}

/// The lines of the program that is shown.
pub struct Lines(Option<LineMap>);

impl Lines {
    /// Of a program whose lines are those of the trace, or of one that stands for another: `map` is as of the
    /// examples, or empty as long as it has not come.
    pub fn of(map: Option<&AttrValue>) -> Self {
        Lines(map.map(|map| LineMap::parse(map)))
    }

    /// The line that is shown for a place, if it is known.
    pub fn line(&self, site: Option<&Site>) -> Option<u32> {
        let line = site.map(Site::line).filter(|line| *line > 0)?;
        self.0.as_ref().map_or(Some(line), |map| map.python(line))
    }
}
