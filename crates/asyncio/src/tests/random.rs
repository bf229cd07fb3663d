//! `random.Random`: what CPython draws from the same seeds, to the last bit.
//!
//! Both sides print numbers with as many digits as tell them from their neighbours.

use super::*;
use crate::random::rounded;

/// Joins what `print` would with spaces.
macro_rules! spaced {
    ($($value:expr),+ $(,)?) => {
        [$($value.to_string()),+].join(" ")
    };
}

/// `repr()` of a number neither very large nor very small.
fn repr(number: f64) -> String {
    format!("{number:?}")
}

#[test]
fn integers_and_bits() {
    check(
        r#"
import random
async def main():
    for seed in [0, 1, -5, 2**32, 2**40 + 3, -(2**64 + 12345), 2**127 - 1]:
        r = random.Random(seed)
        print(r.randint(1, 6), r.randint(-3, 3), r.randint(7, 7), r.randint(-2**63, 2**63 - 1))
        print(r.randrange(10), r.randrange(-7, 8), r.randrange(100, 0, -7), r.randrange(0, 50, 6))
        print(r.randrange(-2**63, 2**63 - 1, 2**62), r.randrange(2**63 - 1), r.randrange(5, 3, -9))
        for bits in [0, 1, 31, 32, 33, 64, 100, 128]:
            print(r.getrandbits(bits))
        print(r.randbytes(0).hex(), r.randbytes(1).hex(), r.randbytes(11).hex())
"#,
        &[
            "0.0 4 3 7 -259588212016355742",
            "0.0 4 0 65 18",
            "0.0 -4611686018427387904 1288927344666773107 5",
            "0.0 0",
            "0.0 1",
            "0.0 1716703952",
            "0.0 1075916535",
            "0.0 8535213251",
            "0.0 18129192151388919570",
            "0.0 1156881870159667109749961665313",
            "0.0 248348876712029068377242286995086983977",
            "0.0  12 1c441ae614a7b8d99219af",
            "0.0 2 1 7 -7048155917072976836",
            "0.0 7 0 30 36",
            "0.0 -4611686018427387904 4499683446528355980 5",
            "0.0 0",
            "0.0 1",
            "0.0 1794791897",
            "0.0 1674216077",
            "0.0 6153687686",
            "0.0 14151560559444937093",
            "0.0 352199859144833058044411250086",
            "0.0 201159087776493506987416854361376479486",
            "0.0  f1 1f8f2b1a39f3c3e6114351",
            "0.0 5 -1 7 554137530599832992",
            "0.0 7 5 79 0",
            "0.0 -4611686018427387904 3429188471858335990 5",
            "0.0 0",
            "0.0 1",
            "0.0 529511124",
            "0.0 1635342798",
            "0.0 2335435112",
            "0.0 4599339987076239173",
            "0.0 492540078747871464460488766361",
            "0.0 295181034233827435081187584291227052061",
            "0.0  c4 f129b2635ed2db288b0dc3",
            "0.0 1 -1 7 -8915747255122008878",
            "0.0 9 7 16 30",
            "0.0 4611686018427387904 1273607186581644456 5",
            "0.0 0",
            "0.0 1",
            "0.0 2019465622",
            "0.0 4109391884",
            "0.0 6155378460",
            "0.0 6321624384212348358",
            "0.0 1147155761121899940946748853302",
            "0.0 306143047789963282162323798571781268179",
            "0.0  b1 92133a1e8b6250a9f475e3",
            "0.0 2 -3 7 8880290829072065038",
            "0.0 6 -4 51 48",
            "0.0 0 6193317643372240956 5",
            "0.0 0",
            "0.0 1",
            "0.0 550524291",
            "0.0 3406319066",
            "0.0 2036975587",
            "0.0 9961391840196265983",
            "0.0 108577605770627488440114300055",
            "0.0 41695472783750469590971678227449042692",
            "0.0  d4 8a96717e6a2233117f2c07",
            "0.0 1 1 7 7859763441088054500",
            "0.0 0 3 51 24",
            "0.0 0 4292685626739120483 5",
            "0.0 0",
            "0.0 1",
            "0.0 1823184232",
            "0.0 761517590",
            "0.0 8208662766",
            "0.0 5671558295520414246",
            "0.0 390085696942078891074461580905",
            "0.0 15003924995251383582690178373312893336",
            "0.0  52 624dc1c14330bf2f284832",
            "0.0 6 0 7 -4254626418384941472",
            "0.0 2 5 65 6",
            "0.0 -9223372036854775808 1883453115612184662 5",
            "0.0 0",
            "0.0 1",
            "0.0 2135248320",
            "0.0 4013716544",
            "0.0 4300257384",
            "0.0 16807004534113538872",
            "0.0 993996761432505221703300787348",
            "0.0 174204482652175245470094131568267273262",
            "0.0  31 3360db8c40fc4885b929b1",
        ],
        async {
            let seeds = [0, 1, -5, 1 << 32, (1 << 40) + 3, -((1_i128 << 64) + 12345), i128::MAX];
            for seed in seeds {
                let r = Random::new(seed);
                print(spaced![
                    r.randint(1, 6)?,
                    r.randint(-3, 3)?,
                    r.randint(7, 7)?,
                    r.randint(i64::MIN, i64::MAX)?
                ]);
                print(spaced![
                    r.randrange(10)?,
                    r.randrange_from(-7, 8)?,
                    r.randrange_by(100, 0, -7)?,
                    r.randrange_by(0, 50, 6)?
                ]);
                print(spaced![
                    r.randrange_by(i64::MIN, i64::MAX, 1 << 62)?,
                    r.randrange(i64::MAX)?,
                    r.randrange_by(5, 3, -9)?
                ]);
                for bits in [0, 1, 31, 32, 33, 64, 100, 128] {
                    print(r.getrandbits(bits)?);
                }
                let hex = |count| -> String {
                    r.randbytes(count).iter().map(|byte| format!("{byte:02x}")).collect()
                };
                print(spaced![hex(0), hex(1), hex(11)]);
            }
            Ok(())
        },
    );
}

