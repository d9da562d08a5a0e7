//! NAdam.

use super::moments::{AdamMoments, kept};
use super::lines::{ADAM_UPDATE, DECAYED, GRADIENT, Line, MEAN, SQUARES, V_HAT};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// NAdam: Adam with Nesterov's momentum. Dozat (2016), Algorithm 2; as `torch.optim.NAdam` in float64: beta1 comes up
/// from half its value as mu, and the correction of the first moment is by the product of all mu so far. (PyTorch keeps
/// that product in float32 unless the default dtype is another; here it is always float64.)
///
/// ```text
/// g = grad + weight_decay * param
/// mu_t = beta1 * (1 - 0.5 * 0.96^(t * momentum_decay))
/// m = beta1 * m + (1 - beta1) * g
/// v = beta2 * v + (1 - beta2) * g^2         v_hat = v / (1 - beta2^t)
/// m_hat = (1 - mu_t) * g / (1 - mu_1 ... mu_t) + mu_(t+1) * m / (1 - mu_1 ... mu_(t+1))
/// update = -lr * m_hat / (sqrt(v_hat) + eps)
/// ```
///
/// with t = 1 for the first update.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NAdam {
    /// Decay rate of the first moment, in [0, 1).
    pub beta1: f64,
    /// Decay rate of the second moment, in [0, 1).
    pub beta2: f64,
    /// Added to the root, at least 0.
    pub eps: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
    /// How soon mu reaches beta1, at least 0; at 0 it stays at half of it.
    pub momentum_decay: f64,
}

impl NAdam {
    /// PyTorch's defaults.
    pub const DEFAULT: Self = Self { beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.0, momentum_decay: 4e-3 };

    /// The factors of an update, by the product of all mu up to its own, and 0.96^(t * momentum_decay) of the next t.
    #[inline]
    fn at(&self, mu: f64, mu_product: f64, decay: f64, decayed: f64, beta2_power: f64) -> NAdamAt {
        let mu_next = self.beta1 * (1.0 - 0.5 * decayed);
        NAdamAt {
            mu_next,
            mu_product: kept(mu_product),
            decay,
            decayed: kept(decayed),
            beta2_power: kept(beta2_power),
            grad_factor: (1.0 - mu) / (1.0 - mu_product),
            m_factor: mu_next / (1.0 - mu_product * mu_next),
            v_correction: 1.0 / (1.0 - beta2_power),
        }
    }
}

/// What depends on NAdam's step only, for update t.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NAdamAt {
    /// mu_(t+1).
    pub mu_next: f64,
    /// mu_1 ... mu_t.
    pub mu_product: f64,
    /// 0.96^momentum_decay, the same at every step.
    pub decay: f64,
    /// 0.96^((t + 1) * momentum_decay), by repeated multiplication.
    pub decayed: f64,
    /// beta2^t, by repeated multiplication.
    pub beta2_power: f64,
    /// What m_hat has of the gradient.
    pub grad_factor: f64,
    /// What m_hat has of m.
    pub m_factor: f64,
    /// 1 / (1 - beta2^t).
    pub v_correction: f64,
}

impl Rule for NAdam {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        MEAN,
        SQUARES,
        Line::new(
            ["average, looking ahead", "this gradient counts twice"],
            set!(
                hat!("m"),
                fraction!(concat!(num!("1"), op!("−"), now!("μ")), concat!(num!("1"), op!("−"), now!("∏μ"))),
                now!("g"),
                op!("+"),
                fraction!(
                    "<msub><mi>μ</mi><mrow><mi>t</mi><mo>+</mo><mn>1</mn></mrow></msub>",
                    "<mn>1</mn><mo>−</mo><msub><mi>∏μ</mi><mrow><mi>t</mi><mo>+</mo><mn>1</mn></mrow></msub>"
                ),
                now!("m")
            ),
            "{g_factor} × {g} + {m_factor} × {m}",
            "m_hat",
        ),
        V_HAT,
        ADAM_UPDATE,
    ];

    type At = NAdamAt;
    type Moments<R: Real> = AdamMoments<R>;

    fn first(&self) -> NAdamAt {
        let decay = libm::pow(0.96, self.momentum_decay);
        let mu = self.beta1 * (1.0 - 0.5 * decay);
        self.at(mu, mu, decay, decay * decay, self.beta2)
    }

    #[inline]
    fn next(&self, at: NAdamAt) -> NAdamAt {
        let NAdamAt { mu_next, mu_product, decay, decayed, beta2_power, .. } = at;
        self.at(mu_next, mu_product * mu_next, decay, decayed * decay, beta2_power * self.beta2)
    }

    fn moments<R: Real>(&self) -> AdamMoments<R> {
        AdamMoments::of(0.0)
    }

    fn bound(&self) -> Option<f64> {
        None
    }

    fn terms(
        &self,
        at: NAdamAt,
        param: f64,
        grad: f64,
        before: AdamMoments<f64>,
        _: AdamMoments<f64>,
    ) -> Terms {
        let g = with_l2(grad, param, self.weight_decay);
        vec![("g", g), ("m0", before.m), ("v0", before.v), ("g_factor", at.grad_factor), ("m_factor", at.m_factor)]
    }

    #[inline(always)]
    fn anatomy<R: Real>(
        &self,
        at: NAdamAt,
        lr: R,
        param: R,
        grad: R,
        moments: AdamMoments<R>,
    ) -> (Anatomy<R>, AdamMoments<R>) {
        let g = with_l2(grad, param, self.weight_decay);
        let m = moments.m * self.beta1 + g * (1.0 - self.beta1);
        let v = moments.v * self.beta2 + g.squared() * (1.0 - self.beta2);
        let m_hat = g * at.grad_factor + m * at.m_factor;
        let v_hat = v * at.v_correction;
        let root = v_hat.sqrt() + self.eps;
        let update = -(lr * m_hat) / root;
        (Anatomy::corrected(grad, lr / root, update, [m, v], [m_hat, v_hat]), AdamMoments { m, v })
    }
}
