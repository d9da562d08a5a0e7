//! What is wrong with a text: one line that names the key, the value and what is allowed.

use std::fmt::{self, Display, Formatter};
use std::ops::RangeInclusive;

use crate::config::Key;

/// A text that is not a config. Displays as one line, such as
/// `lr: "fast" is not a number (expected positive numbers, as in 0.001,0.01)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A key that no table has; `known` lists those that there are.
    UnknownKey { key: String, known: String },
    /// A percent sequence in the value that is not two hex digits, or bytes that are not UTF-8.
    Encoding { key: String, value: String },
    /// The same key twice in one text.
    RepeatedKey { key: String },
    /// What is wrong with one value of a known key.
    Value { key: &'static str, value: String, problem: Problem, expected: String },
    /// Lists that multiply to more runs than there is room for.
    TooManyRuns { key: Key, runs: usize },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    Empty,
    EmptyItem,
    RepeatedItem(String),
    NotANumber,
    NotWhole,
    /// An item without a colon, where pairs are expected.
    NotAPair,
    OutOfRange,
    UnknownName,
    /// So many items, where another number of them is expected.
    Count(usize),
    /// No surface, optimizer or schedule that was chosen uses the key.
    Unused(&'static str),
    /// Another key has to be given with it.
    Needs(Key),
    /// The loss at the start overflows.
    LossNotFinite,
}

/// The most characters of a text that a message quotes.
const QUOTED: usize = 40;

/// Characters that take no room, or turn the text around them: they must not hide in a message.
const INVISIBLE: [RangeInclusive<char>; 9] = [
    '\u{ad}'..='\u{ad}',
    '\u{61c}'..='\u{61c}',
    '\u{180e}'..='\u{180e}',
    '\u{200b}'..='\u{200f}',
    '\u{2028}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{feff}'..='\u{feff}',
    '\u{fff9}'..='\u{fffb}',
    '\u{e0000}'..='\u{e0fff}',
];

/// The text on one line: cut after [`QUOTED`] characters, control and invisible characters as escapes.
fn bare(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars().take(QUOTED) {
        if c.is_control() || INVISIBLE.iter().any(|range| range.contains(&c)) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    let cut = if text.chars().nth(QUOTED).is_some() { "…" } else { "" };
    format!("{shown}{cut}")
}

/// The text on one line, in double quotes.
fn quote(text: &str) -> String {
    format!("\"{}\"", bare(text))
}

impl Error {
    /// The key whose value has no effect, where that is what is wrong.
    pub(crate) fn unused(&self) -> Option<&'static str> {
        match &self.0 {
            Kind::Value { key, problem: Problem::Unused(_), .. } => Some(key),
            _ => None,
        }
    }

    /// Whether there is no room for so many runs.
    pub(crate) fn is_of_too_many_runs(&self) -> bool {
        matches!(self.0, Kind::TooManyRuns { .. })
    }

    /// The key that has to be given too, where that is what is wrong.
    pub(crate) fn missing(&self) -> Option<Key> {
        match &self.0 {
            Kind::Value { problem: Problem::Needs(key), .. } => Some(*key),
            _ => None,
        }
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self(kind)
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::UnknownKey { key, known } => write!(f, "{}: unknown key (expected one of {known})", quote(key)),
            Kind::Encoding { key, value } => write!(
                f,
                "{}: {} is not percent-encoded UTF-8 (expected two hex digits of UTF-8 after each %, %25 for % itself)",
                bare(key),
                quote(value)
            ),
            Kind::RepeatedKey { key } => write!(f, "{}: given twice (expected each key at most once)", bare(key)),
            Kind::TooManyRuns { key, runs } => write!(
                f,
                "{}: {runs} runs are too many (expected at most {}: optimizers x schedules x rates)",
                key.name(),
                crate::config::MOST_RUNS
            ),
            Kind::Value { key, value, problem, expected } => {
                write!(f, "{key}: ")?;
                match problem {
                    Problem::Empty => write!(f, "the value is empty")?,
                    Problem::EmptyItem => write!(f, "{} has an empty item", quote(value))?,
                    Problem::RepeatedItem(item) => write!(f, "{} repeats {}", quote(value), quote(item))?,
                    Problem::NotANumber => write!(f, "{} is not a number", quote(value))?,
                    Problem::NotWhole => write!(f, "{} is not a whole number", quote(value))?,
                    Problem::NotAPair => write!(f, "{} is not a pair", quote(value))?,
                    Problem::OutOfRange => write!(f, "{} is out of range", quote(value))?,
                    Problem::UnknownName => write!(f, "{} is unknown", quote(value))?,
                    Problem::Count(1) => write!(f, "{} is only one item", quote(value))?,
                    Problem::Count(count) => write!(f, "{} has {count} items", quote(value))?,
                    Problem::Unused(what) => write!(f, "{} has no effect on the chosen {what}", quote(value))?,
                    Problem::Needs(key) => write!(f, "{} needs {}", quote(value), key.name())?,
                    Problem::LossNotFinite => write!(f, "the loss at {} is not finite", quote(value))?,
                }
                write!(f, " (expected {expected})")
            }
        }
    }
}

impl std::error::Error for Error {}
