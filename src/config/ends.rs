//! Numbers that are asked for beside a config: rates between two ends, how many of them, sizes.

use super::edit::rounded_power;
use crate::error::{Error, Kind, Problem};
use crate::number::{parse, shortest};

/// The most rates that are swept at once: more than a screen has columns.
pub const MOST_RATES: usize = 10_000;

/// What an end of the rates can be.
const RATE: &str = "a positive number, as in 0.001";

/// `count` rates from one end to the other, both exact, evenly apart on a logarithmic axis: with the decimal logarithms a
/// and b of the ends, 10^(a + (b - a) i / (count - 1)).
pub fn rates_between(from: f64, to: f64, count: usize) -> Vec<f64> {
    let (a, b) = (libm::log10(from), libm::log10(to));
    let rate = |i: usize| match i {
        0 => from,
        _ if i + 1 == count => to,
        _ => libm::pow(10.0, a + (b - a) * i as f64 / (count - 1) as f64),
    };
    (0..count).map(rate).collect()
}

/// Rates to three digits, as people write them; of neighbours that come out the same, one.
pub fn three_digits(rates: &[f64]) -> Vec<f64> {
    let mut rounded: Vec<f64> = rates.iter().map(|&rate| rounded_power(libm::log10(rate), 2, 0)).collect();
    rounded.dedup();
    rounded
}

/// Reads the words for [`rates_between`]: positive numbers, the first below the second, and 2 to [`MOST_RATES`] rates.
///
/// # Errors
/// Names `from`, `to` or `count`, its value and what is allowed.
pub fn read_rates(from: &str, to: &str, count: &str) -> Result<Vec<f64>, Error> {
    let (low, high) = (read_end("from", from)?, read_end("to", to)?);
    if low >= high {
        let expected = format!("a number above {}, where the rates start", shortest(low));
        return Err(wrong("to", to, Problem::OutOfRange, &expected));
    }
    let expected = format!("a whole number from 2 to {MOST_RATES}");
    let problem = match parse(count.trim_matches(' ')) {
        None => unreadable(count),
        Some(value) if !(2.0..=MOST_RATES as f64).contains(&value) => Problem::OutOfRange,
        Some(value) if value.fract() != 0.0 => Problem::NotWhole,
        Some(value) => return Ok(rates_between(low, high, value as usize)),
    };
    Err(wrong("count", count, problem, &expected))
}

/// Checks rates that come as numbers.
///
/// # Errors
/// Names the first rate that is not positive and finite, or how many there are where they are too many.
pub fn check_rates(rates: &[f64]) -> Result<(), Error> {
    check_size("rates", rates.len(), 0, MOST_RATES)?;
    match rates.iter().find(|&&rate| !(rate > 0.0 && rate < f64::INFINITY)) {
        Some(&rate) => Err(wrong("lr", &shortest(rate), Problem::OutOfRange, RATE)),
        None => Ok(()),
    }
}

/// Checks a whole number, such as how many columns a map has.
pub(crate) fn check_size(key: &'static str, value: usize, least: usize, most: usize) -> Result<(), Error> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let expected = format!("a whole number from {least} to {most}");
    Err(wrong(key, &value.to_string(), Problem::OutOfRange, &expected))
}

fn read_end(key: &'static str, words: &str) -> Result<f64, Error> {
    match parse(words.trim_matches(' ')) {
        Some(rate) if rate > 0.0 && rate < f64::INFINITY => Ok(rate),
        Some(_) => Err(wrong(key, words, Problem::OutOfRange, RATE)),
        None => Err(wrong(key, words, unreadable(words), RATE)),
    }
}

fn unreadable(words: &str) -> Problem {
    if words.trim_matches(' ').is_empty() { Problem::Empty } else { Problem::NotANumber }
}

pub(crate) fn wrong(key: &'static str, words: &str, problem: Problem, expected: &str) -> Error {
    Kind::Value { key, value: words.to_owned(), problem, expected: expected.to_owned() }.into()
}
