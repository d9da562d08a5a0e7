//! Stochastic gradient descent.

use super::lines::{DECAYED, GRADIENT, Line, UPDATE};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// SGD: against the gradient, times the rate. Robbins & Monro (1951); as `torch.optim.SGD` without momentum.
///
/// ```text
/// g = grad + weight_decay * param
/// update = -lr * g
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sgd {
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
}

impl Sgd {
    /// PyTorch's defaults.
    pub const DEFAULT: Self = Self { weight_decay: 0.0 };
}

impl Rule for Sgd {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        Line::new(UPDATE, update!(now!("g")), "−{lr} × {g}", "update"),
    ];

    type At = ();
    type Moments<R: Real> = ();

    fn first(&self) {}

    fn next(&self, (): ()) {}

    fn moments<R: Real>(&self) {}

    fn bound(&self) -> Option<f64> {
        None
    }

    fn terms(
        &self,
        (): (),
        param: f64,
        grad: f64,
        (): (),
        (): (),
    ) -> Terms {
        vec![("g", with_l2(grad, param, self.weight_decay))]
    }

    #[inline(always)]
    fn anatomy<R: Real>(&self, (): (), lr: R, param: R, grad: R, (): ()) -> (Anatomy<R>, ()) {
        let g = with_l2(grad, param, self.weight_decay);
        (Anatomy::plain(grad, lr, -(lr * g)), ())
    }
}
