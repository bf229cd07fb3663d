use super::coroutine::function_of;
use super::short::{Argument, OfClass, Short};
use std::cell::RefCell;
use std::rc::Rc;

#[test]
fn a_function_is_known_by_the_type_of_its_future() {
    let of = |type_name| function_of(type_name);
    assert_eq!(of("shop::program::fetch::{{closure}}"), Some("fetch"));
    assert_eq!(of("shop::Pool::acquire<alloc::rc::Rc<str>>::{{closure}}"), Some("acquire"));
    assert_eq!(of("<shop::Pool as shop::Lend>::lend::{{closure}}"), Some("lend"));
    assert_eq!(of("shop::main::{{closure}}::{{closure}}"), None, "a block within a function");
    assert_eq!(of("core::pin::Pin<alloc::boxed::Box<dyn shop::Job>>"), None);
}

/// What the recorder's `short` gives for the same values under CPython 3.13.0.
#[test]
fn values_are_told_as_the_recorder_tells_them() {
    let told = |value: &dyn Short, text: &str| assert_eq!(value.short(false), text);
    told(&1.5, "1.5");
    told(&2.0, "2.0");
    told(&-0.0, "-0.0");
    told(&(0.1 + 0.2), "0.30000000000000004");
    told(&1e16, "1e+16");
    told(&1.234_567_890_123_456_8e17, "1.2345678901234568e+17");
    told(&1e-5, "1e-05");
    told(&f64::INFINITY, "inf");
    told(&f64::NAN, "nan");
    told(&i64::MAX, "9223372036854775807");
    told(&true, "True");
    told(&None::<f64>, "None");
    told(&'a', "'a'");
    told(&"it's", "\"it's\"");
    told(&"x".repeat(24), "'xxxxxxxxxxxxxxxxxxxxxxxx'");
    told(&"x".repeat(25), "'xxxxxxxxxxxxxxxxxxxxxxx…'");
    told(&"é".repeat(30), "'ééééééééééééééééééééééé…'");
    told(&&b"a".repeat(24)[..], "b'aaaaaaaaaaaaaaaaaaaaaaaa'");
    told(&&b"a".repeat(25)[..], "b'aaaaaaaaaaaaaaaaaaaaaaa...'");
    told(&Vec::<f64>::new(), "[]");
    told(&vec![1, 2, 3], "[1, 2, 3]");
    told(&Rc::new(RefCell::new(vec![1, 2, 3, 4])), "[1, 2, 3, …]");
    told(&(1, "a", None::<i64>), "(1, 'a', None)");
    told(&vec![(0, 1.5)], "[tuple]");
    told(&(vec![1], 0.5), "(list, 0.5)");
}

#[test]
fn what_has_no_text_of_its_own_is_told_by_its_class() {
    struct Account;
    let (account, shared) = (&Account, Rc::new(RefCell::new(Account)));
    assert_eq!(Argument(&account).of_value().short(false), "Account");
    assert_eq!(Argument(&shared).of_value().short(false), "Account");
    let many: Vec<Rc<Vec<(i64, String)>>> = Vec::new();
    assert_eq!(Argument(&many).of_value().short(false), "[]", "it has one");
}
