//! The six-hump camel's six wells.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "six-hump-camel",
    title: "the six-hump camel",
    domain: Domain { x0: -2.0, x1: 2.0, y0: -1.2, y1: 1.2 },
    start: [-1.3, -0.9],
    minima: &[
        [0.089_842_013_100_318_06, -0.712_656_403_020_739_6],
        [-0.089_842_013_100_318_06, 0.712_656_403_020_739_6],
    ],
    smooth: true,
};

/// f(x, y) = (4 - 2.1 x^2 + x^4/3) x^2 + x y + (4 y^2 - 4) y^2: six wells in pairs opposite each other, two of them
/// lowest. From the default start Adam finds the nearer of these at rates 0.01 and 0.1, the other one at 1.
/// Minimum -1.031628453490 at (0.0898, -0.7127) and (-0.0898, 0.7127). L. C. W. Dixon & G. P. Szegö (1978), in Towards
/// Global Optimisation 2, North-Holland, 1-15.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    let (x2, y2) = (x.squared(), y.squared());
    (x2 * (x2 / 3.0 - 2.1) + 4.0) * x2 + x * y + (y2 * 4.0 - 4.0) * y2
}
