//! Decimal text to the nearest double.
//!
//! The standard library's parser is as exact and faster, but it brings a table of ten kilobytes to every visitor.

use std::cmp::Ordering;

use super::big::{Big, parts};

/// Reads `-?digits[.digits][e[+-]digits]`, also with nothing before the dot, to the nearest double, ties to even. Not
/// inf, nan, hex or a leading plus. `None` where the text is not of that form; infinite where the number is too large.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let Written { negative, whole, fraction, exponent } = Written::read(text)?;
    let digits = || whole.bytes().chain(fraction.bytes());
    let zeros = digits().take_while(|&byte| byte == b'0').count();
    let mut significant: Vec<u8> = digits().skip(zeros).take(MOST_DIGITS).map(|byte| byte - b'0').collect();
    let dropped = (whole.len() + fraction.len() - zeros).saturating_sub(MOST_DIGITS);
    if digits().skip(zeros).skip(MOST_DIGITS).any(|byte| byte != b'0') {
        // Far beyond the last digit that can matter; it only has to break a tie.
        *significant.last_mut()? |= 1;
    }
    let exponent = exponent.saturating_add(dropped as i64).saturating_sub(fraction.len() as i64);
    let size = nearest(&significant, exponent);
    Some(if negative { -size } else { size })
}

/// Reads the same grammar to the very whole number that it says. `None` where that is not one of 64 bits.
pub(crate) fn parse_whole(text: &str) -> Option<u64> {
    let Written { negative, whole, fraction, exponent } = Written::read(text)?;
    let mut digits = whole.bytes().chain(fraction.bytes());
    // So many of the digits, and zeros after them, stand before the dot.
    let places = (whole.len() as i64).saturating_add(exponent).clamp(0, FAR);
    let mut value = 0_u64;
    for _ in 0..places {
        let digit = digits.next().unwrap_or(b'0') - b'0';
        value = value.checked_mul(10)?.checked_add(u64::from(digit))?;
    }
    // Nor is it whole where the dot stands before the first of them.
    let rest_is_zero = digits.all(|byte| byte == b'0');
    (rest_is_zero && !(negative && value > 0)).then_some(value)
}

/// The parts of a number in text.
struct Written<'a> {
    negative: bool,
    /// The digits before the dot and after it, at least one.
    whole: &'a str,
    fraction: &'a str,
    exponent: i64,
}

impl<'a> Written<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once('e') {
            Some((mantissa, exponent)) => (mantissa, self::exponent(exponent)?),
            None => (text, 0),
        };
        let (negative, unsigned) = mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            None if !unsigned.is_empty() => (unsigned, ""),
            _ => return None,
        };
        let is_decimal = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        is_decimal.then_some(Self { negative, whole, fraction, exponent })
    }
}

/// More digits than any half-way point between two doubles has.
const MOST_DIGITS: usize = 800;

/// A power of ten larger than any that matters, for exponents of any length.
const FAR: i64 = 1_000_000;

fn exponent(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(sign * digits.bytes().fold(0, |value, byte| (value * 10 + i64::from(byte - b'0')).min(FAR)))
}

/// The double nearest to `digits` x 10^exponent: a guess, mended by exact comparison. W. D. Clinger (1990), How to read
/// floating point numbers accurately, PLDI, algorithm R.
fn nearest(digits: &[u8], exponent: i64) -> f64 {
    let decade = exponent + digits.len() as i64;
    if digits.is_empty() || decade < -330 {
        return 0.0;
    }
    if decade > 310 {
        return f64::INFINITY;
    }
    let leading = digits.iter().take(19).fold(0_u64, |value, &digit| value * 10 + u64::from(digit));
    let mut scale = exponent + digits.len().saturating_sub(19) as i64;
    let mut guess = leading as f64;
    while scale != 0 {
        let step = scale.clamp(-22, 22);
        let power = (0..step.abs()).fold(1.0, |power, _| power * 10.0);
        guess = if step > 0 { guess * power } else { guess / power };
        scale -= step;
    }
    let mut guess = guess.min(f64::MAX);
    let exact = decimal(digits);
    loop {
        // The number lies between the half-way points to the guess's neighbours, or the neighbour is the better guess.
        let (mantissa, power) = parts(guess);
        let above = compare(&exact, exponent, 2 * mantissa + 1, power - 1);
        if above.is_gt() || (above.is_eq() && mantissa % 2 == 1) {
            if guess == f64::MAX {
                return f64::INFINITY;
            }
            guess = guess.next_up();
            continue;
        }
        if mantissa == 0 {
            return guess;
        }
        // Below a power of two, doubles are twice as dense.
        let edge = mantissa == 1 << 52 && power > -1074;
        let (half, power) = if edge { (4 * mantissa - 1, power - 2) } else { (2 * mantissa - 1, power - 1) };
        let below = compare(&exact, exponent, half, power);
        if below.is_lt() || (below.is_eq() && mantissa % 2 == 1) {
            guess = guess.next_down();
            continue;
        }
        return guess;
    }
}

