//! Rastrigin's egg box.

use std::f64::consts::TAU;

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "rastrigin",
    title: "Rastrigin",
    domain: Domain { x0: -5.12, x1: 5.12, y0: -5.12, y1: 5.12 },
    start: [3.4, -2.7],
    minima: &[[0.0, 0.0]],
    smooth: true,
};

/// f(x, y) = 20 + x^2 - 10 cos(2 pi x) + y^2 - 10 cos(2 pi y): a local minimum near every pair of whole numbers.
/// Minimum 0 at (0, 0). L. A. Rastrigin (1974), Systems of Extremal Control, Nauka; in two and more dimensions
/// H. Mühlenbein, M. Schomisch & J. Born (1991), Parallel Computing 17, 619-632.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    let ripple = |a: R| a.squared() - (a * TAU).cos() * 10.0;
    ripple(x) + ripple(y) + 20.0
}
