//! RMSProp.

use super::lines::{DECAYED, DIVIDED_UPDATE, GRADIENT, Line, SQUARES_NAME, UPDATE, When};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// RMSProp: the gradient, divided by the root of the running mean of its square. Tieleman & Hinton (2012), lecture 6.5;
/// as `torch.optim.RMSprop`, not centered: eps is outside the root, and the mean's start at 0 is not corrected, so the
/// first updates are large. Momentum, where there is any, sums what has been divided already.
///
/// ```text
/// g = grad + weight_decay * param
/// v = alpha * v + (1 - alpha) * g^2
/// m = momentum * m + g / (sqrt(v) + eps)
/// update = -lr * m
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RmsProp {
    /// Decay rate of the second moment, in [0, 1).
    pub alpha: f64,
    /// Added to the root, at least 0.
    pub eps: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
    /// Decay rate of the sum of divided gradients, at least 0.
    pub momentum: f64,
}

impl RmsProp {
    /// PyTorch's defaults.
    pub const DEFAULT: Self = Self { alpha: 0.99, eps: 1e-8, weight_decay: 0.0, momentum: 0.0 };
}

/// RMSProp's memory of one coordinate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RmsPropMoments<R> {
    /// Second moment: the running mean of the squared gradient.
    pub v: R,
    /// The running sum of divided gradients; without momentum, the last one.
    pub m: R,
}

impl Rule for RmsProp {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        Line::new(
            SQUARES_NAME,
            set!(now!("v"), var!("α"), before!("v"), op!("+"), rest!(var!("α")), squared!("g")),
            "{alpha} × {v0} + {1-alpha} × {g}²",
            "v",
        ),
        Line::new(
            ["sum of divided gradients", "the momentum"],
            set!(
                now!("m"),
                var!("μ"),
                before!("m"),
                op!("+"),
                fraction!(now!("g"), concat!(root!(now!("v")), op!("+"), var!("ε")))
            ),
            "{momentum} × {m0} + {g} / (√{v} + {eps})",
            "m",
        )
        .when(When::Has("momentum")),
        Line::new(UPDATE, update!(now!("m")), "−{lr} × {m}", "update").when(When::Has("momentum")),
        DIVIDED_UPDATE.when(When::HasNot("momentum")),
    ];

    type At = ();
    type Moments<R: Real> = RmsPropMoments<R>;

    fn first(&self) {}

    fn next(&self, (): ()) {}

    fn moments<R: Real>(&self) -> RmsPropMoments<R> {
        RmsPropMoments { v: R::constant(0.0), m: R::constant(0.0) }
    }

    // v holds at least 1 - alpha of the last square; momentum sums what has been divided.
    fn bound(&self) -> Option<f64> {
        let divided = 1.0 / (1.0 - self.alpha).sqrt();
        (self.momentum < 1.0).then(|| divided / (1.0 - self.momentum))
    }

    fn terms(
        &self,
        (): (),
        param: f64,
        grad: f64,
        before: RmsPropMoments<f64>,
        _: RmsPropMoments<f64>,
    ) -> Terms {
        vec![("g", with_l2(grad, param, self.weight_decay)), ("m0", before.m), ("v0", before.v)]
    }

    #[inline(always)]
    fn anatomy<R: Real>(
        &self,
        (): (),
        lr: R,
        param: R,
        grad: R,
        moments: RmsPropMoments<R>,
    ) -> (Anatomy<R>, RmsPropMoments<R>) {
        let g = with_l2(grad, param, self.weight_decay);
        let v = moments.v * self.alpha + g.squared() * (1.0 - self.alpha);
        let root = v.sqrt() + self.eps;
        let m = moments.m * self.momentum + g / root;
        let sum = (self.momentum != 0.0).then_some(m);
        (Anatomy { m: sum, v: Some(v), ..Anatomy::plain(grad, lr / root, -(lr * m)) }, RmsPropMoments { v, m })
    }
}