#[test]
fn real_numbers() {
    check(
        r#"
import random
async def main():
    for seed in [0, 1, -5, 2**32, 2**40 + 3, 20240607]:
        r = random.Random(seed)
        print(r.random(), r.uniform(-2, 7), r.uniform(5, 5), r.triangular(1, 4), r.triangular(0, 3, 2.5))
        print(r.triangular(2, 2, 2), r.expovariate(3), r.expovariate(-0.25), r.normalvariate(10, 3))
        print(r.gauss(0, 1), r.random(), r.gauss(100, 15), r.gauss(0, 1))
        r.seed(seed + 1)
        print(r.gauss(0, 1), r.random())
"#,
        &[
            "0.0 0.8444218515250481 4.821589626462722 5.0 2.0794097351415424 1.9582033628468123",
            "0.0 2 0.5105149491982276 -1.445674573351401 9.710896464954175",
            "0.0 0.9932497035351971 0.28183784439970383 90.29527554178743 0.0506083644536178",
            "0.0 1.2881847531554629 0.763774618976614",
            "0.0 0.13436424411240122 5.626903632435094 5.0 2.0713592375237155 1.927631487911929",
            "0.0 2 0.35146128802196014 -6.2183474889198385 13.04644350153141",
            "0.0 0.005005283626572444 0.4453871940548014 99.02887359440969 -0.12820270791035804",
            "0.0 2.338166736175902 0.05655136772680869",
            "0.0 0.6229016948897019 4.676082903346565 5.0 3.4911053910648358 2.355682345001015",
            "0.0 2 0.009811398379151749 -2.5066121993314923 9.788713854063738",
            "0.0 -1.2572075323652374 0.013114189588902203 94.68007300730335 0.16802635835587287",
            "0.0 0.040855944793104046 0.396058242610681",
            "0.0 0.11299430095636409 1.7604597837663554 5.0 2.678162862377607 2.4581197406525255",
            "0.0 2 0.26293168806497835 -2.4045743563135087 14.712055184680448",
            "0.0 -0.5390265589490375 0.9273898859488708 112.27587929693522 1.135929884560438",
            "0.0 0.14324638870965115 0.4145826832477072",
            "0.0 0.21978710637116716 2.945218991516983 5.0 3.710702358577438 2.618545684355615",
            "0.0 2 0.08893792844466396 -3.254987115361417 11.67560060473182",
            "0.0 -1.7761758772083185 0.7930954581072206 83.19854343784775 -0.6405093690489371",
            "0.0 0.1821741545066274 0.08024030129281745",
            "0.0 0.5628733220179614 2.952815120887549 5.0 2.671699976177255 2.070495747534018",
            "0.0 2 0.45005192902313523 -0.5509489298360521 11.347046424359174",
            "0.0 1.1647759228429078 0.8685197460873176 89.82031488121902 -0.4231976399672196",
            "0.0 1.008632026030592 0.7011697954795691",
        ],
        async {
            for seed in [0, 1, -5, 1 << 32, (1_i64 << 40) + 3, 20_240_607] {
                let r = Random::new(seed);
                print(spaced![
                    repr(r.random()),
                    repr(r.uniform(-2.0, 7.0)),
                    repr(r.uniform(5.0, 5.0)),
                    repr(r.triangular(1.0, 4.0, None)),
                    repr(r.triangular(0.0, 3.0, Some(2.5)))
                ]);
                print(spaced![
                    r.triangular(2.0, 2.0, Some(2.0)),
                    repr(r.expovariate(3.0)?),
                    repr(r.expovariate(-0.25)?),
                    repr(r.normalvariate(10.0, 3.0))
                ]);
                print(spaced![
                    repr(r.gauss(0.0, 1.0)),
                    repr(r.random()),
                    repr(r.gauss(100.0, 15.0)),
                    repr(r.gauss(0.0, 1.0))
                ]);
                r.seed(seed + 1);
                print(spaced![repr(r.gauss(0.0, 1.0)), repr(r.random())]);
            }
            Ok(())
        },
    );
}

