//! Spans as CSV (RFC 4180).

use crate::words;
use timeline::Timeline;

/// A row for each span of each task, in the order of the chart; moments are seconds of loop time. The row with the
/// outcome of a task is its last. Where a text could be taken for a formula by a spreadsheet, an apostrophe stands
/// before it.
///
/// ```
/// use timeline::Timeline;
/// let nothing = export::csv(&Timeline::default());
/// assert_eq!(nothing, "task,state,cause,from,to,seconds,line,woken_by\r\n");
/// ```
pub fn csv(timeline: &Timeline) -> String {
    let mut text = String::from("task,state,cause,from,to,seconds,line,woken_by\r\n");
    let mut row = |cells: [String; 8]| {
        text += &cells.map(|cell| quoted(&cell)).join(",");
        text += "\r\n";
    };
    for lane in timeline.rows() {
        let name = lane.name.to_string();
        for span in &lane.spans {
            row([
                name.clone(),
                words::state(span).into(),
                words::cause(timeline, span),
                span.from.to_string(),
                span.to.to_string(),
                span.seconds().to_string(),
                span.line().map_or_else(String::new, |line| line.to_string()),
                words::woken_by(timeline, span),
            ]);
        }
        let end = lane.ended.unwrap_or(timeline.end).to_string();
        let none = String::new;
        row([name, words::outcome(lane), none(), end, none(), none(), none(), none()]);
    }
    text
}

/// A cell.
fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@']) && text.parse::<f64>().is_err();
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\r', '\n']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}
