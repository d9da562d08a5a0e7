//! The saddle.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "saddle",
    title: "the saddle",
    domain: Domain { x0: -2.0, x1: 2.0, y0: -2.0, y1: 2.0 },
    start: [-1.5, 0.01],
    minima: &[],
    smooth: true,
};

/// f(x, y) = x^2 - y^2: stationary at (0, 0) but unbounded below along y, so it has no minimum. The default start lies
/// almost on the ridge, where plain gradient descent lingers. Dauphin et al. (2014), NeurIPS 27, section 3.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    x.squared() - y.squared()
}
