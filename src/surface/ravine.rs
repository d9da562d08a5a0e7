//! A winding ravine with a sharp ground.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "ravine",
    title: "the ravine",
    domain: Domain { x0: -5.0, x1: 3.0, y0: -3.0, y1: 3.0 },
    start: [-4.5, 1.5],
    minima: &[[0.0, 0.0]],
    smooth: false,
};

/// f(x, y) = |y - sin x| + x^2/10: the slope of the walls is the same however near the ground y = sin x, so that a
/// path leaps from wall to wall by about the rate, and only a falling rate settles.
/// Minimum 0 at (0, 0). Not differentiable there, nor anywhere on the ground, where the derivative of |.| is taken as
/// 0. Ours, akin to the non-smooth Chebyshev-Rosenbrock functions in M. Gürbüzbalaban & M. L. Overton (2012),
/// Nonlinear Analysis: Theory, Methods & Applications 75(3), 1282-1289.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    (y - x.sin()).abs() + x.squared() * 0.1
}
