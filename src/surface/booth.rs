//! Booth's oblique bowl.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "booth",
    title: "Booth",
    domain: Domain { x0: -10.0, x1: 10.0, y0: -10.0, y1: 10.0 },
    start: [-8.0, -3.0],
    minima: &[[1.0, 3.0]],
    smooth: true,
};

/// f(x, y) = (x + 2 y - 7)^2 + (2 x + y - 5)^2: a bowl at 45 degrees to the axes, of condition number 9.
/// Minimum 0 at (1, 3). M. Jamil & X.-S. Yang (2013), A literature survey of benchmark functions for global
/// optimisation problems, Int. J. Mathematical Modelling and Numerical Optimisation 4(2), 150-194, whose domain this
/// is.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    (x + y * 2.0 - 7.0).squared() + (x * 2.0 + y - 5.0).squared()
}
