//! The three-hump camel's three wells.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "three-hump-camel",
    title: "the three-hump camel",
    domain: Domain { x0: -2.5, x1: 2.5, y0: -2.5, y1: 2.5 },
    start: [-2.3, -2.0],
    minima: &[[0.0, 0.0]],
    smooth: true,
};

/// f(x, y) = 2 x^2 - 1.05 x^4 + x^6/6 + x y + y^2: a well between two shallower ones at (1.7476, -0.8738) and its
/// opposite, of loss 0.2986. From the default start Adam finds the middle one at rate 0.1, and overshoots into the far
/// one at 1.
/// Minimum 0 at (0, 0). F. H. Branin (1972), IBM Journal of Research and Development 16(5), 504-522; as in M. Jamil &
/// X.-S. Yang (2013), Int. J. Mathematical Modelling and Numerical Optimisation 4(2), 150-194.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    let x2 = x.squared();
    x2 * (x2 * (x2 / 6.0 - 1.05) + 2.0) + x * y + y.squared()
}
