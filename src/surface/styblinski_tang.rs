//! Styblinski and Tang's four wells.

use super::{Domain, Facts};
use crate::real::Real;

pub(super) const FACTS: Facts = Facts {
    name: "styblinski-tang",
    title: "Styblinski–Tang",
    domain: Domain { x0: -5.0, x1: 5.0, y0: -5.0, y1: 5.0 },
    start: [-1.0, 4.8],
    minima: &[[-2.903_534_027_771_177, -2.903_534_027_771_177]],
    smooth: true,
};

/// f(x, y) = 0.5 (x^4 - 16 x^2 + 5 x + y^4 - 16 y^2 + 5 y): a well in each quadrant, of three depths. From the default
/// start Adam ends in the well below at rate 0.1, and flies over it into the lowest one at 1.
/// Minimum -78.332331407543 at (-2.903534, -2.903534). M. A. Styblinski & T.-S. Tang (1990), Experiments in nonconvex
/// optimization: stochastic approximation with function smoothing and simulated annealing, Neural Networks 3(4),
/// 467-483.
#[inline]
pub(super) fn loss<R: Real>(x: R, y: R) -> R {
    let wells = |a: R| a.squared() * (a.squared() - 16.0) + a * 5.0;
    (wells(x) + wells(y)) * 0.5
}
