use super::coroutine::function_of;

#[test]
fn a_function_is_known_by_the_type_of_its_future() {
    let of = |type_name| function_of(type_name);
    assert_eq!(of("shop::program::fetch::{{closure}}"), Some("fetch"));
    assert_eq!(of("shop::Pool::acquire<alloc::rc::Rc<str>>::{{closure}}"), Some("acquire"));
    assert_eq!(of("<shop::Pool as shop::Lend>::lend::{{closure}}"), Some("lend"));
    assert_eq!(of("shop::main::{{closure}}::{{closure}}"), None, "a block within a function");
    assert_eq!(of("core::pin::Pin<alloc::boxed::Box<dyn shop::Job>>"), None);
}
