//! A flat shelf with a drop.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "plateau",
    title: "the plateau",
    domain: Domain { x0: -4.0, x1: 4.0, y0: -3.0, y1: 3.0 },
    start: [-3.5, 1.5],
    minima: &[[1.0, 0.0]],
    smooth: true,
};

/// f(x, y) = 1/2 + u/(2 sqrt(1 + u^2)) with u = 2 ((x - 1)^2 + y^2 - 2): a shelf of loss 1, all but level, with a
/// round drop of radius sqrt(2). On the shelf gradient descent all but stands still; Adam strides on, as it divides
/// the slope by its size.
/// Minimum 1/2 - 2/sqrt(17) = 0.014928749927 at (1, 0). Ours.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    let u = ((x - 1.0).squared() + y.squared() - 2.0) * 2.0;
    u / (u.squared() + 1.0).sqrt() * 0.5 + 0.5
}
