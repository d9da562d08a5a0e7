//! Rosenbrock's banana valley.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "rosenbrock",
    title: "Rosenbrock",
    domain: Domain { x0: -2.0, x1: 2.0, y0: -1.0, y1: 3.0 },
    start: [-1.2, 1.0],
    minima: &[[1.0, 1.0]],
    smooth: true,
};

/// f(x, y) = (1 - x)^2 + 100 (y - x^2)^2: a flat, curved valley between steep walls.
/// Minimum 0 at (1, 1); its usual start is (-1.2, 1). H. H. Rosenbrock (1960), The Computer Journal 3(3), 175-184.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    (x - 1.0).squared() + (y - x.squared()).squared() * 100.0
}
