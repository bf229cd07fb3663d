//! What CPython does with a program, as the oracle says.

use anyhow::Result;
use serde_json::{Value as Json, json};
use trace_document::Document;

use crate::conformance::oracle::{Oracle, Refusal, trace};

/// What came of asking CPython: a trace, or why there is none.
pub type Answer = Result<Document>;

/// The answers to what CPython does with each program, in their order.
///
/// # Errors
/// That the oracle went away.
pub fn ask(oracle: &mut Oracle, programs: &[Json]) -> Result<Vec<String>> {
    let requests: Vec<_> =
        programs.iter().map(|program| json!({"differential": program}).to_string()).collect();
    oracle.ask_each(&requests)
}

/// Reads an answer of the oracle.
pub fn read(answer: &str) -> Answer {
    trace(answer)
}

/// Whether CPython's side says that a program is malformed.
pub fn is_malformed(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Refusal>().is_some_and(|refusal| refusal.kind == "invalid")
}
