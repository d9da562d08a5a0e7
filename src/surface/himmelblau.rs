//! Himmelblau's four equal minima.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "himmelblau",
    title: "Himmelblau",
    domain: Domain { x0: -5.0, x1: 5.0, y0: -5.0, y1: 5.0 },
    start: [4.0, 4.5],
    minima: &[
        [3.0, 2.0],
        [-2.805_118_086_952_745, 3.131_312_518_250_573],
        [-3.779_310_253_377_747, -3.283_185_991_286_17],
        [3.584_428_340_330_492, -1.848_126_526_964_404],
    ],
    smooth: true,
};

/// f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2: four minima of loss 0, one of them at (3, 2), about a hill.
/// D. M. Himmelblau (1972), Applied Nonlinear Programming, McGraw-Hill.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    (x.squared() + y - 11.0).squared() + (x + y.squared() - 7.0).squared()
}
