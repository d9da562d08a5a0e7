//! McCormick's slope with terraces.

use std::f64::consts::FRAC_PI_3;

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "mccormick",
    title: "McCormick",
    domain: Domain { x0: -1.5, x1: 4.0, y0: -3.0, y1: 4.0 },
    start: [-0.6, 3.4],
    minima: &[[0.5 - FRAC_PI_3, -0.5 - FRAC_PI_3]],
    smooth: true,
};

/// f(x, y) = sin(x + y) + (x - y)^2 - 1.5 x + 2.5 y + 1: a valley along the diagonal that falls by pi from well to
/// well; the domain holds two of them. From the default start every rate that arrives ends in the upper one, 1.2284 at
/// (2.59, 1.59).
/// Minimum -(sqrt(3)/2 + pi/3) = -1.913222954981 at (1/2 - pi/3, -1/2 - pi/3). G. P. McCormick (1972), in F. A.
/// Lootsma (ed.), Numerical Methods for Non-linear Optimization, Academic Press, 209-221.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    (x + y).sin() + (x - y).squared() - x * 1.5 + y * 2.5 + 1.0
}
