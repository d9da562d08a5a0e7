//! Rates that go from one value to another.

use std::f64::consts::PI;

use crate::real::Real;

/// What share of the updates the one-cycle rises for, by what it divides lr for its start, and that again for its end:
/// `OneCycleLR`'s `pct_start`, `div_factor` and `final_div_factor`.
const RISE: f64 = 0.3;
const START_DIVISOR: f64 = 25.0;
const END_DIVISOR: f64 = 1e4;

/// From `from` at t = 0 straight to `to` at t = steps, held from there on.
pub(super) fn linear(from: f64, to: f64, t: usize, steps: usize) -> f64 {
    between(from, to, t.min(steps) as f64 / steps as f64)
}

/// From `from` at t = 0 along half a cosine to `to` at t = steps, held from there on.
pub(super) fn cosine(from: f64, to: f64, t: usize, steps: usize) -> f64 {
    half_cosine(from, to, t.min(steps) as f64 / steps as f64)
}

/// Up to lr and down to almost nothing, held from t = steps - 1 on.
pub(super) fn one_cycle(lr: f64, t: usize, steps: usize) -> f64 {
    let last = (steps - 1) as f64;
    let top = RISE * steps as f64 - 1.0;
    let t = (t as f64).min(last);
    let start = lr / START_DIVISOR;
    if t <= top {
        half_cosine(start, lr, t / top)
    } else {
        half_cosine(lr, start / END_DIVISOR, (t - top) / (last - top))
    }
}

fn half_cosine(from: f64, to: f64, progress: f64) -> f64 {
    between(from, to, (1.0 - Real::cos(PI * progress)) / 2.0)
}

/// `from` at 0 and `to` at 1, exactly; between them elsewhere.
fn between(from: f64, to: f64, share: f64) -> f64 {
    from * (1.0 - share) + to * share
}
