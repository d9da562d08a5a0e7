//! What a step makes of a base rate.

use super::annealing::{END_DIVISOR, START_DIVISOR};
use crate::real::Real;

/// The rate of one update as a function of the base rate: what depends on the step alone is in it, so that many base
/// rates share it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    /// What the schedule's shape makes of the base rate.
    pub(super) part: Part,
    /// What warm-up leaves of that, above 0 and at most 1.
    pub(super) warmup: f64,
}

/// What a shape makes of a base rate at one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// The base rate times this.
    Times(f64),
    /// This share of the way from the base rate to a fixed one.
    Towards { rate: f64, share: f64 },
    /// This share of the way that the one-cycle rises.
    Rising { share: f64 },
    /// This share of the way that the one-cycle falls.
    Falling { share: f64 },
}

impl Factor {
    /// The rate for this base rate: one formula for single rates and for lanes.
    #[inline]
    pub fn applied<R: Real>(self, lr: R) -> R {
        let rate = match self.part {
            Part::Times(factor) => lr * factor,
            Part::Towards { rate, share } => between(lr, R::constant(rate), share),
            Part::Rising { share } => between(lr / START_DIVISOR, lr, share),
            Part::Falling { share } => between(lr, lr / START_DIVISOR / END_DIVISOR, share),
        };
        rate * self.warmup
    }
}

/// `from` at 0 and `to` at 1, exactly; between them elsewhere.
#[inline]
fn between<R: Real>(from: R, to: R, share: f64) -> R {
    from * (1.0 - share) + to * share
}
