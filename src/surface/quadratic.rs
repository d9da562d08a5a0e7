//! The ill-conditioned bowl.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const CONDITION: f64 = 20.0;

pub(super) const FACTS: Facts = Facts {
    name: "quadratic",
    title: "the quadratic bowl",
    domain: Domain { x0: -5.0, x1: 5.0, y0: -3.0, y1: 3.0 },
    start: [-4.0, 2.0],
    minima: &[[0.0, 0.0]],
    smooth: true,
};

/// f(x, y) = 0.5 (x^2 + c y^2), Hessian diag(1, c): the textbook case of a narrow valley along an axis.
/// Minimum 0 at (0, 0). Nocedal & Wright (2006), section 3.3.
#[inline]
pub(super) fn loss<R: Real>(condition: f64, x: R, y: R) -> R {
    (x.squared() + y.squared() * condition) * 0.5
}
