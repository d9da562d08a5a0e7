//! RAdam.

use super::moments::{AdamMoments, Corrections};
use super::lines::{DECAYED, GRADIENT, Line, M_HAT, MEAN, SQUARES, UPDATE, When};
use super::rule::{Anatomy, Rule, Terms, with_l2};
use crate::real::Real;

/// RAdam: Adam that waits with the second moment until it has seen enough gradients, and then warms up by itself. Liu
/// et al. (2020), Algorithm 2; as `torch.optim.RAdam`: eps is added to the root of the raw v, the threshold on rho is 5
/// (the paper has 4), and the first updates, un-rectified, are made without the second moment (elsewhere they are left
/// out): five at the default beta2.
///
/// ```text
/// g = grad + weight_decay * param
/// m = beta1 * m + (1 - beta1) * g           m_hat = m / (1 - beta1^t)
/// v = beta2 * v + (1 - beta2) * g^2
/// rho_inf = 2 / (1 - beta2) - 1             rho = rho_inf - 2 * t * beta2^t / (1 - beta2^t)
/// r = sqrt((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho))
/// update = -lr * m_hat * r * sqrt(1 - beta2^t) / (sqrt(v) + eps)    where rho > 5
/// update = -lr * m_hat                                              elsewhere
/// ```
///
/// with t = 1 for the first update.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RAdam {
    /// Decay rate of the first moment, in [0, 1).
    pub beta1: f64,
    /// Decay rate of the second moment, in [0, 1). Up to 0.6 it is never used.
    pub beta2: f64,
    /// Added to the root, at least 0.
    pub eps: f64,
    /// Coefficient of the L2 penalty 0.5 * weight_decay * param^2, at least 0.
    pub weight_decay: f64,
}

/// The least rho, not included, at which the second moment is used.
const ENOUGH: f64 = 5.0;

impl RAdam {
    /// PyTorch's defaults.
    pub const DEFAULT: Self = Self { beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.0 };

    /// rho_inf and rho.
    #[inline]
    fn rho(&self, t: f64, corrections: Corrections) -> [f64; 2] {
        let rho_inf = 2.0 / (1.0 - self.beta2) - 1.0;
        [rho_inf, rho_inf - 2.0 * t * corrections.beta2_power * corrections.v_correction]
    }

    #[inline]
    fn at(&self, t: f64, corrections: Corrections) -> RAdamAt {
        let [rho_inf, rho] = self.rho(t, corrections);
        let rectification = (rho > ENOUGH).then(|| {
            let r = (rho - 4.0) * (rho - 2.0) * rho_inf / ((rho_inf - 4.0) * (rho_inf - 2.0) * rho);
            r.sqrt() * (1.0 - corrections.beta2_power).sqrt()
        });
        RAdamAt { t, corrections, rectification }
    }
}

/// What depends on RAdam's step only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RAdamAt {
    /// The update's number, from 1.
    pub t: f64,
    /// The bias corrections.
    pub corrections: Corrections,
    /// r * sqrt(1 - beta2^t); `None` where the update is not rectified.
    pub rectification: Option<f64>,
}

impl Rule for RAdam {
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        MEAN,
        SQUARES,
        M_HAT,
        Line::new(
            ["gradients seen", "as if equally weighted"],
            set!(
                var!("ρ"),
                var!("ρ∞"),
                op!("−"),
                fraction!(
                    concat!(num!("2"), var!("t"), beta_power!("2")),
                    concat!(num!("1"), op!("−"), beta_power!("2"))
                )
            ),
            "{rho_inf} − 2 × {t} × {beta2}{^t} / (1 − {beta2}{^t})",
            "rho",
        ),
        Line::new(
            ["rectification", "trust in the squares"],
            set!(
                var!("r"),
                root!(fraction!(
                    "<mo>(</mo><mi>ρ</mi><mo>−</mo><mn>4</mn><mo>)</mo><mo>(</mo><mi>ρ</mi><mo>−</mo><mn>2</mn><mo>)</mo><mi>ρ∞</mi>",
                    "<mo>(</mo><mi>ρ∞</mi><mo>−</mo><mn>4</mn><mo>)</mo><mo>(</mo><mi>ρ∞</mi><mo>−</mo><mn>2</mn><mo>)</mo><mi>ρ</mi>"
                )),
                root!(concat!(num!("1"), op!("−"), beta_power!("2")))
            ),
            "√(({rho} − 4) × ({rho} − 2) × {rho_inf} / (({rho_inf} − 4) × ({rho_inf} − 2) × {rho})) × √(1 − {beta2}{^t})",
            "r",
        )
        .when(When::Has("r")),
        Line::new(
            UPDATE,
            update!(var!("r"), fraction!(hat!("m"), concat!(root!(now!("v")), op!("+"), var!("ε")))),
            "−{lr} × {r} × {m_hat} / (√{v} + {eps})",
            "update",
        )
        .when(When::Has("r")),
        Line::new(UPDATE, update!(hat!("m")), "−{lr} × {m_hat}", "update").when(When::HasNot("r")),
    ];

    type At = RAdamAt;
    type Moments<R: Real> = AdamMoments<R>;

    fn first(&self) -> RAdamAt {
        self.at(1.0, Corrections::first(self.beta1, self.beta2, true))
    }

    #[inline]
    fn next(&self, at: RAdamAt) -> RAdamAt {
        self.at(at.t + 1.0, at.corrections.next(self.beta1, self.beta2, true))
    }

    fn moments<R: Real>(&self) -> AdamMoments<R> {
        AdamMoments::of(0.0)
    }

    fn bound(&self) -> Option<f64> {
        None
    }

    fn terms(
        &self,
        at: RAdamAt,
        param: f64,
        grad: f64,
        before: AdamMoments<f64>,
        _: AdamMoments<f64>,
    ) -> Terms {
        let [rho_inf, rho] = self.rho(at.t, at.corrections);
        let g = with_l2(grad, param, self.weight_decay);
        let mut terms = vec![("g", g), ("m0", before.m), ("v0", before.v), ("rho_inf", rho_inf), ("rho", rho)];
        terms.extend(at.rectification.map(|r| ("r", r)));
        terms
    }

    #[inline(always)]
    fn anatomy<R: Real>(
        &self,
        at: RAdamAt,
        lr: R,
        param: R,
        grad: R,
        moments: AdamMoments<R>,
    ) -> (Anatomy<R>, AdamMoments<R>) {
        let g = with_l2(grad, param, self.weight_decay);
        let m = moments.m * self.beta1 + g * (1.0 - self.beta1);
        let v = moments.v * self.beta2 + g.squared() * (1.0 - self.beta2);
        let m_hat = m * at.corrections.m_correction;
        let (rate, v_hat) = match at.rectification {
            Some(r) => (lr * r / (v.sqrt() + self.eps), Some(v * at.corrections.v_correction)),
            None => (lr, None),
        };
        let anatomy =
            Anatomy { m: Some(m), v: Some(v), m_hat: Some(m_hat), v_hat, ..Anatomy::plain(grad, rate, -(rate * m_hat)) };
        (anatomy, AdamMoments { m, v })
    }
}
