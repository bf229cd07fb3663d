//! `random.Random`, with the program's seed.

use std::rc::Rc;

use asyncio::Result;

use super::machine::Machine;
use super::value::Value;
use crate::differential::language::Random;

/// Calls a method of the program's generator of random numbers; `shuffle` gives a new list.
///
/// # Errors
/// What it raises.
pub fn draw(machine: &Machine, call: &Random) -> Result<Value> {
    machine.count_on("random", call.name());
    let random = &machine.random;
    Ok(match call {
        Random::Unit => Value::Float(random.random()),
        Random::Uniform(a, b) => Value::Float(random.uniform(*a, *b)),
        Random::Randint(a, b) => Value::Int(random.randint(*a, *b)?),
        Random::Choice(list) => random.choice(&machine.values(list)?)?,
        Random::Shuffle(list) => {
            let mut list = machine.values(list)?;
            random.shuffle(&mut list);
            Value::List(Rc::new(list))
        }
        Random::Expovariate(rate) => Value::Float(random.expovariate(*rate)?),
        Random::Gauss(mu, sigma) => Value::Float(random.gauss(*mu, *sigma)),
    })
}
