//! The hyperparameters as keys: in what range, and of which optimizer.

use super::read::Range;
use super::{Key, read};
use crate::error::Error;
use crate::number::shortest;
use crate::optimizer::{Hyperparameter, Optimizer};

/// Reads the words for a hyperparameter that some of the optimizers have, in PyTorch's ranges; but RMSProp's alpha,
/// which may be any number from 0 on there, has to be a decay rate.
#[inline(never)]
pub(super) fn parse(hyperparameter: Hyperparameter, words: &str, optimizers: &[Optimizer]) -> Result<f64, Error> {
    let key = Key::Hyperparameter(hyperparameter);
    let number = |expected: &str, range: Range| read::number(key, words, expected, range);
    let value = match hyperparameter {
        Hyperparameter::Beta1 | Hyperparameter::Beta2 | Hyperparameter::Alpha => {
            number("a number from 0 to below 1, as in 0.9", Range::Below(0.0, 1.0))
        }
        Hyperparameter::Rho => number("a number from 0 to 1, as in 0.9", Range::To(0.0, 1.0)),
        Hyperparameter::Momentum if optimizers.iter().any(|optimizer| matches!(optimizer, Optimizer::Nesterov(_))) => {
            number("a number above 0 with nesterov, as in 0.9", Range::Positive)
        }
        Hyperparameter::Momentum => number("a number, 0 or more, as in 0.9", Range::FROM_0),
        Hyperparameter::Eps => number("a number, 0 or more, as in 1e-8", Range::FROM_0),
        Hyperparameter::WeightDecay => number("a number, 0 or more, as in 0.01", Range::FROM_0),
        Hyperparameter::MomentumDecay => number("a number, 0 or more, as in 0.004", Range::FROM_0),
        Hyperparameter::BiasCorrection => read::name(key, words, &["off", "on"]).map(|chosen| chosen as f64),
    }?;
    let has = |optimizer: &&Optimizer| optimizer.get(hyperparameter).is_some();
    if optimizers.iter().any(|optimizer| has(&optimizer)) {
        return Ok(value);
    }
    let names: Vec<_> = Optimizer::ALL.iter().filter(has).map(Optimizer::name).collect();
    Err(read::unused(key, words, "optimizers", &format!("only with {}", names.join(", "))))
}

/// The value as it stands in a text.
pub(super) fn text(hyperparameter: Hyperparameter, value: f64) -> String {
    match hyperparameter {
        Hyperparameter::BiasCorrection => if value == 0.0 { "off" } else { "on" }.to_owned(),
        _ => shortest(value),
    }
}
