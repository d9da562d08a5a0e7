//! SGD with Nesterov's momentum.

use super::lines::{DECAYED, GRADIENT, Line, SUM, UPDATE};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// Nesterov's momentum: the sum of gradients as it will be after one more like this. Nesterov (1983); Sutskever et al.
/// (2013), equations 3 and 4, in the form of `torch.optim.SGD`, whose parameter is the point that they look ahead to,
/// so that the gradient is taken where the path is.
///
/// ```text
/// g = grad + weight_decay * param
/// m = momentum * m + g
/// update = -lr * (g + momentum * m)
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nesterov {
    /// Decay rate of the sum, above 0; from 1 on it only grows.
    pub momentum: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
}

impl Nesterov {
    /// PyTorch's defaults, but for momentum, which is 0 there and not allowed with Nesterov's.
    pub const DEFAULT: Self = Self { momentum: 0.9, weight_decay: 0.0 };
}

impl Rule for Nesterov {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        SUM,
        Line::new(
            UPDATE,
            update!(op!("("), now!("g"), op!("+"), var!("μ"), now!("m"), op!(")")),
            "−{lr} × ({g} + {momentum} × {m})",
            "update",
        ),
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
        let ahead = g + m * self.momentum;
        (Anatomy { m: Some(m), ..Anatomy::plain(grad, lr, -(lr * ahead)) }, m)
    }
}
