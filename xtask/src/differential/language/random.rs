//! `random`: methods of `random.Random` with their arguments.

use serde_json::Value as Json;

use super::fields::{At, Fields, FromJson, Read};
use super::value::Constant;

/// A method and its arguments.
#[derive(Clone, Debug)]
pub enum Random {
    Unit,
    Uniform(f64, f64),
    Randint(i64, i64),
    Choice(Vec<Constant>),
    Shuffle(Vec<Constant>),
    Expovariate(f64),
    Gauss(f64, f64),
}

impl Random {
    /// Reads the fields of the operation.
    pub fn of(fields: &Fields) -> Read<Self> {
        let method: String = fields.need("method")?;
        match method.as_str() {
            "random" => {
                let Args::<f64, 0>([]) = fields.or("args", Args([]))?;
                Ok(Self::Unit)
            }
            "uniform" => fields.need("args").map(|Args([a, b])| Self::Uniform(a, b)),
            "randint" => fields.need("args").map(|Args([a, b])| Self::Randint(a, b)),
            "choice" => fields.need("args").map(|Args([List(list)])| Self::Choice(list)),
            "shuffle" => fields.need("args").map(|Args([List(list)])| Self::Shuffle(list)),
            "expovariate" => {
                fields.or("args", Args([1.0])).map(|Args([rate])| Self::Expovariate(rate))
            }
            "gauss" => {
                fields.or("args", Args([0.0, 1.0])).map(|Args([mu, sigma])| Self::Gauss(mu, sigma))
            }
            _ => Err(fields.refuse(format_args!("random has no \"{method}\""))),
        }
    }

    /// The name of the method.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unit => "random",
            Self::Uniform(..) => "uniform",
            Self::Randint(..) => "randint",
            Self::Choice(_) => "choice",
            Self::Shuffle(_) => "shuffle",
            Self::Expovariate(_) => "expovariate",
            Self::Gauss(..) => "gauss",
        }
    }
}

/// So many arguments, which here are of one type.
struct Args<T, const N: usize>([T; N]);

impl<T: FromJson, const N: usize> FromJson for Args<T, N> {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let args: Vec<T> = Vec::read(json, at)?;
        let args = args.try_into().map_err(|_| at.refuse(format_args!("not {N} arguments")))?;
        Ok(Self(args))
    }
}

/// A list as it is written.
struct List(Vec<Constant>);

impl FromJson for List {
    fn read(json: &Json, at: &At) -> Read<Self> {
        Vec::read(json, at).map(Self)
    }
}
