//! AdamW.

use super::adam::Adam;
use super::moments::{AdamMoments, Corrections};
use super::lines::{CORRECTED, GRADIENT, Line, M_HAT, MEAN, SQUARES, UNCORRECTED, UPDATE, V_HAT};
use super::rule::{Anatomy, Rule, Terms};
use crate::real::Real;

/// AdamW: Adam whose weight decay is decoupled from the gradient, so that the moments do not scale it. Loshchilov &
/// Hutter (2019), Algorithm 2; as `torch.optim.AdamW`, where the rate multiplies the decay too.
///
/// ```text
/// update = Adam's without weight decay - lr * weight_decay * param
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamW {
    /// Decay rate of the first moment, in [0, 1).
    pub beta1: f64,
    /// Decay rate of the second moment, in [0, 1).
    pub beta2: f64,
    /// Added to the root, at least 0.
    pub eps: f64,
    /// The part of the parameter, times lr, that each update takes away, at least 0.
    pub weight_decay: f64,
    /// Whether the moments are divided by 1 - beta^t, which undoes their start at 0. PyTorch always does.
    pub bias_correction: bool,
}

impl AdamW {
    /// PyTorch's defaults.
    pub const DEFAULT: Self = Self { beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.01, bias_correction: true };

    /// The Adam that this is without its weight decay.
    #[inline]
    fn adam(&self) -> Adam {
        let Self { beta1, beta2, eps, weight_decay: _, bias_correction } = *self;
        Adam { beta1, beta2, eps, weight_decay: 0.0, bias_correction }
    }
}

impl Rule for AdamW {
    const LINES: &'static [Line] = &[
        GRADIENT,
        MEAN,
        SQUARES,
        M_HAT.when(CORRECTED),
        V_HAT.when(CORRECTED),
        Line::new(
            UPDATE,
            update!(
                fraction!(hat!("m"), concat!(root!(hat!("v")), op!("+"), var!("ε"))),
                op!("−"),
                var!("lr"),
                var!("λ"),
                before!("x")
            ),
            "−{lr} × {m_hat} / (√{v_hat} + {eps}) − {lr} × {weight-decay} × {x}",
            "update",
        )
        .when(CORRECTED),
        Line::new(
            UPDATE,
            update!(
                fraction!(now!("m"), concat!(root!(now!("v")), op!("+"), var!("ε"))),
                op!("−"),
                var!("lr"),
                var!("λ"),
                before!("x")
            ),
            "−{lr} × {m} / (√{v} + {eps}) − {lr} × {weight-decay} × {x}",
            "update",
        )
        .when(UNCORRECTED),
    ];

    type At = Corrections;
    type Moments<R: Real> = AdamMoments<R>;

    fn first(&self) -> Corrections {
        self.adam().first()
    }

    #[inline]
    fn next(&self, at: Corrections) -> Corrections {
        self.adam().next(at)
    }

    fn moments<R: Real>(&self) -> AdamMoments<R> {
        self.adam().moments()
    }

    // The decay adds what no gradient bounds.
    fn bound(&self) -> Option<f64> {
        self.adam().bound().filter(|_| self.weight_decay == 0.0)
    }

    fn terms(
        &self,
        at: Corrections,
        param: f64,
        grad: f64,
        before: AdamMoments<f64>,
        after: AdamMoments<f64>,
    ) -> Terms {
        self.adam().terms(at, param, grad, before, after)
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
        let (adam, moments) = self.adam().anatomy(at, lr, param, grad, moments);
        (Anatomy { update: adam.update - lr * self.weight_decay * param, ..adam }, moments)
    }
}
