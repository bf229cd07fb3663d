//! Exception handlers of the program.

use std::rc::Rc;

use asyncio::{ErrorContext, Result, get_running_loop};

use super::body::call_back;
use super::machine::{Machine, error};
use super::repr::clean;
use super::value::Value;
use crate::differential::language::{ErrorSpec, Mode, Name};

/// `loop.set_exception_handler`: the callback finds what it is told under the names `message` and `error`.
pub fn set(machine: &Rc<Machine>, callback: Option<&Name>) -> Result {
    let event_loop = get_running_loop()?;
    let handler = callback.cloned().map(|callback| {
        let (machine, of) = (machine.clone(), Rc::downgrade(&event_loop));
        // Where each main has a loop of its own, that of an earlier one still tells its handler.
        let is_last = machine.is_last() || machine.program.run != Mode::Run;
        move |context: &ErrorContext| {
            let event_loop = of.upgrade();
            // What the last loop still holds when it is closed goes when the program is over.
            let closed = event_loop.as_ref().is_none_or(|event_loop| event_loop.is_closed());
            if machine.is_over() || machine.is_last() && is_last && closed {
                if let Some(event_loop) = event_loop {
                    event_loop.default_exception_handler(context);
                }
                return Ok(());
            }
            machine.store(&"message".into(), Value::Text(clean(&context.message).into()));
            machine.store(&"error".into(), Value::of_exception(context.exception.clone()));
            machine.told(|| call_back(&machine, &callback))
        }
    });
    event_loop.set_exception_handler(handler);
    let set = event_loop.exception_handler();
    machine.handler.replace(set.map(|set| Rc::downgrade(&set)).zip(callback.cloned()));
    Ok(())
}

/// `loop.get_exception_handler`: the name of the callback, if one was set.
pub fn get(machine: &Machine) -> Result<Value> {
    let set = get_running_loop()?.exception_handler();
    let known = machine.handler.borrow();
    Ok(match (set, &*known) {
        (Some(set), Some((known, name))) if std::ptr::addr_eq(Rc::as_ptr(&set), known.as_ptr()) => {
            Value::Text(name.clone())
        }
        _ => Value::None,
    })
}

/// `loop.call_exception_handler`.
pub fn call(text: &Rc<str>, spec: Option<&ErrorSpec>) -> Result {
    let context = ErrorContext::new(text.clone(), spec.map(error));
    get_running_loop()?.call_exception_handler(&context)
}
