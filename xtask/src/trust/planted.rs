//! `cargo xtask trust planted`: faults, planted in a copy, must be found by who claims to find them.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::{copies, report, supply};
use crate::report::{Elapsed, say};
use crate::shell::{self, Shell};

/// Plant faults in a copy of the repository, one after another, and run the suite that claims to find each
///
/// Minutes for each, most of them to compile; `--only` takes those whose names contain a word. Not a part of `cargo xtask
/// test`, which only looks whether each can still be planted.
#[derive(clap::Args)]
pub struct Args {
    /// Only faults whose names contain this
    #[arg(long)]
    only: Option<String>,
}

/// A fault: a text of a file, and what stands there instead.
struct Fault {
    name: &'static str,
    file: &'static str,
    find: &'static str,
    replace: &'static str,
    suite: Suite,
}

/// Who finds it.
#[derive(Clone, Copy)]
enum Suite {
    /// These arguments of cargo.
    Cargo(&'static [&'static str]),
    /// What looks at the locks.
    Supply,
}

const PROPERTIES: Suite = Suite::Cargo(&["test", "--package", "asyncio", "--test", "properties"]);
const ASYNCIO: Suite = Suite::Cargo(&["test", "--package", "asyncio", "--lib"]);
const FUZZ: Suite = Suite::Cargo(&["xtask", "trust", "fuzz", "--count", "4000"]);

