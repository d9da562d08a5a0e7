//! Yogi.

use super::moments::{AdamMoments, Corrections};
use super::lines::{ADAM_UPDATE, DECAYED, GRADIENT, Line, M_HAT, MEAN, SQUARES_NAME, V_HAT};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// Where both of Yogi's moments start: optax's `initial_accumulator_value`.
const INITIAL: f64 = 1e-6;

/// Yogi: Adam whose second moment grows and shrinks by steps of the squared gradient, so that it cannot be forgotten
/// faster than it was learnt. Zaheer et al. (2018), Algorithm 2; as `optax.yogi`: the first moment starts at 1e-6 like
/// the second, and both are corrected as if they had started at 0 (the paper corrects neither). Weight decay is L2, as
/// by `optax.add_decayed_weights` before it.
///
/// ```text
/// g = grad + weight_decay * param
/// m = beta1 * m + (1 - beta1) * g                          m_hat = m / (1 - beta1^t)
/// v = v - (1 - beta2) * sign(v - g^2) * g^2                v_hat = v / (1 - beta2^t)
/// update = -lr * m_hat / (sqrt(v_hat) + eps)
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Yogi {
    /// Decay rate of the first moment, in [0, 1).
    pub beta1: f64,
    /// 1 - beta2 is the size of the second moment's steps; in [0, 1).
    pub beta2: f64,
    /// Added to the root, at least 0.
    pub eps: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
}

impl Yogi {
    /// optax's defaults.
    pub const DEFAULT: Self = Self { beta1: 0.9, beta2: 0.999, eps: 1e-3, weight_decay: 0.0 };
}

impl Rule for Yogi {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        MEAN,
        Line::new(
            SQUARES_NAME,
            set!(
                now!("v"),
                before!("v"),
                op!("−"),
                rest!(beta!("2")),
                var!("sign"),
                op!("("),
                before!("v"),
                op!("−"),
                squared!("g"),
                op!(")"),
                squared!("g")
            ),
            "{v0} − {1-beta2} × sign({v0} − {g}²) × {g}²",
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
        AdamMoments::of(INITIAL)
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
        let v = moments.v - (moments.v - g.squared()).sign() * g.squared() * (1.0 - self.beta2);
        let m_hat = m * at.m_correction;
        let v_hat = v * at.v_correction;
        let root = v_hat.sqrt() + self.eps;
        let update = -(lr * m_hat) / root;
        (Anatomy::corrected(grad, lr / root, update, [m, v], [m_hat, v_hat]), AdamMoments { m, v })
    }
}
