//! Goldstein and Price's crossed valleys.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "goldstein-price",
    title: "Goldstein–Price",
    domain: Domain { x0: -2.0, x1: 2.0, y0: -2.0, y1: 2.0 },
    start: [-1.8, -0.9],
    minima: &[[0.0, -1.0]],
    smooth: true,
};

/// f(x, y) = (1 + (x + y + 1)^2 (19 - 14 x + 3 x^2 - 14 y + 6 x y + 3 y^2))
/// (30 + (2 x - 3 y)^2 (18 - 32 x + 12 x^2 + 48 y - 36 x y + 27 y^2)): losses from 3 to a million. From the default start
/// Adam at rate 0.1 arrives in a local minimum, 30 at (-0.6, -0.4), and at 1 in the lowest one; there are two more, 84 at
/// (1.8, 0.2) and 840 at (1.2, 0.8).
/// Minimum 3 at (0, -1). A. A. Goldstein & J. F. Price (1971), On descent from local minima, Mathematics of
/// Computation 25(115), 569-574.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    let (x2, xy, y2) = (x.squared(), x * y, y.squared());
    let first = x2 * 3.0 + xy * 6.0 + y2 * 3.0 - x * 14.0 - y * 14.0 + 19.0;
    let second = x2 * 12.0 - xy * 36.0 + y2 * 27.0 - x * 32.0 + y * 48.0 + 18.0;
    ((x + y + 1.0).squared() * first + 1.0) * ((x * 2.0 - y * 3.0).squared() * second + 30.0)
}