const FAULTS: [Fault; 26] = [
    Fault {
        name: "a permit is lost when it is given back",
        file: "crates/asyncio/src/locks/semaphore.rs",
        find: "self.0.value.set(self.0.value.get() + 1);\n        self.emit_returned(self",
        replace: "self.0.value.set(self.0.value.get() + usize::from(self.0.waiters.borrow().len() != 1));\n        self.emit_returned(self",
        suite: PROPERTIES,
    },
    Fault {
        name: "a permit is lost with a task that is cancelled when it has got it",
        file: "crates/asyncio/src/locks/semaphore.rs",
        find: "inner.value.set(inner.value.get() + 1);\n            self.semaphore.emit_returned(*task);",
        replace: "let _ = task;",
        suite: PROPERTIES,
    },
    Fault {
        name: "an event wakes only one of those who wait for it",
        file: "crates/asyncio/src/locks/event.rs",
        find: "self.0.waiters.wake(usize::MAX, |_| {});",
        replace: "self.0.waiters.wake(1, |_| {});",
        suite: PROPERTIES,
    },
    Fault {
        name: "a lock goes to the last in line",
        file: "crates/asyncio/src/locks/waiters.rs",
        find: "if let Some(first) = self.0.borrow().front()",
        replace: "if let Some(first) = self.0.borrow().back()",
        suite: PROPERTIES,
    },
    Fault {
        name: "an item is not passed on by a task that is cancelled when it was woken for it",
        file: "crates/asyncio/src/queues/waiting.rs",
        find: "waiters.release_next();",
        replace: "let _ = waiters;",
        suite: PROPERTIES,
    },
    Fault {
        name: "a task ends twice",
        file: "crates/asyncio/src/tasks/steps.rs",
        find: "        // Nobody else completes a task's future, so it is pending here.\n",
        replace: "        if let (Some(task), End::CancelledLate(_)) = (self.state.traced_id(), &end) {\n            self.future.event_loop.core.emit(|| EventKind::Finished { task, outcome: Outcome::Cancelled });\n        }\n",
        suite: PROPERTIES,
    },
    Fault {
        name: "what is ready runs last in, first out",
        file: "crates/executor/src/scheduling.rs",
        find: "self.ready.borrow_mut().push_back(ready);",
        replace: "self.ready.borrow_mut().push_front(ready);",
        suite: PROPERTIES,
    },
    Fault {
        name: "tasks that wait for one another are never freed",
        file: "crates/executor/src/core.rs",
        find: "outlasting.iter().filter_map(Weak::upgrade).for_each(|task| task.let_go());",
        replace: "drop(outlasting);",
        suite: PROPERTIES,
    },
    Fault {
        name: "wait returns before the last has ended",
        file: "crates/asyncio/src/tasks/wait.rs",
        find: "if unfinished.get() == 0 || enough(return_when, future) {",
        replace: "if unfinished.get() <= 1 || enough(return_when, future) {",
        suite: ASYNCIO,
    },
    Fault {
        name: "a link without a value panics",
        file: "crates/examples/src/args.rs",
        find: "None => Err(Refusal::UnknownName(pair.into())),",
        replace: "None => panic!(\"{pair} has no value\"),",
        suite: FUZZ,
    },
    Fault {
        name: "a notification is lost with a task that is cancelled when it was notified",
        file: "crates/asyncio/src/locks/condition.rs",
        find: "self.condition.wake(1, false);",
        replace: "",
        suite: PROPERTIES,
    },
    Fault {
        name: "those before a barrier that empties are not let in",
        file: "crates/asyncio/src/locks/barrier.rs",
        find: "state.set(State::Filling);\n            }\n            self.0.wake_all();",
        replace: "state.set(State::Filling);\n            }",
        suite: PROPERTIES,
    },
    Fault {
        name: "a barrier that is reset keeps those who are at it",
        file: "crates/asyncio/src/locks/barrier.rs",
        find: "self.emit();\n        self.wake_all();",
        replace: "self.emit();\n        if state != State::Resetting {\n            self.wake_all();\n        }",
        suite: PROPERTIES,
    },
    Fault {
        name: "a queue that is shut down leaves those waiting who put",
        file: "crates/asyncio/src/queues/queue.rs",
        find: "while putters.release_next() {}",
        replace: "let _ = putters;",
        suite: PROPERTIES,
    },
    Fault {
        name: "who is cancelled at a condition stays in its line",
        file: "crates/asyncio/src/locks/condition.rs",
        find: "waiters.leave(&waiter);\n        // The caller",
        replace: "if result.is_ok() {\n            waiters.leave(&waiter);\n        }\n        // The caller",
        suite: ASYNCIO,
    },
    Fault {
        name: "a future calls back twice",
        file: "crates/asyncio/src/futures/inner.rs",
        find: "Callback::Call(handle) => self.event_loop.core.schedule(handle),",
        replace: "Callback::Call(handle) => {\n                self.event_loop.core.schedule(handle.clone());\n                self.event_loop.core.schedule(handle);\n            }",
        suite: PROPERTIES,
    },
    Fault {
        name: "who asks a future that was cancelled already is not called back",
        file: "crates/asyncio/src/futures/inner.rs",
        find: "} else {\n            self.schedule(callback);",
        replace: "} else if !self.is_cancelled() {\n            self.schedule(callback);",
        suite: PROPERTIES,
    },
    Fault {
        name: "a task that is cancelled twice is given up",
        file: "crates/asyncio/src/tasks/state.rs",
        find: "if passed_on {\n            return true;",
        replace: "if passed_on {\n            if self.cancel_requests.get() > 1 {\n                core.give_up(self.id());\n            }\n            return true;",
        suite: PROPERTIES,
    },
    Fault {
        name: "a group is left before those have ended that it cancels",
        file: "crates/asyncio/src/taskgroups/ending.rs",
        find: "self.abort();\n            }\n            inner.completed.take();",
        replace: "self.abort();\n                inner.tasks.take();\n            }\n            inner.completed.take();",
        suite: PROPERTIES,
    },
    Fault {
        name: "a timeout goes on that was left",
        file: "crates/asyncio/src/timeouts.rs",
        find: "self.disarm();\n        entered.emit(|timeout| EventKind::TimeoutLeft",
        replace: "entered.emit(|timeout| EventKind::TimeoutLeft",
        suite: PROPERTIES,
    },
    Fault {
        name: "a timer comes due before its time",
        file: "crates/executor/src/iteration.rs",
        find: "let end = self.due_before();",
        replace: "let end = self.due_before() + 0.1;",
        suite: PROPERTIES,
    },
    Fault {
        name: "a wake-up is lost that comes within the step",
        file: "crates/executor/src/stepping.rs",
        find: "slot.again.set(by);\n                slot.set(AGAIN);",
        replace: "",
        suite: PROPERTIES,
    },
    Fault {
        name: "one value of a parameter panics",
        file: "crates/examples/src/args.rs",
        find: "let value: f64 = text.parse().map_err(|_| Refusal::NotANumber)?;",
        replace: "let value: f64 = text.parse().map_err(|_| Refusal::NotANumber)?;\n    assert!(!value.is_infinite(), \"{text}\");",
        suite: FUZZ,
    },
    Fault {
        name: "a trace whose time goes backwards panics",
        file: "crates/trace-document/src/read.rs",
        find: "return Err(format!(\"time goes backwards, from {before} s to {time} s\"));",
        replace: "panic!(\"time goes backwards, from {before} s to {time} s\");",
        suite: FUZZ,
    },
    Fault {
        name: "a package of npm comes without a hash",
        file: "engine/npm/package-lock.json",
        find: "\"integrity\": \"sha512-",
        replace: "\"was\": \"sha512-",
        suite: Suite::Supply,
    },
    Fault {
        name: "a package of npm is under another licence",
        file: "engine/npm/package-lock.json",
        find: "\"license\": \"MIT\"",
        replace: "\"license\": \"SSPL-1.0\"",
        suite: Suite::Supply,
    },
];

