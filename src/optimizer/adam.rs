//! Adam.

use super::moments::{AdamMoments, Corrections, bound};
use super::lines::{ADAM_UPDATE, CORRECTED, DECAYED, GRADIENT, Line, M_HAT, MEAN, RAW_UPDATE, SQUARES, UNCORRECTED, V_HAT};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// Adam: the gradient's running mean, divided by the root of the running mean of its square. Kingma & Ba (2015),
/// Algorithm 1, as `torch.optim.Adam` computes it: eps is added outside the root, to the corrected sqrt(v_hat), and
/// weight decay is L2, added to the gradient before the moments see it.
///
/// ```text
/// g = grad + weight_decay * param
/// m = beta1 * m + (1 - beta1) * g           m_hat = m / (1 - beta1^t)
/// v = beta2 * v + (1 - beta2) * g^2         v_hat = v / (1 - beta2^t)
/// update = -lr * m_hat / (sqrt(v_hat) + eps)
/// ```
///
/// with t = 1 for the first update.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adam {
    /// Decay rate of the first moment, in [0, 1).
    pub beta1: f64,
    /// Decay rate of the second moment, in [0, 1).
    pub beta2: f64,
    /// Added to the root, at least 0: keeps the update finite where the gradient has been 0.
    pub eps: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
    /// Whether the moments are divided by 1 - beta^t, which undoes their start at 0. PyTorch always does.
    pub bias_correction: bool,
}

impl Adam {
    /// PyTorch's defaults.
    pub const DEFAULT: Self = Self { beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.0, bias_correction: true };
}

impl Rule for Adam {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        MEAN,
        SQUARES,
        M_HAT.when(CORRECTED),
        V_HAT.when(CORRECTED),
        ADAM_UPDATE.when(CORRECTED),
        RAW_UPDATE.when(UNCORRECTED),
    ];

    type At = Corrections;
    type Moments<R: Real> = AdamMoments<R>;

    fn first(&self) -> Corrections {
        Corrections::first(self.beta1, self.beta2, self.bias_correction)
    }

    #[inline]
    fn next(&self, at: Corrections) -> Corrections {
        at.next(self.beta1, self.beta2, self.bias_correction)
    }

    fn moments<R: Real>(&self) -> AdamMoments<R> {
        AdamMoments::of(0.0)
    }

    fn bound(&self) -> Option<f64> {
        bound(self.beta1, self.beta2)
    }

    fn terms(
        &self,
        _: Corrections,
        param: f64,
        grad: f64,
        before: AdamMoments<f64>,
        _: AdamMoments<f64>,
    ) -> Terms {
        vec![("g", with_l2(grad, param, self.weight_decay)), ("m0", before.m), ("v0", before.v)]
    }

    #[inline(always)]
    fn anatomy<R: Real>(
        &self,
        at: Corrections,
        lr: R,
        param: R,
        grad: R,
        moments: AdamMoments<R>,
    ) -> (Anatomy<R>, AdamMoments<R>) {
        let g = with_l2(grad, param, self.weight_decay);
        let m = moments.m * self.beta1 + g * (1.0 - self.beta1);
        let v = moments.v * self.beta2 + g.squared() * (1.0 - self.beta2);
        let m_hat = m * at.m_correction;
        let v_hat = v * at.v_correction;
        let root = v_hat.sqrt() + self.eps;
        let update = -(lr * m_hat) / root;
        (Anatomy::corrected(grad, lr / root, update, [m, v], [m_hat, v_hat]), AdamMoments { m, v })
    }
}