fn decimal(digits: &[u8]) -> Big {
    let mut value = Big::from(0);
    for &digit in digits {
        value.times(10, u32::from(digit));
    }
    value
}

/// Compares exact x 10^exponent with mantissa x 2^power, both sides made whole.
fn compare(exact: &Big, exponent: i64, mantissa: u64, power: i64) -> Ordering {
    let (mut left, mut right) = (exact.clone(), Big::from(mantissa));
    if exponent > 0 { &mut left } else { &mut right }.times_power(5, exponent.unsigned_abs());
    // 10^exponent also has 2^exponent; what remains of the twos goes to the side where it is a factor.
    let twos = exponent - power;
    if twos > 0 { &mut left } else { &mut right }.times_two_to(twos.unsigned_abs());
    left.cmp(&right)
}

// Native only: proptest does not build for wasm32.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_grammar_is_narrow() {
        for text in ["0", "-1", "1.5", ".5", "-.5", "1e5", "1e+5", "1.5e-300", "007"] {
            assert!(parse(text).is_some(), "{text}");
        }
        for text in [
            "", "-", ".", "5.", "+1", "1e", "1e+", "1e1.5", "0x1f", "inf", "NaN", "1_000", "1,5", " 1", "1E5", "−1",
            "١", "--1", "1.2.3",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn whole_numbers_keep_all_their_digits() {
        let cases = [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("0007", Some(7)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("1.8446744073709551615e19", Some(u64::MAX)),
            ("1844674407370955161500e-2", Some(u64::MAX)),
            ("1e19", Some(10_000_000_000_000_000_000)),
            ("1e20", None),
            ("1e999999999999999999999", None),
            ("0e999999999999999999999", Some(0)),
            ("5e-1", None),
            ("0.00e-5", Some(0)),
            (".5e1", Some(5)),
            ("1.5", None),
            ("1.0", Some(1)),
            ("-1", None),
            ("x", None),
            ("", None),
        ];
        for (text, value) in cases {
            assert_eq!(parse_whole(text), value, "{text}");
        }
    }

    #[test]
    fn half_way_cases_and_extremes_are_exact() {
        let long = format!("1{}", "0".repeat(900));
        let tie = "9007199254740993".to_owned() + "." + &"0".repeat(850) + "1";
        for text in [
            "9007199254740993",
            "9007199254740992.999999999999999999",
            &tie,
            &long,
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e309",
            "1e999999999999999999999",
            "1e-999999999999999999999",
            "0e999999",
            "-0",
            "1448997445238699",
            "6631236846766476e-316",
            "3237883913302901289588352412501532174863037669423108059901297049552301970670676565786835742587799557860615776559838283435514391084153169252689190564396459577394618038928365305143463955100356696665629202017331344031730044369360205258345803431471660032699580731300954848363975548690010751530018881758184174569652173110473696022749934638425380623369774736560008997404060967498028389191878963968575439222206416981462690113342524002724385941651051293552601421155333430225237291523843322331326138431477823591142408800030775170625915670728657003151953664260769822494937951845801530895238439819708403389937873241463484205608000027270531106827387907791444918534771598750162812548862768493201518991668028251730299953143924168545708663913273994694463908672332763671875e-1021",
        ] {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_double_reads_back(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(parse(&format!("{value:e}")).map(f64::to_bits), Some(bits));
            prop_assert_eq!(parse(&format!("{value}")).map(f64::to_bits), Some(bits));
        }

        #[test]
        fn every_whole_number_reads_back(value: u64, zeros in 0..5_usize) {
            prop_assert_eq!(parse_whole(&value.to_string()), Some(value));
            prop_assert_eq!(parse_whole(&format!("{value}{}e-{zeros}", "0".repeat(zeros))), Some(value));
        }

        #[test]
        fn any_decimal_is_read_as_the_standard_library_reads_it(text in r"-?[0-9]{1,40}(\.[0-9]{1,40})?(e-?[0-9]{1,3})?") {
            prop_assert_eq!(parse(&text), text.parse().ok());
        }
    }
}
