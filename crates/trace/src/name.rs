//! What tasks are called.

use std::rc::Rc;

/// The name of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// `Task-N`, written out when somebody asks: most tasks have such a name, and of most nobody asks.
    Number(u32),
    /// One that the program has given.
    Given(Rc<str>),
}

impl Name {
    /// The name, written out.
    ///
    /// ```
    /// use trace::Name;
    /// assert_eq!(&*Name::Number(7).text(), "Task-7");
    /// assert_eq!(&*Name::Given("Task-7".into()).text(), "Task-7");
    /// ```
    pub fn text(self) -> Rc<str> {
        match self {
            Name::Number(number) => format!("Task-{number}").into(),
            Name::Given(name) => name,
        }
    }
}

impl Default for Name {
    fn default() -> Self {
        Name::Number(0)
    }
}
