//! `cargo xtask run` without an example: the catalogue.

use anyhow::Result;
use examples::{CATALOGUE, Example, Kind, Param};
use serde_json::{Value as Json, json};

use crate::params;
use crate::report::say;

/// Prints the catalogue, for people or as JSON.
pub fn print(as_json: bool) -> Result<()> {
    if as_json {
        let examples: Vec<Json> = CATALOGUE.iter().map(|example| entry(example)).collect();
        say(serde_json::to_string(&examples)?);
    } else {
        for example in CATALOGUE {
            say(format_args!("{:22} {}", example.id, title(example)));
            for param in example.params {
                let default = param.default().plain();
                say(format_args!("    {}={default}  {}", param.name, bounds(param)));
            }
        }
    }
    Ok(())
}

fn title(example: &Example) -> String {
    example.title("en").to_owned()
}

fn entry(example: &Example) -> Json {
    let defaults = params::json(&example.defaults());
    let params = example.params.iter().map(|param| {
        let mut entry = kind(param);
        entry["name"] = param.name.into();
        entry["default"] = defaults.get(param.name).cloned().unwrap_or(Json::Null);
        entry
    });
    json!({
        "id": example.id,
        "chapter": format!("{:?}", example.chapter),
        "operations": example.operations,
        "exercise": example.exercise.is_some(),
        "title": title(example),
        "twin": format!("crates/examples/src/{}/twin.py", example.id.replace('-', "_")),
        "params": params.collect::<Vec<_>>(),
    })
}

/// What a parameter may be, as JSON.
fn kind(param: &Param) -> Json {
    match param.kind {
        Kind::Float { min, max, step, .. } => {
            json!({"kind": "float", "min": min, "max": max, "step": step})
        }
        Kind::Int { min, max, .. } => json!({"kind": "int", "min": min, "max": max}),
        Kind::Bool { .. } => json!({"kind": "bool"}),
        Kind::Choice { options, .. } => json!({"kind": "choice", "options": options}),
        Kind::Floats { min, max, step, min_len, max_len, .. } => json!({
            "kind": "floats", "min": min, "max": max, "step": step,
            "min_len": min_len, "max_len": max_len,
        }),
    }
}

/// What a parameter may be, in words.
fn bounds(param: &Param) -> String {
    match param.kind {
        Kind::Float { min, max, step, .. } => format!("{min} to {max}, steps of {step}"),
        Kind::Int { min, max, .. } => format!("{min} to {max}"),
        Kind::Bool { .. } => "True or False".to_owned(),
        Kind::Choice { options, .. } => options.join(" or "),
        Kind::Floats { min, max, step, min_len, max_len, .. } => {
            format!("{min_len} to {max_len} numbers, {min} to {max}, steps of {step}")
        }
    }
}
