//! The surface at a point, compiled once: inlined at every place that asks, its formulas would weigh more than all else.

use crate::surface::Surface;

/// The step of the differences that second derivatives are taken by, as a part of a length that counts as large. Their
/// truncation error is its square, 1e-10, and their rounding error 1e-16 / 1e-5, of the surface's scale.
const DIFFERENCE: f64 = 1e-5;

#[inline(never)]
pub(super) fn loss_and_grad(surface: &Surface, [x, y]: [f64; 2]) -> (f64, [f64; 2]) {
    surface.loss_and_grad(x, y)
}

pub(super) fn loss(surface: &Surface, point: [f64; 2]) -> f64 {
    loss_and_grad(surface, point).0
}

/// The second derivatives, [[xx, xy], [xy, yy]], by central differences of the gradient: good enough to follow a flow
/// by. Exact ones, by differentiating twice, would add nine kilobytes to the download.
pub(super) fn hessian(surface: &Surface, [x, y]: [f64; 2], scale: f64) -> [[f64; 2]; 2] {
    let by = DIFFERENCE * scale;
    let grads = [[x + by, y], [x - by, y], [x, y + by], [x, y - by]].map(|point| loss_and_grad(surface, point).1);
    let slope = |ahead: usize, behind: usize, axis: usize| (grads[ahead][axis] - grads[behind][axis]) / (2.0 * by);
    let mixed = (slope(0, 1, 1) + slope(2, 3, 0)) / 2.0;
    [[slope(0, 1, 0), mixed], [mixed, slope(2, 3, 1)]]
}
