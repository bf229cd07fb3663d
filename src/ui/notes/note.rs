//! A note, and how it stands in a link: `FROM~TEXT`, `FROM-TO~TEXT` for a range, `FROM-TO@TASK~TEXT` for a span of the
//! task with this number.

use trace::TaskId;

/// The most characters of a note: anybody can write a link as long as a book.
pub const LONGEST: usize = 400;

/// The most notes of a run.
pub const MOST: usize = 60;

/// A label.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The moment, or where the stretch begins, in seconds.
    pub from: f64,
    /// Where the stretch ends, in seconds; none for a moment.
    pub to: Option<f64>,
    /// Whose span it is; none for everybody's.
    pub task: Option<TaskId>,
    /// What it says.
    pub text: String,
}

impl Note {
    /// How it stands in a link, before what is special in addresses is encoded. Times are to the millisecond.
    pub fn write(&self) -> String {
        let at = |time: f64| (time * 1000.0).round() / 1000.0;
        let to = self.to.map_or_else(String::new, |to| format!("-{}", at(to)));
        let task = self.task.map_or_else(String::new, |task| format!("@{}", task.0));
        format!("{}{to}{task}~{}", at(self.from), self.text)
    }

    /// The note that is written like that.
    pub fn read(text: &str) -> Option<Note> {
        let (place, text) = text.split_once('~')?;
        let (place, task) = match place.split_once('@') {
            Some((place, task)) => (place, Some(TaskId(task.parse().ok()?))),
            None => (place, None),
        };
        let moment = |text: &str| {
            let time: f64 = text.parse().ok()?;
            (time.is_finite() && time >= 0.0).then_some(time)
        };
        let (from, to) = match place.split_once('-') {
            Some((from, to)) => (moment(from)?, Some(moment(to)?)),
            None => (moment(place)?, None),
        };
        let text = text.chars().take(LONGEST).collect();
        to.is_none_or(|to| to >= from).then_some(Note { from, to, task, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (to, task) in [(None, None), (Some(1.75), None), (Some(0.125), Some(TaskId(3)))] {
            for text in ["", "look: a~b@c-d&e=f", "看这里"] {
                let note = Note { from: 0.125, to, task, text: text.to_owned() };
                assert_eq!(Note::read(&note.write()), Some(note));
            }
        }
    }

    #[test]
    fn what_is_wrong_is_no_note() {
        for text in ["", "1", "x~y", "2-1~back", "-1~y", "1@x~y", "inf~y", "1-~y", "NaN~y"] {
            assert_eq!(Note::read(text), None, "{text}");
        }
        let long = Note::read(&format!("1~{}", "x".repeat(5000))).expect("a note");
        assert_eq!(long.text.len(), LONGEST);
    }
}
