//! Lion.

use super::lines::{GRADIENT, Line, UPDATE, When};
use super::rule::{Anatomy, Rule, Terms};
use crate::real::Real;

/// Lion: against the sign of a mean of gradients, so that every update is the rate in size. Chen et al. (2023),
/// Algorithm 2; as `optax.lion`, with weight decay 0 in place of its 1e-3: the sign sees the gradient mixed in by beta1,
/// the memory by beta2, and weight decay is decoupled, scaled by the rate.
///
/// ```text
/// c = beta1 * m + (1 - beta1) * grad
/// m = beta2 * m + (1 - beta2) * grad
/// update = -lr * (sign(c) + weight_decay * param)
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lion {
    /// How much of the memory the sign sees, in [0, 1).
    pub beta1: f64,
    /// Decay rate of the memory, in [0, 1).
    pub beta2: f64,
    /// The part of the parameter, times lr, that each update takes away, at least 0.
    pub weight_decay: f64,
}

impl Lion {
    /// optax's defaults, but for weight decay.
    pub const DEFAULT: Self = Self { beta1: 0.9, beta2: 0.99, weight_decay: 0.0 };

    /// What the sign is taken of.
    #[inline]
    fn mixed<R: Real>(&self, m: R, grad: R) -> R {
        m * self.beta1 + grad * (1.0 - self.beta1)
    }
}

impl Rule for Lion {
    const LINES: &'static [Line] = &[
        GRADIENT,
        Line::new(
            ["average for the sign", "the momentum, and this gradient"],
            set!(now!("c"), beta!("1"), before!("m"), op!("+"), rest!(beta!("1")), now!("g")),
            "{beta1} × {m0} + {1-beta1} × {g}",
            "c",
        ),
        Line::new(UPDATE, update!(var!("sign"), op!("("), now!("c"), op!(")")), "−{lr} × sign({c})", "update")
            .when(When::HasNot("weight-decay")),
        Line::new(
            UPDATE,
            update!(
                op!("("),
                var!("sign"),
                op!("("),
                now!("c"),
                op!(")"),
                op!("+"),
                var!("λ"),
                before!("x"),
                op!(")")
            ),
            "−{lr} × (sign({c}) + {weight-decay} × {x})",
            "update",
        )
        .when(When::Has("weight-decay")),
        Line::new(
            ["average of gradients", "kept for the next step"],
            set!(now!("m"), beta!("2"), before!("m"), op!("+"), rest!(beta!("2")), now!("g")),
            "{beta2} × {m0} + {1-beta2} × {g}",
            "m",
        ),
    ];

    type At = ();
    type Moments<R: Real> = R;

    fn first(&self) {}

    fn next(&self, (): ()) {}

    fn moments<R: Real>(&self) -> R {
        R::constant(0.0)
    }

    fn bound(&self) -> Option<f64> {
        Some(1.0).filter(|_| self.weight_decay == 0.0)
    }

    fn terms(
        &self,
        (): (),
        _: f64,
        grad: f64,
        before: f64,
        _: f64,
    ) -> Terms {
        vec![("g", grad), ("m0", before), ("c", self.mixed(before, grad))]
    }

    #[inline(always)]
    fn anatomy<R: Real>(&self, (): (), lr: R, param: R, grad: R, m: R) -> (Anatomy<R>, R) {
        let c = self.mixed(m, grad);
        let m = m * self.beta2 + grad * (1.0 - self.beta2);
        let update = -(lr * (c.sign() + param * self.weight_decay));
        (Anatomy { m: Some(m), ..Anatomy::plain(grad, lr, update) }, m)
    }
}
