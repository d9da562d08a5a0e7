//! Which schedule has which parameter, in what range.

use super::read::Range;
use super::{Key, MOST_STEPS, read};
use crate::error::Error;
use crate::number::shortest;
use crate::schedule::{Plateau, Schedule, Shape};

/// The most points of a piecewise schedule: more than a person draws, and a text that still fits an address.
const MOST_POINTS: usize = 100;

/// What a parameter can be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Whole(usize),
    Points(Vec<(usize, f64)>),
}

/// The schedule's value for a key; `None` where it does not have that one.
#[inline(never)]
pub(super) fn get(schedule: &Schedule, key: Key) -> Option<Value> {
    use Value::{Number, Points, Whole};
    match (key, &schedule.shape) {
        (Key::Warmup, _) => Some(Whole(schedule.warmup)),
        (
            Key::Gamma,
            &Shape::Step { gamma, .. } | &Shape::Exponential { gamma } | &Shape::Plateau(Plateau { gamma, .. }),
        ) => Some(Number(gamma)),
        (Key::Every, &Shape::Step { every, .. } | &Shape::CosineRestarts { every, .. }) => Some(Whole(every)),
        (Key::Power, &Shape::Polynomial { power }) => Some(Number(power)),
        (
            Key::MinLr,
            &Shape::Linear { min_lr }
            | &Shape::Cosine { min_lr }
            | &Shape::CosineRestarts { min_lr, .. }
            | &Shape::Plateau(Plateau { min_lr, .. }),
        ) => Some(Number(min_lr)),
        (Key::Patience, &Shape::Plateau(Plateau { patience, .. })) => Some(Whole(patience)),
        (Key::Points, Shape::Piecewise { points }) => Some(Points(points.clone())),
        _ => None,
    }
}

/// Gives the schedule another value for a key, where it has that one.
#[inline(never)]
pub(super) fn set(schedule: &mut Schedule, key: Key, value: &Value) {
    match (key, &mut schedule.shape, value) {
        (Key::Warmup, _, &Value::Whole(value)) => schedule.warmup = value,
        (
            Key::Gamma,
            Shape::Step { gamma, .. } | Shape::Exponential { gamma } | Shape::Plateau(Plateau { gamma, .. }),
            &Value::Number(value),
        ) => *gamma = value,
        (Key::Every, Shape::Step { every, .. } | Shape::CosineRestarts { every, .. }, &Value::Whole(value)) => {
            *every = value;
        }
        (Key::Power, Shape::Polynomial { power }, &Value::Number(value)) => *power = value,
        (
            Key::MinLr,
            Shape::Linear { min_lr }
            | Shape::Cosine { min_lr }
            | Shape::CosineRestarts { min_lr, .. }
            | Shape::Plateau(Plateau { min_lr, .. }),
            &Value::Number(value),
        ) => *min_lr = value,
        (Key::Patience, Shape::Plateau(Plateau { patience, .. }), &Value::Whole(value)) => *patience = value,
        (Key::Points, Shape::Piecewise { points }, Value::Points(value)) => points.clone_from(value),
        _ => {}
    }
}

/// Reads the words for a key, in PyTorch's ranges; a factor stays below 1, as its plateau demands.
#[inline(never)]
pub(super) fn parse(key: Key, words: &str) -> Result<Value, Error> {
    match key {
        Key::Every => read::whole(key, words, 1, MOST_STEPS).map(Value::Whole),
        Key::Warmup | Key::Patience => read::whole(key, words, 0, MOST_STEPS).map(Value::Whole),
        Key::Points => read::points(key, words, MOST_POINTS).map(Value::Points),
        Key::Gamma => {
            let expected = "a number from 0 to below 1, as in 0.5";
            read::number(key, words, expected, Range::Below(0.0, 1.0)).map(Value::Number)
        }
        _ => {
            let expected =
                if key == Key::Power { "a number, 0 or more, as in 2" } else { "a number, 0 or more, as in 1e-5" };
            read::number(key, words, expected, Range::FROM_0).map(Value::Number)
        }
    }
}

/// The value as it stands in a text.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Number(value) => shortest(*value),
        Value::Whole(value) => value.to_string(),
        Value::Points(points) => {
            let points: Vec<_> = points.iter().map(|(step, factor)| format!("{step}:{}", shortest(*factor))).collect();
            points.join(",")
        }
    }
}

/// Whether a value of the schedule is another than its own default.
pub(super) fn is_set(schedule: &Schedule, key: Key) -> bool {
    Schedule::by_name(schedule.name()).and_then(|default| get(&default, key)) != get(schedule, key)
}

/// The names of the schedules that have a key.
pub(super) fn users(key: Key) -> Vec<&'static str> {
    Schedule::ALL.iter().filter(|schedule| get(schedule, key).is_some()).map(Schedule::name).collect()
}
