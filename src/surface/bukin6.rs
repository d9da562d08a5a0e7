//! Bukin's bent gorge no. 6.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "bukin6",
    title: "Bukin 6",
    domain: Domain { x0: -15.0, x1: -5.0, y0: -3.0, y1: 3.0 },
    start: [-13.3, -1.9],
    minima: &[[-10.0, 1.0]],
    smooth: false,
};

/// f(x, y) = 100 sqrt(|y - 0.01 x^2|) + 0.01 |x + 10|: a gorge whose walls get steeper without bound towards its
/// ground y = 0.01 x^2, which Adam crosses again and again at rates 0.1 and 1.
/// Minimum 0 at (-10, 1). Not differentiable there, nor anywhere on the ground, where the derivative of the root is
/// taken as 0. A. D. Bukin (1997), New minimization strategy for non-smooth functions, Budker Institute of Nuclear
/// Physics 97-79, whose domain this is.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    (y - x.squared() * 0.01).abs().sqrt() * 100.0 + (x + 10.0).abs() * 0.01
}
