//! Levy's egg box no. 13.

use std::f64::consts::PI;

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "levy13",
    title: "Levy 13",
    domain: Domain { x0: -1.5, x1: 3.5, y0: -1.5, y1: 3.5 },
    start: [0.9, 2.2],
    minima: &[[1.0, 1.0]],
    smooth: true,
};

/// f(x, y) = sin(3 pi x)^2 + (x - 1)^2 (1 + sin(3 pi y)^2) + (y - 1)^2 (1 + sin(2 pi y)^2): a bowl with steep ripples.
/// From the default start Adam ends in the nearest of them at rate 0.01, in the lowest one at 0.1, and far away at 1.
/// Minimum 0 at (1, 1). A. V. Levy & A. Montalvo (1985), SIAM Journal on Scientific and Statistical Computing 6(1),
/// 15-29; as in S. Surjanovic & D. Bingham, Virtual Library of Simulation Experiments, Levy function no. 13.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    let wave = |a: R, half_turns: f64| (a * (half_turns * PI)).sin().squared();
    wave(x, 3.0) + (x - 1.0).squared() * (wave(y, 3.0) + 1.0) + (y - 1.0).squared() * (wave(y, 2.0) + 1.0)
}
