//! Where downhill leads: the gradient flow from a point.

use super::region::Region;
use crate::surface::Surface;

/// The longest step along the flow, as a part of the region's diagonal: a basin is crossed in many of them.
const STRIDE: f64 = 0.01;

/// The shortest step, as a part of the diagonal. Where not even that goes downhill, the bottom is a kink.
const FINEST: f64 = 1e-6;

/// A Newton step of this part of the diagonal is at the minimum: the next one would be its square.
const THERE: f64 = 1e-7;

/// A stride that stays shorter than this part of a full one ...
const CREEP: f64 = 1.0 / 64.0;

/// ... for so many steps creeps along a kink: on a curve it grows again. Followed to its end, such a flow takes longer
/// than the run that it is asked about.
const CREEPS: usize = 200;

/// The most steps before the flow is given up: ten times what any start of the catalogue needs.
const MOST: usize = 2000;

/// A lowest point of its surroundings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Minimum {
    pub(super) point: [f64; 2],
    pub(super) loss: f64,
}

/// How the flow from a point ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    /// In a minimum, after a path of this length.
    Minimum { minimum: Minimum, length: f64 },
    /// Far outside the region, which it left after a path of this length.
    Away { length: f64 },
    /// In a kink that is not known to be a minimum: the ground of a valley without a slope, or a lowest point.
    Kink { point: [f64; 2] },
    /// At a saddle, or it was given up.
    Nowhere,
}

impl End {
    pub(super) fn minimum(&self) -> Option<Minimum> {
        match *self {
            Self::Minimum { minimum, .. } => Some(minimum),
            Self::Away { .. } | Self::Kink { .. } | Self::Nowhere => None,
        }
    }
}

/// The smaller and the larger eigenvalue of a symmetric matrix.
pub(super) fn eigenvalues([[a, b], [_, d]]: [[f64; 2]; 2]) -> [f64; 2] {
    let (mean, spread) = ((a + d) / 2.0, libm::hypot((a - d) / 2.0, b));
    [mean - spread, mean + spread]
}

/// Follows x' = -grad f(x) from a point by the linearly implicit Euler method, (I / h + H) dx = -grad f, whose time
/// step h is as long as a [`STRIDE`] allows: it is stable in the stiffest valley, and Newton's method at the bottom.
///
/// `passes` is told of every point of the path.
pub(super) fn flow(surface: &Surface, region: &Region, start: [f64; 2], mut passes: impl FnMut([f64; 2])) -> End {
    let (mut point, mut length) = (start, 0.0);
    let mut inside = None;
    let (mut loss, mut grad) = surface.slope(start);
    let (mut stride, mut creeps) = (1.0, 0);
    for _ in 0..MOST {
        passes(point);
        creeps = if stride < CREEP { creeps + 1 } else { 0 };
        if creeps == CREEPS {
            return End::Kink { point };
        }
        let hessian = surface.curvature(point);
        let [lowest, highest] = eigenvalues(hessian);
        let slope = libm::hypot(grad[0], grad[1]);
        if !(slope.is_finite() && lowest.is_finite() && highest.is_finite()) {
            return End::Nowhere;
        }
        let scale = region.scale_at(point);
        // A step of -(H + damping)^-1 grad is at most slope / (lowest + damping) long.
        let damping = (slope / (STRIDE * stride * scale) - lowest).max(0.0);
        let [[a, b], [_, d]] = hessian;
        let (a, d) = (a + damping, d + damping);
        let determinant = a * d - b * b;
        let step = [(b * grad[1] - d * grad[0]) / determinant, (b * grad[0] - a * grad[1]) / determinant];
        let size = libm::hypot(step[0], step[1]);
        if slope == 0.0 || size <= THERE * scale && damping == 0.0 {
            let end = End::Minimum { minimum: Minimum { point, loss }, length };
            return if lowest >= 0.0 { end } else { End::Nowhere };
        }
        if !size.is_finite() {
            return End::Nowhere;
        }
        let next = [point[0] + step[0], point[1] + step[1]];
        let (next_loss, next_grad) = surface.slope(next);
        if next_loss < loss {
            (point, loss, grad) = (next, next_loss, next_grad);
            length += size;
            stride = f64::min(stride * 2.0, 1.0);
            if region.is_far(point) {
                return End::Away { length: inside.unwrap_or(length) };
            }
            if inside.is_none() && !region.contains(point) {
                inside = Some(length);
            }
        } else {
            stride /= 2.0;
            if size <= FINEST * scale {
                return End::Kink { point };
            }
        }
    }
    End::Nowhere
}
