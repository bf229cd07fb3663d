//! Values of an example's parameters.

use super::param::{Kind, Param};
use asyncio::{NetworkConfig, World};
use std::fmt;

/// The value of one parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Of a [`Kind::Float`].
    Float(f64),
    /// Of a [`Kind::Int`].
    Int(i64),
    /// Of a [`Kind::Bool`].
    Bool(bool),
    /// Of a [`Kind::Choice`].
    Choice(&'static str),
    /// Of a [`Kind::Floats`].
    Floats(Vec<f64>),
}

/// Why a value was refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// No parameter has this name.
    UnknownName(String),
    /// Not a number where one is wanted.
    NotANumber,
    /// A number with a fraction where a whole one is wanted.
    NotWhole,
    /// A number outside of its bounds.
    OutOfRange {
        /// Least value allowed.
        min: f64,
        /// Greatest value allowed.
        max: f64,
    },
    /// A list too short or too long.
    BadLength {
        /// Least number of elements.
        min: usize,
        /// Greatest number of elements.
        max: usize,
    },
    /// None of the words to choose from.
    NotAnOption(&'static [&'static str]),
    /// Neither `True` nor `False`.
    NotABool,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::UnknownName(name) => write!(f, "there is no parameter {name}"),
            Refusal::NotANumber => write!(f, "not a number"),
            Refusal::NotWhole => write!(f, "not a whole number"),
            Refusal::OutOfRange { min, max } => write!(f, "must be from {min} to {max}"),
            Refusal::BadLength { min, max } => write!(f, "must have {min} to {max} elements"),
            Refusal::NotAnOption(options) => write!(f, "must be one of {}", options.join(", ")),
            Refusal::NotABool => write!(f, "must be True or False"),
        }
    }
}

impl std::error::Error for Refusal {}

impl Param {
    /// The value to begin with.
    pub fn default(&self) -> Value {
        match self.kind {
            Kind::Float { default, .. } => Value::Float(default),
            Kind::Int { default, .. } => Value::Int(default),
            Kind::Bool { default } => Value::Bool(default),
            Kind::Choice { default, .. } => Value::Choice(default),
            Kind::Floats { default, .. } => Value::Floats(default.to_vec()),
        }
    }

    /// Reads a value as a person writes it; a list with commas, with or without brackets.
    ///
    /// # Errors
    /// A [`Refusal`] that says what is allowed.
    pub fn parse(&self, text: &str) -> Result<Value, Refusal> {
        let text = text.trim();
        match self.kind {
            Kind::Float { min, max, .. } => Ok(Value::Float(number(text, min, max)?)),
            Kind::Int { min, max, .. } => {
                let value = number(text, min as f64, max as f64)?;
                if value.fract() == 0.0 {
                    Ok(Value::Int(value as i64))
                } else {
                    Err(Refusal::NotWhole)
                }
            }
            Kind::Bool { .. } => match text.to_ascii_lowercase().as_str() {
                "true" | "1" => Ok(Value::Bool(true)),
                "false" | "0" => Ok(Value::Bool(false)),
                _ => Err(Refusal::NotABool),
            },
            Kind::Choice { options, .. } => {
                let text = within(text, '"', '"').ok_or(Refusal::NotAnOption(options))?;
                let option = options.iter().find(|option| **option == text);
                option.map(|option| Value::Choice(option)).ok_or(Refusal::NotAnOption(options))
            }
            Kind::Floats { min, max, min_len, max_len, .. } => {
                let inner = within(text, '[', ']').ok_or(Refusal::NotANumber)?.trim();
                let elements =
                    if inner.is_empty() { Vec::new() } else { inner.split(',').collect() };
                if elements.len() < min_len || elements.len() > max_len {
                    return Err(Refusal::BadLength { min: min_len, max: max_len });
                }
                let numbers = elements.into_iter().map(|element| number(element.trim(), min, max));
                Ok(Value::Floats(numbers.collect::<Result<_, _>>()?))
            }
        }
    }
}

/// What stands between `open` and `close`, or all where neither is there; none where one of them is missing.
fn within(text: &str, open: char, close: char) -> Option<&str> {
    match text.strip_prefix(open) {
        Some(rest) => rest.strip_suffix(close),
        None if text.ends_with(close) => None,
        None => Some(text),
    }
}

fn number(text: &str, min: f64, max: f64) -> Result<f64, Refusal> {
    let value: f64 = text.parse().map_err(|_| Refusal::NotANumber)?;
    if value.is_nan() {
        Err(Refusal::NotANumber)
    } else if (min..=max).contains(&value) {
        Ok(value + 0.0) // no minus zero
    } else {
        Err(Refusal::OutOfRange { min, max })
    }
}

