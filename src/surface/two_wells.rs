//! Two Gaussian wells in a bowl.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "two-wells",
    title: "the two wells",
    domain: Domain { x0: -4.0, x1: 4.0, y0: -3.0, y1: 3.0 },
    start: [-2.5, -2.8],
    minima: &[[1.475_375_307_867_223_4, -0.983_583_538_578_148_8]],
    smooth: true,
};

/// f(x, y) = (x^2 + y^2)/20 - exp(-((x + 1.5)^2 + (y - 1)^2)) - 2 exp(-1.5 ((x - 1.5)^2 + (y + 1)^2)): a wide, shallow
/// well and a narrow, deep one. From the default start Adam ends in the shallow one at rate 0.1, in the deep one at 1.
/// Minimum -1.840168450130 at (1.4754, -0.9836); the other well is at (-1.4281, 0.9520), of loss -0.8453. Ours.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    let well = |cx: f64, cy: f64, steepness: f64| (((x - cx).squared() + (y - cy).squared()) * -steepness).exp();
    (x.squared() + y.squared()) * 0.05 - well(-1.5, 1.0, 1.0) - well(1.5, -1.0, 1.5) * 2.0
}
