//! What CPython says on its own account.

use super::{Finding, Flaw, Found};
use trace::EventKind;

/// Finds what was logged because something was forgotten.
pub(super) fn find(found: &mut Found) {
    let causes = found.causes;
    for (n, event) in causes.events().iter().enumerate() {
        let EventKind::Logged { log, task } = &event.kind else { continue };
        let message = &*log.message;
        let flaw = match message {
            _ if message.ends_with("exception was never retrieved") => Flaw::ExceptionLost,
            _ if message.ends_with("was never awaited") => Flaw::NeverAwaited,
            "Task was destroyed but it is pending!" => Flaw::Destroyed,
            _ => continue,
        };
        let text = log.error.clone().unwrap_or_else(|| log.message.clone());
        let task = log.about.or(*task);
        let lane = log.about.and_then(|about| found.timeline.task(about));
        // Where it failed rather than where it is logged.
        let ended = lane.and_then(|lane| lane.ended).filter(|_| flaw == Flaw::ExceptionLost);
        let failed = causes.events()[..n].iter().rposition(|event| {
            ended.is_some()
                && matches!(&event.kind, EventKind::Finished { task, .. } if Some(*task) == log.about)
        });
        let finding = Found::plain(flaw, failed.unwrap_or(n), 0.0);
        found.add(Finding { task, text: Some(text), ..finding });
    }
}
