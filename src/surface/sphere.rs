//! The round bowl.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "sphere",
    title: "the sphere",
    domain: Domain { x0: -5.12, x1: 5.12, y0: -5.12, y1: 5.12 },
    start: [-3.0, 2.0],
    minima: &[[0.0, 0.0]],
    smooth: true,
};

/// f(x, y) = x^2 + y^2: the easiest bowl, alike in all directions.
/// Minimum 0 at (0, 0). F1 in K. A. De Jong (1975), An Analysis of the Behavior of a Class of Genetic Adaptive
/// Systems, University of Michigan, whose domain this is.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    x.squared() + y.squared()
}
