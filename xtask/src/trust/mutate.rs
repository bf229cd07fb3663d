//! Inputs made of others: cut, doubled, spliced, and sprinkled with what parsers stumble over.

use fastrand::Rng;

/// What parsers stumble over.
pub const TOKENS: [&str; 44] = [
    "",
    "[",
    "[[",
    "]]",
    "{",
    "}",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "'",
    "`",
    ",",
    ",,",
    ":",
    "=",
    "==",
    "&",
    "&&",
    "?",
    "#",
    "%",
    "%zz",
    "%00",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "null",
    "true",
    "NaN",
    "inf",
    "-0",
    "1e999",
    "-1",
    "0.1e-400",
    "18446744073709551616",
    "9007199254740993",
    "4294967296",
    "<script>",
    "\u{202e}",
    "\u{feff}",
    "日本",
    "__proto__",
];

/// An input no longer than this, in bytes, is made.
pub const LONGEST: usize = 16_384;

/// Another input, of one of `seeds`.
pub fn mutate(rng: &mut Rng, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut input = seeds[rng.usize(..seeds.len())].clone();
    for _ in 0..rng.usize(1..=6) {
        change(rng, &mut input, seeds);
        input.truncate(LONGEST);
    }
    input
}

/// A range of an input, mostly a short one.
fn range(rng: &mut Rng, input: &[u8]) -> (usize, usize) {
    let from = rng.usize(..=input.len());
    let most = if rng.u8(..4) == 0 { input.len() - from } else { (input.len() - from).min(12) };
    (from, from + rng.usize(..=most))
}

fn change(rng: &mut Rng, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let (from, to) = range(rng, input);
    match rng.u8(..9) {
        0 => _ = input.drain(from..to),
        1 => {
            let part = input[from..to].to_vec();
            let times = if rng.u8(..20) == 0 { rng.usize(..300) } else { 1 };
            for _ in 0..times.min(LONGEST / part.len().max(1)) {
                input.splice(from..from, part.iter().copied());
            }
        }
        2 | 3 => {
            let token = TOKENS[rng.usize(..TOKENS.len())];
            input.splice(from..to, token.bytes());
        }
        4 => {
            let other = &seeds[rng.usize(..seeds.len())];
            let (begin, end) = range(rng, other);
            input.splice(from..to, other[begin..end].iter().copied());
        }
        5 => {
            if let Some(byte) = input.get_mut(from) {
                *byte ^= 1 << rng.u8(..8);
            }
        }
        6 => number(rng, input),
        7 => lines(rng, input),
        _ => input.insert(from, rng.u8(..)),
    }
}

/// Another number in place of one.
fn number(rng: &mut Rng, input: &mut Vec<u8>) {
    let begins: Vec<usize> = (0..input.len())
        .filter(|&n| input[n].is_ascii_digit() && (n == 0 || !input[n - 1].is_ascii_digit()))
        .collect();
    if begins.is_empty() {
        return;
    }
    let from = begins[rng.usize(..begins.len())];
    let length =
        input[from..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let number = match rng.u8(..6) {
        0 => (rng.u64(..) >> rng.u32(..64)).to_string(),
        1 => rng.i8(..).to_string(),
        2 => format!("{:e}", f64::from_bits(rng.u64(..))),
        3 => format!("1e{}", rng.i32(-330..330)),
        4 => rng.f64().to_string(),
        _ => "0".to_owned(),
    };
    input.splice(from..from + length, number.bytes());
}

/// Two lines in each other's place.
fn lines(rng: &mut Rng, input: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> = input.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (one, other) = (rng.usize(..lines.len()), rng.usize(..lines.len()));
    lines.swap(one, other);
    *input = lines.join(&b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_inputs_and_many_differ() {
        let seeds = vec![b"#gather-order?DELAYS=0.6,0.4".to_vec(), b"{\"a\": 1}\n{}".to_vec()];
        let made = |seed| {
            let mut rng = Rng::with_seed(seed);
            (0..2000).map(|_| mutate(&mut rng, &seeds)).collect::<Vec<_>>()
        };
        let first = made(1);
        assert_eq!(first, made(1));
        let different: std::collections::BTreeSet<_> = first.iter().collect();
        assert!(different.len() > 1500, "{}", different.len());
        assert!(first.iter().all(|input| input.len() <= LONGEST));
    }
}
