//! `#[called_with(number, delay)]`: what a coroutine function was called with, as its twin in Python was.
//!
//! In Rust a function has further parameters for what are constants in Python, so what is told is listed.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    Error, Expr, FnArg, GenericArgument, ItemFn, Pat, PathArguments, PathSegment, Result,
    ReturnType, Token, Type, parse_quote,
};

/// Tells with a task's function what it was called with: the values that are listed, in the order of the parameters in
/// Python. Of an `async fn` it makes a function that gives a `Coro`, which owns what it was given; on a function that
/// gives one itself it adds to that.
#[proc_macro_attribute]
pub fn called_with(
    values: proc_macro::TokenStream,
    function: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expanded(values.into(), function.into()).unwrap_or_else(Error::into_compile_error).into()
}

fn expanded(values: TokenStream, function: TokenStream) -> Result<TokenStream> {
    let values = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(values)?;
    let values = values.iter();
    let mut function: ItemFn = syn::parse2(function)?;
    let body = match function.sig.asyncness.take() {
        Some(_) => of_async(&mut function)?,
        None => of_other(&function)?,
    };
    // The values are asked before the body takes them.
    function.block = parse_quote! {{
        #[allow(unused_imports)]
        use ::asyncio::OfClass as _;
        let arguments = ::asyncio::arguments(&[#(&::asyncio::Argument(&#values).of_value()),*]);
        #body.called_with(arguments)
    }};
    Ok(quote!(#function))
}

/// The coroutine that the body of an `async fn` is: its parameters are moved into it, used or not, as the compiler
/// would.
fn of_async(function: &mut ItemFn) -> Result<TokenStream> {
    let value = value_type(&function.sig.output)?;
    let mut moved = Vec::new();
    for (n, parameter) in function.sig.inputs.iter_mut().enumerate() {
        match parameter {
            FnArg::Receiver(_) => moved.push(quote!(let _ = &self;)),
            FnArg::Typed(parameter) => {
                let pattern = parameter.pat.clone();
                let name = match &*pattern {
                    Pat::Ident(name) => name.ident.clone(),
                    _ => format_ident!("parameter_{n}"),
                };
                moved.push(quote!(let #pattern = #name;));
                *parameter.pat = parse_quote!(#name);
            }
        }
    }
    function.sig.output = parse_quote!(-> ::asyncio::Coro<#value>);
    let block = &function.block;
    Ok(quote!(::asyncio::Coro::of_function(async move { #(#moved)* #block })))
}

/// What a function gives that makes its coroutine itself.
fn of_other(function: &ItemFn) -> Result<TokenStream> {
    let coroutine = returned(&function.sig.output)?;
    let block = &function.block;
    Ok(quote!((move || -> #coroutine #block)()))
}

/// `T` of a function that returns `Result<T>`.
fn value_type(output: &ReturnType) -> Result<Type> {
    let returned = returned(output)?;
    let no_result =
        || Error::new(returned.span(), "a coroutine function returns asyncio's `Result`");
    match last_segment(returned) {
        Some(PathSegment { ident, arguments }) if ident == "Result" => match arguments {
            PathArguments::None => Ok(parse_quote!(())),
            PathArguments::AngleBracketed(given) => match given.args.first() {
                Some(GenericArgument::Type(value)) => Ok(value.clone()),
                _ => Err(no_result()),
            },
            PathArguments::Parenthesized(_) => Err(no_result()),
        },
        _ => Err(no_result()),
    }
}

fn returned(output: &ReturnType) -> Result<&Type> {
    match output {
        ReturnType::Type(_, returned) => Ok(returned),
        ReturnType::Default => {
            Err(Error::new(output.span(), "a coroutine function returns asyncio's `Result`"))
        }
    }
}

fn last_segment(returned: &Type) -> Option<&PathSegment> {
    match returned {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}
