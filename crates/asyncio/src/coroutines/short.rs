//! Values as short texts: as `short` of the recorder for CPython tells them.

use crate::exceptions::{repr_bool, repr_str};
use std::cell::RefCell;
use std::rc::Rc;

/// How much is told of a container and of a string.
const THINGS: usize = 3;
pub(crate) const LETTERS: usize = 24;

/// A value as a short text: numbers and strings as Python writes them, of a list or a tuple the first things in it,
/// of anything else its class.
pub trait Short {
    /// The text; `deep` inside of a list or a tuple, of which no more is told there than what it is.
    fn short(&self, deep: bool) -> String;
}

/// A value of any type, which is told by the name of its type where that is not [`Short`].
///
/// ```
/// use asyncio::{Argument, OfClass, Short};
/// struct Account;
/// assert_eq!(Argument(&1.5).of_value().short(false), "1.5");
/// assert_eq!(Argument(&std::rc::Rc::new(Account)).of_value().short(false), "Account");
/// ```
pub struct Argument<'a, T: ?Sized>(pub &'a T);

impl<'a, T: Short + ?Sized> Argument<'a, T> {
    /// The value itself.
    pub fn of_value(&self) -> &'a T {
        self.0
    }
}

/// What a value is told by whose type has no text of its own: what it is.
pub trait OfClass {
    /// The class.
    fn of_value(&self) -> Named;
}

impl<T: ?Sized> OfClass for Argument<'_, T> {
    fn of_value(&self) -> Named {
        Named(std::any::type_name::<T>())
    }
}

/// What is told by its name alone: a class by that of its type, which is the same in Python, or a function.
pub struct Named(pub &'static str);

impl Short for Named {
    fn short(&self, _: bool) -> String {
        // `alloc::rc::Rc<shop::Queue<i64>>`: what is shared here is one object there.
        let mut name = self.0.trim_start_matches('&');
        while let Some(inner) = ["alloc::rc::Rc<", "core::cell::RefCell<"]
            .iter()
            .find_map(|shared| name.strip_prefix(shared))
        {
            name = inner;
        }
        let name = name.split(['<', '>']).next().unwrap_or_default();
        name.rsplit(':').next().unwrap_or_default().to_owned()
    }
}

impl<T: Short + ?Sized> Short for &T {
    fn short(&self, deep: bool) -> String {
        (**self).short(deep)
    }
}

impl<T: Short + ?Sized> Short for Rc<T> {
    fn short(&self, deep: bool) -> String {
        (**self).short(deep)
    }
}

impl<T: Short + ?Sized> Short for RefCell<T> {
    fn short(&self, deep: bool) -> String {
        self.try_borrow().map_or_else(|_| "…".to_owned(), |value| value.short(deep))
    }
}

impl<T: Short> Short for Option<T> {
    fn short(&self, deep: bool) -> String {
        self.as_ref().map_or_else(|| "None".to_owned(), |value| value.short(deep))
    }
}

impl Short for bool {
    fn short(&self, _: bool) -> String {
        repr_bool(*self).to_owned()
    }
}

macro_rules! numbers {
    ($($number:ty)+) => {$(
        impl Short for $number {
            fn short(&self, _: bool) -> String {
                format!("{self:?}")
            }
        }
    )+};
}
numbers!(i32 i64 u16 u32 u64 usize);

impl Short for f64 {
    fn short(&self, _: bool) -> String {
        let text = format!("{self:?}").to_lowercase();
        // Rust turns to exponents at the same numbers, and writes them without a sign or a nought before them.
        match text.split_once('e') {
            None => text,
            Some((digits, exponent)) => match exponent.strip_prefix('-') {
                None => format!("{digits}e+{exponent}"),
                Some(exponent) => format!("{digits}e-{exponent:0>2}"),
            },
        }
    }
}

impl Short for str {
    fn short(&self, _: bool) -> String {
        match self.char_indices().nth(LETTERS) {
            None => repr_str(self),
            Some(_) => repr_str(&(self.chars().take(LETTERS - 1).collect::<String>() + "…")),
        }
    }
}

impl Short for String {
    fn short(&self, deep: bool) -> String {
        self.as_str().short(deep)
    }
}

impl Short for char {
    fn short(&self, deep: bool) -> String {
        self.to_string().short(deep)
    }
}

/// A list.
fn list<'a>(things: impl ExactSizeIterator<Item = &'a dyn Short>, deep: bool) -> String {
    if deep {
        return "list".to_owned();
    }
    let left_out = things.len() > THINGS;
    let mut texts: Vec<String> = things.take(THINGS).map(|thing| thing.short(true)).collect();
    texts.extend(left_out.then(|| "…".to_owned()));
    format!("[{}]", texts.join(", "))
}

impl<T: Short> Short for [T] {
    fn short(&self, deep: bool) -> String {
        list(self.iter().map(|thing| thing as &dyn Short), deep)
    }
}

impl<T: Short> Short for Vec<T> {
    fn short(&self, deep: bool) -> String {
        self.as_slice().short(deep)
    }
}

macro_rules! tuples {
    ($($($name:ident)+;)+) => {$(
        impl<$($name: Short),+> Short for ($($name,)+) {
            fn short(&self, deep: bool) -> String {
                if deep {
                    return "tuple".to_owned();
                }
                #[allow(non_snake_case)]
                let ($($name,)+) = self;
                format!("({})", [$($name.short(true)),+].join(", "))
            }
        }
    )+};
}
tuples!(A B; A B C;);
