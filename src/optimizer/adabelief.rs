//! AdaBelief.

use super::moments::{AdamMoments, Corrections};
use super::lines::{ADAM_UPDATE, DECAYED, GRADIENT, Line, M_HAT, MEAN, V_HAT};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// Added to AdaBelief's second moment at every update: optax's `eps_root`.
const EPS_ROOT: f64 = 1e-16;

/// AdaBelief: Adam whose second moment is that of the gradient's distance from its mean, so that a gradient as expected
/// makes a large step. Zhuang et al. (2020), Algorithm 2; as `optax.adabelief`: a constant 1e-16 is added to the second
/// moment at every update and stays in it, and eps, of that size too, is added outside the root. Weight decay is L2,
/// as by `optax.add_decayed_weights` before it.
///
/// ```text
/// g = grad + weight_decay * param
/// m = beta1 * m + (1 - beta1) * g                          m_hat = m / (1 - beta1^t)
/// v = beta2 * v + (1 - beta2) * (g - m)^2 + 1e-16          v_hat = v / (1 - beta2^t)
/// update = -lr * m_hat / (sqrt(v_hat) + eps)
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdaBelief {
    /// Decay rate of the first moment, in [0, 1).
    pub beta1: f64,
    /// Decay rate of the second moment, in [0, 1).
    pub beta2: f64,
    /// Added to the root, at least 0.
    pub eps: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
}

impl AdaBelief {
    /// optax's defaults.
    pub const DEFAULT: Self = Self { beta1: 0.9, beta2: 0.999, eps: 1e-16, weight_decay: 0.0 };
}

impl Rule for AdaBelief {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        MEAN,
        Line::new(
            ["average of surprises", "how far from expected"],
            set!(
                now!("v"),
                beta!("2"),
                before!("v"),
                op!("+"),
                rest!(beta!("2")),
                "<msup><mrow><mo>(</mo><msub><mi>g</mi><mi>t</mi></msub><mo>−</mo><msub><mi>m</mi><mi>t</mi></msub><mo>)</mo></mrow><mn>2</mn></msup>",
                op!("+"),
                "<msup><mn>10</mn><mn>−16</mn></msup>"
            ),
            "{beta2} × {v0} + {1-beta2} × ({g} − {m})² + {eps_root}",
            "v",
        ),
        M_HAT,
        V_HAT,
        ADAM_UPDATE,
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

    fn bound(&self) -> Option<f64> {
        None
    }

    fn terms(
        &self,
        _: Corrections,
        param: f64,
        grad: f64,
        before: AdamMoments<f64>,
        _: AdamMoments<f64>,
    ) -> Terms {
        vec![("g", with_l2(grad, param, self.weight_decay)), ("m0", before.m), ("v0", before.v), ("eps_root", EPS_ROOT)]
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
        let v = moments.v * self.beta2 + (g - m).squared() * (1.0 - self.beta2) + EPS_ROOT;
        let m_hat = m * at.m_correction;
        let v_hat = v * at.v_correction;
        let root = v_hat.sqrt() + self.eps;
        let update = -(lr * m_hat) / root;
        (Anatomy::corrected(grad, lr / root, update, [m, v], [m_hat, v_hat]), AdamMoments { m, v })
    }
}
