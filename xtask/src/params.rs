//! Values of parameters as JSON, as flags, and from either.

use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use examples::{Args, Example, Refusal, Value};
use serde_json::{Map, Value as Json};

/// The values by name, as JSON.
pub fn json(args: &Args) -> Map<String, Json> {
    let value = |value: &Value| match value {
        Value::Float(number) => Json::from(*number),
        Value::Int(number) => Json::from(*number),
        Value::Bool(yes) => Json::from(*yes),
        Value::Choice(word) => Json::from(*word),
        Value::Floats(numbers) => Json::from(numbers.as_slice()),
    };
    args.iter().map(|(param, found)| (param.name.to_owned(), value(found))).collect()
}

/// The values as [`json`] wrote them; every parameter must be there.
pub fn from_json(example: &Example, values: &Map<String, Json>) -> Result<Args> {
    let mut args = example.defaults();
    for param in example.params {
        if !values.contains_key(param.name) {
            bail!("{} has no value", param.name);
        }
    }
    for (name, value) in values {
        let text = match value {
            Json::String(word) => word.clone(),
            other => other.to_string(),
        };
        args.set(name, &text).with_context(|| format!("{name} = {text}"))?;
    }
    Ok(args)
}

/// The values as flags to type: `--set DELAYS=1.0,2.0 --set LIMIT=3`.
pub fn flags(args: &Args) -> String {
    let flags: Vec<_> = args
        .iter()
        .map(|(param, value)| format!("--set {}={}", param.name, value.plain()))
        .collect();
    flags.join(" ")
}

/// The defaults with some of them replaced, each replacement written `NAME=VALUE`.
pub fn from_flags(example: &Example, sets: &[String]) -> Result<Args> {
    let mut args = example.defaults();
    for set in sets {
        let (name, value) =
            set.split_once('=').with_context(|| format!("--set {set}: write NAME=VALUE"))?;
        args.set(name.trim(), value).map_err(|refusal| match refusal {
            Refusal::UnknownName(_) => {
                let names: Vec<_> = example.params.iter().map(|param| param.name).collect();
                anyhow!("--set {set}: {} has only {}", example.id, names.join(", "))
            }
            other => anyhow!("--set {set}: {other}"),
        })?;
    }
    Ok(args)
}

/// Says why values were refused, in the manner of clap.
pub fn refuse(error: &anyhow::Error) -> ExitCode {
    eprintln!("error: {error:#}");
    ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> &'static Example {
        examples::find("gather-order").expect("it is in the catalogue")
    }

    #[test]
    fn values_survive_both_ways_of_writing() {
        let sets = ["DELAYS=[0.1, 0.30000000000000004,5]".to_owned()];
        let args = from_flags(example(), &sets).expect("allowed");
        assert_eq!(flags(&args), "--set DELAYS=0.1,0.30000000000000004,5.0");
        let text = Json::from(json(&args)).to_string();
        let read: Map<_, _> = serde_json::from_str(&text).expect("JSON");
        assert_eq!(from_json(example(), &read).expect("allowed"), args);
    }

    #[test]
    fn what_is_not_allowed_is_refused() {
        for set in ["DELAYS", "NONE=1", "DELAYS=9.0", "DELAYS="] {
            assert!(from_flags(example(), &[set.to_owned()]).is_err(), "{set}");
        }
        assert!(from_json(example(), &Map::new()).is_err(), "a missing value");
    }
}