#[test]
fn many_in_a_row() {
    check(
        r#"
import random, struct
def digest(draw):
    mixed = 0
    for _ in range(20_000):
        bits = struct.unpack("<Q", struct.pack("<d", draw()))[0]
        mixed = (mixed * 6364136223846793005 + bits) % 2**64
    return mixed
async def main():
    r = random.Random(7)
    print(digest(r.random))
    print(digest(lambda: float(r.randrange(10**12))))
    print(digest(lambda: r.uniform(0.1, 0.9)))
    print(digest(lambda: r.triangular(1, 2, 1.25)))
"#,
        &[
            "0.0 885514198977985116",
            "0.0 2316771341836181504",
            "0.0 3663110548359790081",
            "0.0 4966001346858140447",
        ],
        async {
            let r = Random::new(7);
            print(digest(|| r.random()));
            print(digest(|| r.randrange(1_000_000_000_000).unwrap() as f64));
            print(digest(|| r.uniform(0.1, 0.9)));
            print(digest(|| r.triangular(1.0, 2.0, Some(1.25))));
            Ok(())
        },
    );
}

/// Mixes the bits of many numbers, in their order.
fn digest(draw: impl Fn() -> f64) -> u64 {
    (0..20_000).fold(0_u64, |mixed, _| {
        mixed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(draw().to_bits())
    })
}

/// With glibc under both, as CPython has it on Linux.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn many_from_distributions_in_a_row() {
    check(
        r#"
import random, struct
def digest(draw):
    mixed = 0
    for _ in range(20_000):
        bits = struct.unpack("<Q", struct.pack("<d", draw()))[0]
        mixed = (mixed * 6364136223846793005 + bits) % 2**64
    return mixed
async def main():
    r = random.Random(8)
    print(digest(lambda: r.expovariate(2)))
    print(digest(lambda: r.gauss(1, 3)))
    print(digest(lambda: r.normalvariate(1, 3)))
"#,
        &["0.0 17439129557703017158", "0.0 74496414886475668", "0.0 15441278537026922914"],
        async {
            let r = Random::new(8);
            print(digest(|| r.expovariate(2.0).unwrap()));
            print(digest(|| r.gauss(1.0, 3.0)));
            print(digest(|| r.normalvariate(1.0, 3.0)));
            Ok(())
        },
    );
}

