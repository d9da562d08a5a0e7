//! AdaDelta.

use super::rule::{Anatomy, Rule, with_l2};
use crate::real::Real;

/// AdaDelta: the gradient, times the root mean square of the past updates over that of the gradients, which gives the
/// update the parameter's unit. Zeiler (2012), Algorithm 1; as `torch.optim.Adadelta`: eps is inside both roots, and a
/// rate, which the paper does without, multiplies the result but not the remembered update. Neither mean is corrected
/// for its start at 0.
///
/// ```text
/// g = grad + weight_decay * param
/// v = rho * v + (1 - rho) * g^2
/// d = sqrt(u + eps) / sqrt(v + eps) * g
/// u = rho * u + (1 - rho) * d^2
/// update = -lr * d
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdaDelta {
    /// Decay rate of both means, in [0, 1].
    pub rho: f64,
    /// Added inside both roots, at least 0: the first update is about its root.
    pub eps: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
}

impl AdaDelta {
    /// PyTorch's defaults.
    pub const DEFAULT: Self = Self { rho: 0.9, eps: 1e-6, weight_decay: 0.0 };
}

/// AdaDelta's memory of one coordinate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdaDeltaMoments<R> {
    /// The running mean of the squared gradient.
    pub v: R,
    /// The running mean of the squared update, before the rate.
    pub u: R,
}

impl Rule for AdaDelta {
    type At = ();
    type Moments<R: Real> = AdaDeltaMoments<R>;

    fn first(&self) {}

    fn next(&self, (): ()) {}

    fn moments<R: Real>(&self) -> AdaDeltaMoments<R> {
        AdaDeltaMoments { v: R::constant(0.0), u: R::constant(0.0) }
    }

    fn bound(&self) -> Option<f64> {
        None
    }

    #[inline(always)]
    fn anatomy<R: Real>(
        &self,
        (): (),
        lr: R,
        param: R,
        grad: R,
        AdaDeltaMoments { v, u }: AdaDeltaMoments<R>,
    ) -> (Anatomy<R>, AdaDeltaMoments<R>) {
        let g = with_l2(grad, param, self.weight_decay);
        let v = v * self.rho + g.squared() * (1.0 - self.rho);
        let ratio = (u + self.eps).sqrt() / (v + self.eps).sqrt();
        let d = ratio * g;
        let u = u * self.rho + d.squared() * (1.0 - self.rho);
        (Anatomy { v: Some(v), ..Anatomy::plain(grad, lr * ratio, -(lr * d)) }, AdaDeltaMoments { v, u })
    }
}
