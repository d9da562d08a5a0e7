//! Griewank's egg box.

use std::f64::consts::FRAC_1_SQRT_2;

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "griewank",
    title: "Griewank",
    domain: Domain { x0: -8.0, x1: 8.0, y0: -8.0, y1: 8.0 },
    start: [-3.0, 0.7],
    minima: &[[0.0, 0.0]],
    smooth: true,
};

/// f(x, y) = 1 + (x^2 + y^2)/4000 - cos(x) cos(y/sqrt(2)): wells so nearly equal that the bowl under them hardly shows
/// here. Griewank has 200 in place of 4000 in two dimensions; 4000, his divisor for ten, is usual now. From the
/// default start Adam finds the lowest well at rate 0.1, and hops into the next one at 1.
/// Minimum 0 at (0, 0). A. O. Griewank (1981), Generalized descent for global optimization, Journal of Optimization
/// Theory and Applications 34(1), 11-39.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    (x.squared() + y.squared()) / 4000.0 - x.cos() * (y * FRAC_1_SQRT_2).cos() + 1.0
}
