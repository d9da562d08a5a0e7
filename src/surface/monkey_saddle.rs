//! The monkey saddle.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "monkey-saddle",
    title: "the monkey saddle",
    domain: Domain { x0: -1.5, x1: 1.5, y0: -1.5, y1: 1.5 },
    start: [1.2, 0.05],
    minima: &[],
    smooth: true,
};

/// f(x, y) = x^3 - 3 x y^2: three ways down and three up about (0, 0), where the Hessian is zero, too. Unbounded
/// below, so it has no minimum. The default start lies almost on a ridge. D. Hilbert & S. Cohn-Vossen (1952), Geometry
/// and the Imagination, Chelsea; A. Anandkumar & R. Ge (2016), Efficient approaches for escaping higher order saddle
/// points in non-convex optimization, PMLR 49, 81-102.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    x * (x.squared() - y.squared() * 3.0)
}
