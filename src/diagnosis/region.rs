//! The part of the plane that a run is measured against.

use crate::surface::Domain;

/// How many diagonals from its middle a point is far from a region: no flow that went so far is coming back.
const FAR: f64 = 3.0;

/// A rectangle and its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Region {
    domain: Domain,
    diagonal: f64,
}

impl Region {
    pub(super) fn new(domain: Domain) -> Self {
        Self { domain, diagonal: libm::hypot(domain.x1 - domain.x0, domain.y1 - domain.y0) }
    }

    /// Takes a point in.
    pub(super) fn with(self, [x, y]: [f64; 2]) -> Self {
        let Domain { x0, x1, y0, y1 } = self.domain;
        Self::new(Domain { x0: x0.min(x), x1: x1.max(x), y0: y0.min(y), y1: y1.max(y) })
    }

    /// Moves its edges out by a part of the diagonal.
    pub(super) fn grown(self, part: f64) -> Self {
        let Domain { x0, x1, y0, y1 } = self.domain;
        let by = part * self.diagonal;
        Self::new(Domain { x0: x0 - by, x1: x1 + by, y0: y0 - by, y1: y1 + by })
    }

    pub(super) fn contains(&self, point: [f64; 2]) -> bool {
        self.domain.contains(point)
    }

    pub(super) fn diagonal(&self) -> f64 {
        self.diagonal
    }

    /// The length that counts as large at a point: the diagonal, or the distance from the middle where that is larger.
    pub(super) fn scale_at(&self, point: [f64; 2]) -> f64 {
        self.diagonal.max(distance(point, self.middle()))
    }

    /// Whether the point is nowhere near.
    pub(super) fn is_far(&self, point: [f64; 2]) -> bool {
        distance(point, self.middle()) > FAR * self.diagonal
    }

    pub(super) fn middle(&self) -> [f64; 2] {
        let Domain { x0, x1, y0, y1 } = self.domain;
        [(x0 + x1) / 2.0, (y0 + y1) / 2.0]
    }
}

pub(super) fn distance([x0, y0]: [f64; 2], [x1, y1]: [f64; 2]) -> f64 {
    // Not hypot, which is slow; nothing that is compared here is near the ends of the number range.
    ((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)).sqrt()
}
