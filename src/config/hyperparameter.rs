//! Which optimizer has which hyperparameter, in what range.

use super::{Key, read};
use crate::error::Error;
use crate::number::shortest;
use crate::optimizer::{Adam, Optimizer};

/// The keys that belong to optimizers, in the order of the table.
pub(super) const KEYS: &[Key] = &[Key::Beta1, Key::Beta2, Key::Eps, Key::WeightDecay, Key::BiasCorrection];

/// The optimizer's value for a key; `None` where it does not have that one. A switch is 1 or 0.
pub(super) fn get(optimizer: &Optimizer, key: Key) -> Option<f64> {
    let Optimizer::Adam(Adam { beta1, beta2, eps, weight_decay, bias_correction }) = *optimizer;
    match key {
        Key::Beta1 => Some(beta1),
        Key::Beta2 => Some(beta2),
        Key::Eps => Some(eps),
        Key::WeightDecay => Some(weight_decay),
        Key::BiasCorrection => Some(f64::from(bias_correction)),
        _ => None,
    }
}

/// The optimizer with another value for a key; the same one where it does not have that key.
pub(super) fn set(optimizer: Optimizer, key: Key, value: f64) -> Optimizer {
    let Optimizer::Adam(mut adam) = optimizer;
    match key {
        Key::Beta1 => adam.beta1 = value,
        Key::Beta2 => adam.beta2 = value,
        Key::Eps => adam.eps = value,
        Key::WeightDecay => adam.weight_decay = value,
        Key::BiasCorrection => adam.bias_correction = value != 0.0,
        _ => {}
    }
    Optimizer::Adam(adam)
}

/// Reads the words for a key, in PyTorch's ranges.
pub(super) fn parse(key: Key, words: &str) -> Result<f64, Error> {
    match key {
        Key::BiasCorrection => read::name(key, words, &["off", "on"]).map(|chosen| if chosen == 1 { 1.0 } else { 0.0 }),
        Key::Beta1 | Key::Beta2 => {
            read::number(key, words, "a number from 0 to below 1, as in 0.9", |value| (0.0..1.0).contains(&value))
        }
        Key::WeightDecay => read::number(key, words, "a number, 0 or more, as in 0.01", |value| value >= 0.0),
        _ => read::number(key, words, "a number, 0 or more, as in 1e-8", |value| value >= 0.0),
    }
}

/// The value as it stands in a text.
pub(super) fn text(key: Key, value: f64) -> String {
    match key {
        Key::BiasCorrection => if value == 0.0 { "off" } else { "on" }.to_owned(),
        _ => shortest(value),
    }
}
