//! Rates that go from one value to another.

use std::f64::consts::PI;

use super::factor::Part;
use crate::real::Real;

/// What share of the updates the one-cycle rises for, by what it divides lr for its start, and that again for its end:
/// `OneCycleLR`'s `pct_start`, `div_factor` and `final_div_factor`.
const RISE: f64 = 0.3;
pub(super) const START_DIVISOR: f64 = 25.0;
pub(super) const END_DIVISOR: f64 = 1e4;

/// From the base rate at t = 0 straight to `rate` at t = steps, held from there on.
pub(super) fn linear(rate: f64, t: usize, steps: usize) -> Part {
    Part::Towards { rate, share: t.min(steps) as f64 / steps as f64 }
}

/// From the base rate at t = 0 along half a cosine to `rate` at t = steps, held from there on.
pub(super) fn cosine(rate: f64, t: usize, steps: usize) -> Part {
    Part::Towards { rate, share: half_cosine(t.min(steps) as f64 / steps as f64) }
}

/// Up to the base rate and down to almost nothing, held from t = steps - 1 on.
pub(super) fn one_cycle(t: usize, steps: usize) -> Part {
    let last = (steps - 1) as f64;
    let top = RISE * steps as f64 - 1.0;
    let t = (t as f64).min(last);
    if t <= top {
        Part::Rising { share: half_cosine(t / top) }
    } else {
        Part::Falling { share: half_cosine((t - top) / (last - top)) }
    }
}

/// The share of the way along half a cosine at a share of the time.
fn half_cosine(progress: f64) -> f64 {
    (1.0 - Real::cos(PI * progress)) / 2.0
}
