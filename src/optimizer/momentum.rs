//! SGD with momentum.

use super::lines::{DECAYED, GRADIENT, Line, SUM, UPDATE};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// Heavy-ball momentum: SGD along a decaying sum of gradients. Polyak (1964); as `torch.optim.SGD` has it,
/// where the rate multiplies the sum when it is used, not each gradient as it comes in, and a new gradient counts in
/// full (no dampening).
///
/// ```text
/// g = grad + weight_decay * param
/// m = momentum * m + g
/// update = -lr * m
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Momentum {
    /// Decay rate of the sum, at least 0; from 1 on it only grows.
    pub momentum: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
}

impl Momentum {
    /// PyTorch's defaults, but for momentum, which is 0 there and would make this SGD.
    pub const DEFAULT: Self = Self { momentum: 0.9, weight_decay: 0.0 };
}

impl Rule for Momentum {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        SUM,
        Line::new(UPDATE, update!(now!("m")), "−{lr} × {m}", "update"),
    ];

    type At = ();
    type Moments<R: Real> = R;

    fn first(&self) {}

    fn next(&self, (): ()) {}

    fn moments<R: Real>(&self) -> R {
        R::constant(0.0)
    }

    fn bound(&self) -> Option<f64> {
        None
    }

    fn terms(
        &self,
        (): (),
        param: f64,
        grad: f64,
        before: f64,
        _: f64,
    ) -> Terms {
        vec![("g", with_l2(grad, param, self.weight_decay)), ("m0", before)]
    }

    #[inline(always)]
    fn anatomy<R: Real>(&self, (): (), lr: R, param: R, grad: R, m: R) -> (Anatomy<R>, R) {
        let g = with_l2(grad, param, self.weight_decay);
        let m = m * self.momentum + g;
        (Anatomy { m: Some(m), ..Anatomy::plain(grad, lr, -(lr * m)) }, m)
    }
}