impl Value {
    /// The value as a Python literal.
    pub fn python(&self) -> String {
        match self {
            Value::Float(value) => format!("{value:?}"),
            Value::Int(value) => value.to_string(),
            Value::Bool(true) => "True".into(),
            Value::Bool(false) => "False".into(),
            Value::Choice(word) => format!("\"{word}\""),
            Value::Floats(values) => format!("{values:?}"),
        }
    }

    /// The value as it stands in a field or a link: as Python writes it, without quotes, brackets
    /// and blanks.
    pub fn plain(&self) -> String {
        self.python().replace(['[', ']', '"', ' '], "")
    }
}

/// The values of all parameters of an example, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Args {
    params: &'static [Param],
    values: Vec<Value>,
    /// The world that the program runs in.
    world: Option<World>,
}

impl Args {
    /// The values to begin with.
    pub fn defaults(params: &'static [Param]) -> Self {
        Args { params, values: params.iter().map(Param::default).collect(), world: None }
    }

    /// Sets a parameter to the value that `text` means.
    ///
    /// # Errors
    /// A [`Refusal`]; the value stays what it was.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), Refusal> {
        let index = self.index(name).ok_or_else(|| Refusal::UnknownName(name.into()))?;
        self.values[index] = self.params[index].parse(text)?;
        Ok(())
    }

    /// Sets several, `NAME=value&…`, each as far as it may be.
    ///
    /// # Errors
    /// The first [`Refusal`]; that value stays what it was.
    pub fn set_all(&mut self, values: &str) -> Result<(), Refusal> {
        let sets = values.split('&').map(|pair| match pair.split_once('=') {
            Some((name, value)) => self.set(name, value),
            None => Err(Refusal::UnknownName(pair.into())),
        });
        sets.fold(Ok(()), Result::and)
    }

    /// The parameters with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Param, &Value)> {
        self.params.iter().zip(&self.values)
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.index(name).map(|index| &self.values[index])
    }

    /// A [`Kind::Float`] by its name.
    ///
    /// # Panics
    /// As all of these when the example has no such parameter of that kind: its author's mistake.
    pub fn float(&self, name: &str) -> f64 {
        match self.get(name) {
            Some(Value::Float(value)) => *value,
            other => panic!("{name} is no float but {other:?}"),
        }
    }

    /// A [`Kind::Int`] by its name.
    pub fn int(&self, name: &str) -> i64 {
        match self.get(name) {
            Some(Value::Int(value)) => *value,
            other => panic!("{name} is no int but {other:?}"),
        }
    }

    /// A [`Kind::Int`] that counts something, by its name.
    pub fn count(&self, name: &str) -> usize {
        usize::try_from(self.int(name)).unwrap_or(0)
    }

    /// A [`Kind::Bool`] by its name.
    pub fn bool(&self, name: &str) -> bool {
        match self.get(name) {
            Some(Value::Bool(value)) => *value,
            other => panic!("{name} is no bool but {other:?}"),
        }
    }

    /// A [`Kind::Choice`] by its name.
    pub fn choice(&self, name: &str) -> &'static str {
        match self.get(name) {
            Some(Value::Choice(value)) => value,
            other => panic!("{name} is no choice but {other:?}"),
        }
    }

    /// A [`Kind::Floats`] by its name.
    pub fn floats(&self, name: &str) -> Vec<f64> {
        match self.get(name) {
            Some(Value::Floats(values)) => values.clone(),
            other => panic!("{name} is no list but {other:?}"),
        }
    }

    /// The network that the program runs on: that of the parameters `NETWORK_…`, and as it is by
    /// default where there are none.
    pub fn network(&self) -> NetworkConfig {
        let mut network = NetworkConfig::default();
        for (param, value) in self.iter() {
            match (param.name, value) {
                ("NETWORK_LATENCY", Value::Float(seconds)) => network.latency = *seconds,
                ("NETWORK_BANDWIDTH", Value::Int(bytes)) => network.bandwidth = Some(*bytes as f64),
                ("NETWORK_LOSS", Value::Float(loss)) => network.loss = *loss,
                _ => {}
            }
        }
        network
    }

    /// The world that the program runs in, if things take another time there than it says.
    pub fn world(&self) -> Option<World> {
        self.world
    }

    /// Lets it run in another.
    pub fn set_world(&mut self, world: Option<World>) {
        self.world = world;
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.params.iter().position(|param| param.name == name)
    }
}