#[test]
fn choosing_from_sequences() {
    check(
        r#"
import random
async def main():
    for seed in [0, 1, -5, 2**32, 2**40 + 3]:
        r = random.Random(seed)
        letters = list("abcdefgh")
        print(r.choice(letters), r.choice(letters), *r.choices(letters, k=5))
        print(*r.choices("abc", [0.5, 0, 2], k=6), *r.choices("abc", [1, 1, 0], k=3), *r.choices("a", [1], k=2))
        r.shuffle(letters)
        print(*letters)
        print(*r.sample(letters, 0), *r.sample(letters, 3), *r.sample(letters, 8))
        for n, k in [(21, 5), (22, 5), (85, 6), (86, 6), (1045, 21), (1046, 21), (1045, 22)]:
            print(*r.sample(range(n), k))
"#,
        &[
            "0.0 g g a h d h g",
            "0.0 c c c c a a a b b a a",
            "0.0 d e b g f a h c",
            "0.0 a g b g f c a b d h e",
            "0.0 12 0 15 10 7",
            "0.0 10 2 6 18 7",
            "0.0 30 18 69 57 11 10",
            "0.0 40 65 62 13 38 70",
            "0.0 596 255 681 416 589 911 187 788 649 495 594 376 387 382 67 532 975 141 183 266 306",
            "0.0 79 164 801 564 482 440 858 563 922 1008 731 168 664 236 996 686 389 497 33 555 239",
            "0.0 451 761 349 681 872 127 206 299 448 92 151 54 254 386 245 801 187 758 237 74 44 398",
            "0.0 c b c d d f g",
            "0.0 a a c c c a a b a a a",
            "0.0 c d b f e g h a",
            "0.0 h g c f h a g d e c b",
            "0.0 14 9 0 13 3",
            "0.0 5 20 9 3 10",
            "0.0 64 54 84 24 38 36",
            "0.0 75 63 64 50 4 61",
            "0.0 497 827 848 354 751 767 177 898 1041 221 335 805 758 1002 60 961 89 631 806 348 345",
            "0.0 1028 464 25 408 475 828 704 723 940 551 11 785 264 420 872 114 985 746 409 1033 846",
            "0.0 993 730 848 708 3 678 938 57 470 362 370 187 522 66 144 170 34 927 29 575 511 550",
            "0.0 e f g h f h a",
            "0.0 c c c c a c a b b a a",
            "0.0 c h f a g d b e",
            "0.0 f h c c h b d g a f e",
            "0.0 17 6 5 19 12",
            "0.0 9 0 11 13 5",
            "0.0 18 33 8 42 38 77",
            "0.0 75 0 76 43 8 39",
            "0.0 727 626 984 646 378 985 967 360 116 524 46 732 827 37 857 749 770 18 927 95 370",
            "0.0 402 243 503 946 705 726 513 947 221 752 605 75 886 186 426 697 742 303 696 564 188",
            "0.0 639 648 627 363 160 304 633 990 330 99 165 831 65 486 704 512 933 863 298 114 67 1010",
            "0.0 b f d a e g c",
            "0.0 c c a c c c a a b a a",
            "0.0 d a e g h c f b",
            "0.0 e a h d g c b e f h a",
            "0.0 7 5 2 11 14",
            "0.0 13 14 5 4 2",
            "0.0 31 33 23 34 62 50",
            "0.0 5 36 23 34 81 59",
            "0.0 848 84 602 19 506 428 862 496 351 94 143 185 318 253 449 146 764 134 319 916 608",
            "0.0 134 142 185 950 481 180 607 509 411 478 145 790 110 1027 253 848 677 866 568 711 736",
            "0.0 988 573 291 26 123 387 452 262 612 506 65 96 805 128 144 110 457 761 372 1015 729 826",
            "0.0 d a e a h h g",
            "0.0 c c c c c c b a b a a",
            "0.0 c f b e g d a h",
            "0.0 g f d e d b h f g a c",
            "0.0 7 2 17 5 0",
            "0.0 4 2 20 14 12",
            "0.0 61 5 62 70 23 10",
            "0.0 18 37 42 39 27 55",
            "0.0 240 834 649 1032 223 156 739 180 1026 747 4 793 185 115 170 1018 708 2 439 870 549",
            "0.0 458 638 968 857 771 120 101 265 551 745 629 287 239 904 66 151 610 1027 864 757 256",
            "0.0 755 235 236 1011 591 742 98 364 1029 511 107 65 411 952 194 351 534 907 337 827 910 866",
        ],
        async {
            for seed in [0, 1, -5, 1 << 32, (1_i64 << 40) + 3] {
                let r = Random::new(seed);
                let mut letters: Vec<char> = ('a'..='h').collect();
                let mut line = vec![r.choice(&letters)?, r.choice(&letters)?];
                line.extend(r.choices(&letters, 5)?);
                print(words(&line));
                let mut line = r.choices_weighted(&['a', 'b', 'c'], &[0.5, 0.0, 2.0], 6)?;
                line.extend(r.choices_weighted(&['a', 'b', 'c'], &[1.0, 1.0, 0.0], 3)?);
                line.extend(r.choices_weighted(&['a'], &[1.0], 2)?);
                print(words(&line));
                r.shuffle(&mut letters);
                print(words(&letters));
                let mut line = r.sample(&letters, 0)?;
                line.extend(r.sample(&letters, 3)?);
                line.extend(r.sample(&letters, 8)?);
                print(words(&line));
                for (n, k) in
                    [(21, 5), (22, 5), (85, 6), (86, 6), (1045, 21), (1046, 21), (1045, 22)]
                {
                    let all: Vec<usize> = (0..n).collect();
                    print(words(&r.sample(&all, k)?));
                }
            }
            Ok(())
        },
    );
}

