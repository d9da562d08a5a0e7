//! Matyas's oblique valley.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "matyas",
    title: "Matyas",
    domain: Domain { x0: -10.0, x1: 10.0, y0: -10.0, y1: 10.0 },
    start: [-7.0, 2.0],
    minima: &[[0.0, 0.0]],
    smooth: true,
};

/// f(x, y) = 0.26 (x^2 + y^2) - 0.48 x y: a bowl drawn out along the diagonal, of condition number 25, where an update
/// by coordinates (Adam's) has no advantage.
/// Minimum 0 at (0, 0). M. Jamil & X.-S. Yang (2013), Int. J. Mathematical Modelling and Numerical Optimisation 4(2),
/// 150-194, whose domain this is.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    (x.squared() + y.squared()) * 0.26 - x * y * 0.48
}