/// Plants each, and keeps the figures.
///
/// # Errors
/// That one was not found, or cannot be planted.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let folder = shell.root().join("target/trust/planted");
    let wanted = |fault: &&Fault| args.only.as_ref().is_none_or(|word| fault.name.contains(word));
    let (mut figures, mut missed) = (Vec::new(), Vec::new());
    copies::copy(shell, &folder, "target")?;
    for fault in FAULTS.iter().filter(wanted) {
        let begun = Instant::now();
        let original = fs::read_to_string(shell.root().join(fault.file))?;
        fs::write(folder.join(fault.file), fault.planted(&original)?)?;
        let found = fault.is_found(shell, &folder)?;
        fs::write(folder.join(fault.file), original)?;
        let how = if found { "found" } else { "NOT FOUND" };
        say(format_args!("{}: {how} ({})", fault.name, Elapsed(begun.elapsed())));
        figures.push(format!("{}: {how} by {}", fault.name, fault.suite.name()));
        if !found {
            missed.push(fault.name);
        }
    }
    if args.only.is_none() {
        report::keep(shell, "planted", "planted", &figures)?;
    }
    if missed.is_empty() { Ok(()) } else { bail!("not found: {}", missed.join("; ")) }
}

impl Suite {
    fn name(self) -> String {
        match self {
            Suite::Cargo(arguments) => format!("`cargo {}`", arguments.join(" ")),
            Suite::Supply => "`cargo xtask trust supply`".to_owned(),
        }
    }
}

impl Fault {
    /// The text of its file with the fault: at the first place where it fits.
    fn planted(&self, text: &str) -> Result<String> {
        let at = text
            .find(self.find)
            .with_context(|| format!("{} has no place for: {}", self.file, self.name))?;
        Ok([&text[..at], self.replace, &text[at + self.find.len()..]].concat())
    }

    /// Whether the suite fails, having been compiled.
    fn is_found(&self, shell: &Shell, folder: &Path) -> Result<bool> {
        let there = shell.at(folder.to_owned());
        let arguments = match self.suite {
            Suite::Supply => return Ok(supply::check(&there).is_err()),
            Suite::Cargo(arguments) => arguments,
        };
        let mut command = there.command("cargo");
        command.args(arguments);
        // The copy is the repository, for its own commands.
        command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_TARGET_DIR");
        let output = command.output()?;
        let text =
            [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        if text[1].contains("could not compile") {
            bail!("`{}` does not compile with: {}\n{}", shell::line(&command), self.name, text[1]);
        }
        Ok(!output.status.success())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_can_be_planted() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for fault in &FAULTS {
            let text = fs::read_to_string(root.join(fault.file)).expect("the file is there");
            let planted = fault.planted(&text).expect("there is a place for it");
            assert_ne!(planted, text, "{}", fault.name);
        }
    }
}