/// What `print(*values)` prints.
fn words<T: ToString>(values: &[T]) -> String {
    values.iter().map(T::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_cannot_be_drawn_raises() {
    check(
        r#"
import random
async def main():
    r = random.Random(3)
    for draw in [
        lambda: r.randint(5, 4),
        lambda: r.randint(2**63 - 1, 2**63 - 2),
        lambda: r.randrange(0),
        lambda: r.randrange(3, 3),
        lambda: r.randrange(5, 3, 1),
        lambda: r.randrange(3, 5, -2),
        lambda: r.randrange(5, 3, 2),
        lambda: r.randrange(1, 2, 0),
        lambda: r.getrandbits(-1),
        lambda: r.choice([]),
        lambda: r.choices([], k=1),
        lambda: r.choices([], [], k=1),
        lambda: r.choices("ab", [1], k=1),
        lambda: r.choices("ab", [1, -1], k=1),
        lambda: r.choices("ab", [1, float("inf")], k=1),
        lambda: r.choices("ab", [1, float("nan")], k=1),
        lambda: r.sample("ab", 3),
        lambda: r.expovariate(0),
    ]:
        try:
            draw()
        except Exception as error:
            print(repr(error))
    print(r.choices([], k=0), r.random())
"#,
        &[
            "0.0 ValueError('empty range in randrange(5, 5)')",
            "0.0 ValueError('empty range in randrange(9223372036854775807, 9223372036854775807)')",
            "0.0 ValueError('empty range for randrange()')",
            "0.0 ValueError('empty range in randrange(3, 3)')",
            "0.0 ValueError('empty range in randrange(5, 3)')",
            "0.0 ValueError('empty range in randrange(3, 5, -2)')",
            "0.0 ValueError('empty range in randrange(5, 3, 2)')",
            "0.0 ValueError('zero step for randrange()')",
            "0.0 ValueError('number of bits must be non-negative')",
            "0.0 IndexError('Cannot choose from an empty sequence')",
            "0.0 IndexError('list index out of range')",
            "0.0 IndexError('list index out of range')",
            "0.0 ValueError('The number of weights does not match the population')",
            "0.0 ValueError('Total of weights must be greater than zero')",
            "0.0 ValueError('Total of weights must be finite')",
            "0.0 ValueError('Total of weights must be finite')",
            "0.0 ValueError('Sample larger than population or is negative')",
            "0.0 ZeroDivisionError('float division by zero')",
            "0.0 [] 0.36995516654807925",
        ],
        async {
            let r = Random::new(3);
            let none: [char; 0] = [];
            let ab = ['a', 'b'];
            let errors = [
                r.randint(5, 4).err(),
                r.randint(i64::MAX, i64::MAX - 1).err(),
                r.randrange(0).err(),
                r.randrange_from(3, 3).err(),
                r.randrange_by(5, 3, 1).err(),
                r.randrange_by(3, 5, -2).err(),
                r.randrange_by(5, 3, 2).err(),
                r.randrange_by(1, 2, 0).err(),
                r.getrandbits(-1).err(),
                r.choice(&none).err(),
                r.choices(&none, 1).err(),
                r.choices_weighted(&none, &[], 1).err(),
                r.choices_weighted(&ab, &[1.0], 1).err(),
                r.choices_weighted(&ab, &[1.0, -1.0], 1).err(),
                r.choices_weighted(&ab, &[1.0, f64::INFINITY], 1).err(),
                r.choices_weighted(&ab, &[1.0, f64::NAN], 1).err(),
                r.sample(&ab, 3).err(),
                r.expovariate(0.0).err(),
            ];
            for error in errors.into_iter().flatten() {
                print(error.repr());
            }
            print(format!("{:?} {}", r.choices(&none, 0)?, repr(r.random())));
            Ok(())
        },
    );
}

#[test]
fn clones_draw_from_one_row_of_numbers() {
    let (one, other) = (Random::new(9), Random::new(9));
    let clone = one.clone();
    let drawn = [one.random(), clone.gauss(0.0, 1.0), one.gauss(0.0, 1.0), clone.random()];
    let expected = [other.random(), other.gauss(0.0, 1.0), other.gauss(0.0, 1.0), other.random()];
    assert_eq!(drawn, expected);
    assert!(drawn[1] != drawn[2]);
}

#[test]
fn more_bits_than_fit_are_refused() {
    for bits in [129, i64::MAX] {
        assert!(Random::new(0).getrandbits(bits).unwrap_err().is("OverflowError"));
    }
}

/// Values to which the correctly rounded ones were computed with 60 digits, by Python's `decimal`;
/// the first of each are those where glibc or the usual series go wrong.
#[expect(clippy::approx_constant, reason = "a table of numbers")]
#[test]
fn elementary_functions_are_correctly_rounded() {
    let logarithms = [
        (0.3941084474810205, -0.9311291601440654),
        (0.7121404936859255, -0.3394800644431115),
        (0.9292594988775199, -0.07336724776660385),
        (0.6486172733638972, -0.43291245369681464),
        (1.0, 0.0),
        (0.5, -0.6931471805599453),
        (1.1102230246251565e-16, -36.7368005696771),
        (0.9999999999999999, -1.1102230246251565e-16),
        (0.7071067811865476, -0.3465735902799726),
        (0.7071067811865475, -0.34657359027997275),
    ];
    for (x, expected) in logarithms {
        assert_eq!(rounded::ln(x), expected, "ln {x}");
    }
    let sines = [
        (2.9276662034337564, 0.21229847270425842),
        (3.272196163728605, -0.13023253663152087),
        (6.0509642160823605, -0.23013956118436243),
        (0.0, 0.0),
        (1.5707963267948966, 1.0),
        (3.141592653589793, 1.2246467991473532e-16),
        (4.71238898038469, -1.0),
        (6.283185307179585, -1.133107779529596e-15),
        (0.7853981633974483, 0.7071067811865475),
    ];
    for (x, expected) in sines {
        assert_eq!(rounded::sin(x), expected, "sin {x}");
    }
    let cosines = [
        (4.910221712177494, 0.19654479874292416),
        (1.2478074877744856, 0.3174022632137226),
        (1.1666899945444449, 0.3931972309692671),
        (0.0, 1.0),
        (1.5707963267948966, 6.123233995736766e-17),
        (3.141592653589793, -1.0),
        (4.71238898038469, -1.8369701987210297e-16),
        (0.7853981633974483, 0.7071067811865476),
    ];
    for (x, expected) in cosines {
        assert_eq!(rounded::cos(x), expected, "cos {x}");
    }
}

/// The bounds are twice what was measured on 300 000 values.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn elementary_functions_are_nearly_always_those_of_glibc() {
    fn compare(range: f64, glibc: fn(f64) -> f64, ours: fn(f64) -> f64) {
        let r = Random::new(5);
        let mut different = 0;
        for _ in 0..20_000 {
            let x = (1.0 - r.random()) * range;
            let apart = glibc(x).to_bits().abs_diff(ours(x).to_bits());
            assert!(apart <= 1, "{x} is {apart} steps off");
            different += apart;
        }
        assert!(different <= 60, "{different} of 20000 differ");
    }
    compare(1.0, f64::ln, rounded::ln);
    compare(std::f64::consts::TAU, f64::sin, rounded::sin);
    compare(std::f64::consts::TAU, f64::cos, rounded::cos);
}
