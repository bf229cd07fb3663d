//! `random.Random`: the same numbers from the same seed as CPython.

mod real;
pub(crate) mod rounded;
mod sequences;

use crate::exceptions::{Error, Result};
use rand_mt::Mt;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

/// A generator of random numbers with a seed, `random.Random(seed)` of CPython 3.13
/// (`Lib/random.py`, `Modules/_randommodule.c`): from the same seed the same calls give the same
/// values. Clones are the same generator. It needs no running loop.
///
/// Values are those of CPython to the last bit, [`Random::expovariate`], [`Random::gauss`] and
/// [`Random::normalvariate`] those of CPython on Linux. Elsewhere, the page included, one or two in a
/// thousand values of these three have another last bit: the logarithm, sine and cosine of the C
/// library are not always correctly rounded, and ours are.
///
/// ```
/// use asyncio::Random;
/// let random = Random::new(42);
/// assert_eq!(random.random(), 0.6394267984578837);
/// assert_eq!(random.randint(1, 6)?, 1);
/// let mut cards = ["ace", "king", "queen", "jack"];
/// random.shuffle(&mut cards);
/// assert_eq!(cards, ["king", "jack", "ace", "queen"]);
/// # Ok::<(), asyncio::Error>(())
/// ```
#[derive(Clone)]
pub struct Random(Rc<RefCell<State>>);

struct State {
    twister: Mt,
    /// The second of the two values that one round of `gauss` makes.
    gauss_next: Option<f64>,
}

impl State {
    /// All bits of the seed's magnitude count, its sign does not.
    fn seeded(seed: i128) -> Self {
        let magnitude = seed.unsigned_abs();
        let words = bit_length(magnitude).div_ceil(32).max(1);
        let key = (0..words).map(|n| (magnitude >> (32 * n)) as u32);
        State { twister: Mt::new_with_key(key), gauss_next: None }
    }

    /// A number in [0, 1) with 53 random bits.
    fn random(&mut self) -> f64 {
        let (high, low) = (self.twister.next_u32() >> 5, self.twister.next_u32() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// So many random bits as words, the lowest first.
    fn words(&mut self, bits: u64) -> impl Iterator<Item = u32> {
        (0..bits.div_ceil(32)).map(move |n| {
            let missing = bits - 32 * n;
            self.twister.next_u32() >> 32_u64.saturating_sub(missing)
        })
    }

    /// At most 128 random bits.
    fn bits(&mut self, bits: u32) -> u128 {
        let words = self.words(bits.into()).enumerate();
        words.fold(0, |number, (n, word)| number | u128::from(word) << (32 * n))
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: u128) -> u128 {
        loop {
            let number = self.bits(bit_length(end));
            if number < end {
                return number;
            }
        }
    }
}

impl Random {
    /// A generator with a seed: any integer of up to 128 bits. As in Python a negative one counts as
    /// the positive one.
    pub fn new(seed: impl Into<i128>) -> Self {
        Random(Rc::new(RefCell::new(State::seeded(seed.into()))))
    }

    /// Begins anew with another seed.
    pub fn seed(&self, seed: impl Into<i128>) {
        *self.0.borrow_mut() = State::seeded(seed.into());
    }

    /// A number in [0, 1).
    pub fn random(&self) -> f64 {
        self.0.borrow_mut().random()
    }

    /// A number with so many random bits; at most 128 here, where Python has no limit.
    ///
    /// # Errors
    /// `ValueError` when `bits` is negative, `OverflowError` when it is more than 128.
    pub fn getrandbits(&self, bits: i64) -> Result<u128> {
        match u32::try_from(bits) {
            Ok(bits) if bits <= 128 => Ok(self.0.borrow_mut().bits(bits)),
            Ok(_) => Err(Error::new("OverflowError", "more than 128 bits")),
            Err(_) if bits > 0 => Err(Error::new("OverflowError", "more than 128 bits")),
            Err(_) => Err(value_error("number of bits must be non-negative")),
        }
    }

    /// So many random bytes.
    pub fn randbytes(&self, count: usize) -> Vec<u8> {
        let mut state = self.0.borrow_mut();
        let bytes = state.words(8 * count as u64).flat_map(u32::to_le_bytes);
        bytes.take(count).collect()
    }

    /// An integer from `a` to `b`, both included.
    ///
    /// # Errors
    /// `ValueError` when `b` is less than `a`.
    pub fn randint(&self, a: i64, b: i64) -> Result<i64> {
        self.in_range(a, i128::from(b) + 1, 1)
    }

    /// An integer from 0 up to, not including, `stop`: `randrange(stop)`.
    ///
    /// # Errors
    /// `ValueError` when there is none.
    pub fn randrange(&self, stop: i64) -> Result<i64> {
        if stop <= 0 {
            return Err(value_error("empty range for randrange()"));
        }
        self.in_range(0, stop.into(), 1)
    }

    /// An integer from `start` up to, not including, `stop`: `randrange(start, stop)`.
    ///
    /// # Errors
    /// `ValueError` when there is none.
    pub fn randrange_from(&self, start: i64, stop: i64) -> Result<i64> {
        self.in_range(start, stop.into(), 1)
    }

    /// One of the integers `start`, `start + step` and so on before `stop`:
    /// `randrange(start, stop, step)`.
    ///
    /// # Errors
    /// `ValueError` when there is none, or when `step` is 0.
    pub fn randrange_by(&self, start: i64, stop: i64, step: i64) -> Result<i64> {
        self.in_range(start, stop.into(), step)
    }

    /// `stop` has a bit more than `start` for the sake of [`Random::randint`].
    fn in_range(&self, start: i64, stop: i128, step: i64) -> Result<i64> {
        if step == 0 {
            return Err(value_error("zero step for randrange()"));
        }
        let width = stop - i128::from(start);
        let by = i128::from(step);
        let steps = if (width > 0) == (step > 0) {
            width.unsigned_abs().div_ceil(by.unsigned_abs())
        } else {
            0
        };
        if steps == 0 {
            let by = if step == 1 { String::new() } else { format!(", {step}") };
            return Err(value_error(&format!("empty range in randrange({start}, {stop}{by})")));
        }
        let chosen = self.below(steps) as i128;
        Ok((i128::from(start) + by * chosen) as i64)
    }

    fn below(&self, end: u128) -> u128 {
        self.0.borrow_mut().below(end)
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}

fn bit_length(number: u128) -> u32 {
    u128::BITS - number.leading_zeros()
}

fn value_error(text: &str) -> Error {
    Error::new("ValueError", text)
}
