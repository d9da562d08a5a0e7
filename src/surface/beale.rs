//! Beale's function.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "beale",
    title: "Beale",
    domain: Domain { x0: -1.0, x1: 4.5, y0: -2.0, y1: 2.0 },
    start: [0.5, -0.6],
    minima: &[[3.0, 0.5]],
    smooth: true,
};

/// f(x, y) = (1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2: a plateau with a sharp, bent valley.
/// Minimum 0 at (3, 0.5). E. M. L. Beale (1958), On an iterative method for finding a local minimum of a function of
/// more than one variable, Princeton; no. 5 in Moré, Garbow & Hillstrom (1981), ACM TOMS 7(1), 17-41.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    let y2 = y.squared();
    let term = |power: R, constant: f64| (x * (power - 1.0) + constant).squared();
    term(y, 1.5) + term(y2, 2.25) + term(y2 * y, 2.625)
}
