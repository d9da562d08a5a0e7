//! Ackley's dimpled funnel.

use std::f64::consts::{E, TAU};

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "ackley",
    title: "Ackley",
    domain: Domain { x0: -5.0, x1: 5.0, y0: -5.0, y1: 5.0 },
    start: [-4.5, 3.2],
    minima: &[[0.0, 0.0]],
    smooth: false,
};

/// f(x, y) = -20 exp(-0.2 sqrt((x^2 + y^2)/2)) - exp((cos(2 pi x) + cos(2 pi y))/2) + e + 20: a funnel whose sides are
/// full of dimples, in which small rates end.
/// Minimum 0 at (0, 0), the tip of a cone of slope 2 sqrt(2): not differentiable there; the derivative is taken as 0.
/// D. H. Ackley (1987), A Connectionist Machine for Genetic Hillclimbing, Kluwer.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    let radius = ((x.squared() + y.squared()) * 0.5).sqrt();
    let ripples = ((x * TAU).cos() + (y * TAU).cos()) * 0.5;
    (radius * -0.2).exp() * -20.0 - ripples.exp() + E + 20.0
}
