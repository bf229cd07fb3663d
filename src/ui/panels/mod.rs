//! What stands around the chart: parameters, program, output, figures, the table.

mod code;
mod console;
mod controls;
mod describe;
mod figures;
mod findings;
mod locals;
mod moment;
mod next;
mod notice;
mod number;
mod output;
mod places;
mod table;

pub use code::{Code, Ranged, SourceLine, Standing, sum, waited};
pub use console::Console;
pub use controls::{Controls, Edit};
pub use describe::{Describe, seconds};
pub use figures::{Figures, facts};
pub use findings::{Findings, Goal, Lines};
pub use locals::Locals;
pub use moment::Moment;
pub use next::Next;
pub use notice::{Failure, FailureNotice, LinkNotice};
pub use number::focus_number;
pub use output::{Output, Tab};
pub use table::{Table, cells};
