//! A pinned run in a link: `pin=1~EXAMPLE~NAME:VALUE~…`, without the example where it is the one that the link opens,
//! and without values that are the defaults. The 1 is the version of this. And a world, where a run is in one:
//! `SEED.SPREAD`, the spread in hundredths of a percent.

use asyncio::World;
use examples::{Args, Example, find};

/// The version that is written, and the only one that can be read.
const VERSION: &str = "1";

/// Between the parts; no value has it in it.
const BETWEEN: &str = "~";

/// How a pinned run stands in the link to an example.
pub fn write(shown: &Example, pinned: &Example, args: &Args) -> String {
    let id = if pinned == shown { "" } else { pinned.id };
    let changed = args.iter().filter(|(param, value)| param.default() != **value);
    let changed = changed.map(|(param, value)| format!("{}:{}", param.name, value.plain()));
    let world = args.world().map(|world| format!("{WORLD}:{}", write_world(world)));
    let parts = [VERSION.to_owned(), id.to_owned()].into_iter().chain(changed).chain(world);
    parts.collect::<Vec<_>>().join(BETWEEN)
}

/// What is pinned by a link to an example, if it is written like that. Values that are not allowed make it unreadable:
/// to compare with another run than was meant would be worse than with none.
pub fn read(shown: &'static Example, text: &str) -> Option<(&'static Example, Args)> {
    let mut parts = text.split(BETWEEN);
    if parts.next() != Some(VERSION) {
        return None;
    }
    let example = match parts.next() {
        Some("") | None => shown,
        Some(id) => find(id)?,
    };
    let mut args = example.defaults();
    for part in parts {
        let (name, value) = part.split_once(':')?;
        if name == WORLD {
            args.set_world(Some(read_world(value)?));
        } else {
            args.set(name, value).ok()?;
        }
    }
    Some((example, args))
}

/// The name of the world of a pinned run; those of parameters are of upper case.
const WORLD: &str = "world";

/// How a world stands in a link.
pub fn write_world(world: World) -> String {
    format!("{}.{}", world.seed, run::points(world))
}

/// The world that is written like that, of at most 100 % of spread.
pub fn read_world(text: &str) -> Option<World> {
    let (seed, points) = text.split_once('.')?;
    let points = points.parse().ok().filter(|points| (1..=10_000).contains(points))?;
    Some(run::world(seed.parse().ok()?, points))
}

#[cfg(test)]
mod tests {
    use super::*;
    use examples::CATALOGUE;

    #[test]
    fn what_is_written_is_read() {
        for (n, example) in CATALOGUE.iter().enumerate() {
            let other = CATALOGUE[(n + 1) % CATALOGUE.len()];
            let mut args = other.defaults();
            for param in other.params {
                // Whatever of these is allowed.
                for value in ["2", "0.3", "True", "1,2"] {
                    let _ = args.set(param.name, value);
                }
            }
            if n % 2 == 0 {
                args.set_world(Some(run::world(n as u64, 250)));
            }
            assert!(read(example, &write(example, other, &args)) == Some((other, args.clone())));
            let own = write(other, other, &args);
            assert!(own.starts_with("1~~") || own == "1~", "{own}");
            assert!(read(other, &own) == Some((other, args)));
        }
    }

    #[test]
    fn what_is_wrong_pins_nothing() {
        for text in
            ["", "2~", "1~no-such-example", "1~~NOTHING:1", "1~~x", "1~~world:1.0", "1~~world:1"]
        {
            assert!(read(CATALOGUE[0], text).is_none(), "{text}");
        }
    }
}
