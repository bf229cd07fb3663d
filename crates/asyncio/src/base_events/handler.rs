//! Exception handlers of loops, and what they are told.

use super::EventLoop;
use crate::contextvars::OwnContext;
use crate::exceptions::{Error, Result};
use std::rc::Rc;
use trace::{EventKind, TaskId};

/// What an exception handler is told: the parts of CPython's `context` that there are here.
#[derive(Clone, Debug)]
pub struct ErrorContext {
    /// What went wrong: `context["message"]`.
    pub message: Rc<str>,
    /// The exception, if there is one: `context["exception"]`.
    pub exception: Option<Error>,
    /// The task that it is about.
    pub(super) about: Option<TaskId>,
}

/// An exception handler; an error that it returns is logged.
pub type ExceptionHandler = dyn Fn(&ErrorContext) -> Result;

impl ErrorContext {
    /// What is told with a message, and with an exception or not. Without a text in the message it says what
    /// CPython logs then.
    pub fn new(message: impl Into<Rc<str>>, exception: Option<Error>) -> Self {
        let mut message = message.into();
        if message.is_empty() {
            message = "Unhandled exception in event loop".into();
        }
        ErrorContext { message, exception, about: None }
    }
}

impl EventLoop {
    /// Has `handler` called where the loop would log that something went wrong, in the context of the task
    /// or callback that it is about; `None`: the loop logs again. `loop.set_exception_handler`.
    ///
    /// ```
    /// use asyncio::{self, Error, call_soon, get_running_loop, print, sleep};
    /// asyncio::run(async {
    ///     get_running_loop()?.set_exception_handler(Some(|context: &asyncio::ErrorContext| {
    ///         print(&context.message); // Exception in callback
    ///         Ok(())
    ///     }));
    ///     call_soon(|| Err(Error::new("ValueError", "bad item")));
    ///     sleep(0.0).await
    /// })
    /// .unwrap();
    /// ```
    pub fn set_exception_handler(
        &self,
        handler: Option<impl Fn(&ErrorContext) -> Result + 'static>,
    ) {
        let handler = handler.map(|handler| Rc::new(handler) as Rc<ExceptionHandler>);
        let earlier = self.exception_handler.replace(handler);
        drop(earlier); // after the borrow has ended: what it frees may come back here
    }

    /// The handler that was set: `loop.get_exception_handler`.
    pub fn exception_handler(&self) -> Option<Rc<ExceptionHandler>> {
        self.exception_handler.borrow().clone()
    }

    /// Logs, whatever handler was set: `loop.default_exception_handler`.
    pub fn default_exception_handler(&self, context: &ErrorContext) {
        let task = self.program.running_task();
        let error = || context.exception.as_ref().map(|error| error.headline().into());
        self.core.emit(|| EventKind::logged(task, &context.message, context.about, error()));
    }

    /// Calls the handler that was set, or logs: `loop.call_exception_handler`.
    ///
    /// # Errors
    /// `SystemExit` or `KeyboardInterrupt` that the handler raises; anything else is logged.
    pub fn call_exception_handler(&self, context: &ErrorContext) -> Result {
        self.tell(context, None)
    }

    /// The same, in a context.
    fn tell(&self, context: &ErrorContext, within: Option<&OwnContext>) -> Result {
        let Some(handler) = self.exception_handler() else {
            self.default_exception_handler(context);
            return Ok(());
        };
        let handled = match within {
            Some(within) => within.run(|| handler(context)).and_then(|handled| handled),
            None => handler(context),
        };
        if let Err(error) = handled {
            if error.leaves_loop() {
                return Err(error);
            }
            let message = "Unhandled error in exception handler";
            self.default_exception_handler(&ErrorContext::new(message, Some(error)));
        }
        Ok(())
    }

    /// Says that something went wrong, in a callback or a step.
    pub(crate) fn log_error(
        &self,
        message: &str,
        about: Option<TaskId>,
        error: Option<&Error>,
        within: Option<&OwnContext>,
    ) {
        let context = ErrorContext { about, ..ErrorContext::new(message, error.cloned()) };
        if let Err(error) = self.tell(&context, within) {
            self.leave_by(&error);
        }
    }

    /// The same where something is freed: what a handler raises there is nobody's.
    pub(crate) fn log_freed(
        &self,
        message: &str,
        about: Option<TaskId>,
        error: Option<&Error>,
        within: Option<&OwnContext>,
    ) {
        let context = ErrorContext { about, ..ErrorContext::new(message, error.cloned()) };
        let _ = self.tell(&context, within);
    }
}
