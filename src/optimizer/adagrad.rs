//! AdaGrad.

use super::lines::{DECAYED, DIVIDED_UPDATE, GRADIENT, Line};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// AdaGrad: the gradient, divided by the root of the sum of all its squares so far. Duchi, Hazan & Singer (2011),
/// Figure 1, diagonal matrices; as `torch.optim.Adagrad`: eps is outside the root (the paper's delta is too), the
/// sum starts at 0, the rate does not decay by itself.
///
/// ```text
/// g = grad + weight_decay * param
/// v = v + g^2
/// update = -lr * g / (sqrt(v) + eps)
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdaGrad {
    /// Added to the root, at least 0.
    pub eps: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
}

impl AdaGrad {
    /// PyTorch's defaults.
    pub const DEFAULT: Self = Self { eps: 1e-10, weight_decay: 0.0 };
}

impl Rule for AdaGrad {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        Line::new(
            ["sum of squares", "how steep it has been"],
            set!(now!("v"), before!("v"), op!("+"), squared!("g")),
            "{v0} + {g}²",
            "v",
        ),
        DIVIDED_UPDATE,
    ];

    type At = ();
    type Moments<R: Real> = R;

    fn first(&self) {}

    fn next(&self, (): ()) {}

    fn moments<R: Real>(&self) -> R {
        R::constant(0.0)
    }

    // No gradient is larger than the root of a sum that its own square is in.
    fn bound(&self) -> Option<f64> {
        Some(1.0)
    }

    fn terms(
        &self,
        (): (),
        param: f64,
        grad: f64,
        before: f64,
        _: f64,
    ) -> Terms {
        vec![("g", with_l2(grad, param, self.weight_decay)), ("v0", before)]
    }

    #[inline(always)]
    fn anatomy<R: Real>(&self, (): (), lr: R, param: R, grad: R, v: R) -> (Anatomy<R>, R) {
        let g = with_l2(grad, param, self.weight_decay);
        let v = v + g.squared();
        let root = v.sqrt() + self.eps;
        (Anatomy { v: Some(v), ..Anatomy::plain(grad, lr / root, -(lr * g) / root) }, v)
    }
}
