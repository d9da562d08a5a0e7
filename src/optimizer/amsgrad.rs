//! AMSGrad.

use super::moments::{Corrections, bound};
use super::lines::{ADAM_UPDATE, CORRECTED, DECAYED, GRADIENT, Line, M_HAT, MAXIMUM_HAT, MEAN, SQUARES, UNCORRECTED, UPDATE};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// AMSGrad: Adam with the largest second moment so far in place of the last one, so that the rate of a coordinate never
/// grows. Reddi, Kale & Kumar (2018), Algorithm 2; as `torch.optim.Adam` with `amsgrad=True`: the maximum is taken over
/// the raw v and corrected afterwards (elsewhere it is over the corrected v), and there are corrections at all, which
/// the paper does without.
///
/// ```text
/// g = grad + weight_decay * param
/// m = beta1 * m + (1 - beta1) * g           m_hat = m / (1 - beta1^t)
/// v = beta2 * v + (1 - beta2) * g^2
/// v_max = max(v_max, v)                     v_hat = v_max / (1 - beta2^t)
/// update = -lr * m_hat / (sqrt(v_hat) + eps)
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AmsGrad {
    /// Decay rate of the first moment, in [0, 1).
    pub beta1: f64,
    /// Decay rate of the second moment, in [0, 1).
    pub beta2: f64,
    /// Added to the root, at least 0.
    pub eps: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
    /// Whether the moments are divided by 1 - beta^t, which undoes their start at 0. PyTorch always does.
    pub bias_correction: bool,
}

impl AmsGrad {
    /// PyTorch's defaults.
    pub const DEFAULT: Self = Self { beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.0, bias_correction: true };
}

/// AMSGrad's memory of one coordinate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AmsGradMoments<R> {
    /// First moment: the running mean of the gradient.
    pub m: R,
    /// Second moment: the running mean of the squared gradient.
    pub v: R,
    /// The largest second moment so far.
    pub v_max: R,
}

impl Rule for AmsGrad {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        MEAN,
        SQUARES,
        Line::new(
            ["largest so far", "never forgotten"],
            set!(now!("u"), var!("max"), op!("("), before!("u"), op!(","), now!("v"), op!(")")),
            "max({v_max0}, {v})",
            "v_max",
        ),
        M_HAT.when(CORRECTED),
        MAXIMUM_HAT.when(CORRECTED),
        ADAM_UPDATE.when(CORRECTED),
        Line::new(
            UPDATE,
            update!(fraction!(now!("m"), concat!(root!(now!("u")), op!("+"), var!("ε")))),
            "−{lr} × {m} / (√{v_max} + {eps})",
            "update",
        )
        .when(UNCORRECTED),
    ];

    type At = Corrections;
    type Moments<R: Real> = AmsGradMoments<R>;

    fn first(&self) -> Corrections {
        Corrections::first(self.beta1, self.beta2, self.bias_correction)
    }

    #[inline]
    fn next(&self, at: Corrections) -> Corrections {
        at.next(self.beta1, self.beta2, self.bias_correction)
    }

    fn moments<R: Real>(&self) -> AmsGradMoments<R> {
        let zero = R::constant(0.0);
        AmsGradMoments { m: zero, v: zero, v_max: zero }
    }

    fn bound(&self) -> Option<f64> {
        bound(self.beta1, self.beta2)
    }

    fn terms(
        &self,
        _: Corrections,
        param: f64,
        grad: f64,
        before: AmsGradMoments<f64>,
        after: AmsGradMoments<f64>,
    ) -> Terms {
        let g = with_l2(grad, param, self.weight_decay);
        vec![("g", g), ("m0", before.m), ("v0", before.v), ("v_max0", before.v_max), ("v_max", after.v_max)]
    }

    #[inline(always)]
    fn anatomy<R: Real>(
        &self,
        at: Corrections,
        lr: R,
        param: R,
        grad: R,
        moments: AmsGradMoments<R>,
    ) -> (Anatomy<R>, AmsGradMoments<R>) {
        let g = with_l2(grad, param, self.weight_decay);
        let m = moments.m * self.beta1 + g * (1.0 - self.beta1);
        let v = moments.v * self.beta2 + g.squared() * (1.0 - self.beta2);
        let v_max = moments.v_max.max(v);
        let m_hat = m * at.m_correction;
        let v_hat = v_max * at.v_correction;
        let root = v_hat.sqrt() + self.eps;
        let update = -(lr * m_hat) / root;
        let anatomy = Anatomy::corrected(grad, lr / root, update, [m, v], [m_hat, v_hat]);
        (anatomy, AmsGradMoments { m, v, v_max })
    }
}
