//! Easom's needle in a plain.

use std::f64::consts::PI;

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "easom",
    title: "Easom",
    domain: Domain { x0: 0.0, x1: 6.0, y0: 0.0, y1: 6.0 },
    start: [0.2, 0.3],
    minima: &[[PI, PI]],
    smooth: true,
};

/// f(x, y) = -cos(x) cos(y) exp(-(x - pi)^2 - (y - pi)^2): one narrow well in a plain, which is not quite level. From
/// the default start only rate 1 strides over the plain's dimple at (1.3, 1.3), of loss -0.00008, into the well.
/// Minimum -1 at (pi, pi). E. E. Easom (1990), A Survey of Global Optimization Techniques, University of Louisville.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    let distance2 = (x - PI).squared() + (y - PI).squared();
    -(x.cos() * y.cos() * (-distance2).exp())
}
