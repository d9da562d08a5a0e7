//! AdaMax.

use super::moments::{AdamMoments, Corrections};
use super::lines::{DECAYED, GRADIENT, Line, M_HAT, MEAN, UPDATE};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// AdaMax: Adam with a decaying maximum of the gradient's size in place of the root of the second moment. Kingma & Ba
/// (2015), Algorithm 2; as `torch.optim.Adamax`, whose eps is inside the maximum (the paper has none). The maximum needs
/// no correction, and is the `v` of the [`Anatomy`]: nothing is squared, no root is taken.
///
/// ```text
/// g = grad + weight_decay * param
/// m = beta1 * m + (1 - beta1) * g           m_hat = m / (1 - beta1^t)
/// v = max(beta2 * v, |g| + eps)
/// update = -lr * m_hat / v
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdaMax {
    /// Decay rate of the first moment, in [0, 1).
    pub beta1: f64,
    /// Decay rate of the maximum, in [0, 1).
    pub beta2: f64,
    /// Added to the gradient's size, at least 0.
    pub eps: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
}

impl AdaMax {
    /// PyTorch's defaults.
    pub const DEFAULT: Self = Self { beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.0 };
}

impl Rule for AdaMax {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        MEAN,
        Line::new(
            ["decaying maximum", "how steep it has been"],
            set!(
                now!("v"),
                var!("max"),
                op!("("),
                beta!("2"),
                before!("v"),
                op!(","),
                op!("|"),
                now!("g"),
                op!("|"),
                op!("+"),
                var!("ε"),
                op!(")")
            ),
            "max({beta2} × {v0}, |{g}| + {eps})",
            "v",
        ),
        M_HAT,
        Line::new(UPDATE, update!(fraction!(hat!("m"), now!("v"))), "−{lr} × {m_hat} / {v}", "update"),
    ];

    type At = Corrections;
    type Moments<R: Real> = AdamMoments<R>;

    fn first(&self) -> Corrections {
        Corrections::first(self.beta1, self.beta2, true)
    }

    #[inline]
    fn next(&self, at: Corrections) -> Corrections {
        at.next(self.beta1, self.beta2, true)
    }

    fn moments<R: Real>(&self) -> AdamMoments<R> {
        AdamMoments::of(0.0)
    }

    // A gradient i updates ago is at most v / beta2^i: (1 - beta1) times the sum of (beta1 / beta2)^i.
    fn bound(&self) -> Option<f64> {
        let (beta1, beta2) = (self.beta1, self.beta2);
        (beta1 < beta2).then(|| (1.0 - beta1) / (1.0 - beta1 / beta2))
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
        let v = (moments.v * self.beta2).max(g.abs() + self.eps);
        let m_hat = m * at.m_correction;
        let anatomy = Anatomy {
            m: Some(m),
            v: Some(v),
            m_hat: Some(m_hat),
            ..Anatomy::plain(grad, lr / v, -(lr * m_hat) / v)
        };
        (anatomy, AdamMoments { m, v })
    }
}
