//! AdaDelta.

use super::lines::{DECAYED, GRADIENT, Line, SQUARES_NAME, UPDATE};
use super::rule::{Anatomy, Rule, Terms, with_l2};
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

    /// The root mean square of the past updates over that of the gradients.
    #[inline]
    fn ratio<R: Real>(&self, u: R, v: R) -> R {
        (u + self.eps).sqrt() / (v + self.eps).sqrt()
    }
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
    const LINES: &'static [Line] = &[
        GRADIENT,
        DECAYED,
        Line::new(
            SQUARES_NAME,
            set!(now!("v"), var!("ρ"), before!("v"), op!("+"), rest!(var!("ρ")), squared!("g")),
            "{rho} × {v0} + {1-rho} × {g}²",
            "v",
        ),
        Line::new(
            ["gradient, rescaled", "in the unit of past updates"],
            set!(
                now!("d"),
                fraction!(
                    root!(concat!(before!("u"), op!("+"), var!("ε"))),
                    root!(concat!(now!("v"), op!("+"), var!("ε")))
                ),
                now!("g")
            ),
            "√({u0} + {eps}) / √({v} + {eps}) × {g}",
            "d",
        ),
        Line::new(
            ["average of squared updates", "how far it has moved"],
            set!(now!("u"), var!("ρ"), before!("u"), op!("+"), rest!(var!("ρ")), squared!("d")),
            "{rho} × {u0} + {1-rho} × {d}²",
            "u",
        ),
        Line::new(UPDATE, update!(now!("d")), "−{lr} × {d}", "update"),
    ];

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

    fn terms(
        &self,
        (): (),
        param: f64,
        grad: f64,
        before: AdaDeltaMoments<f64>,
        after: AdaDeltaMoments<f64>,
    ) -> Terms {
        let g = with_l2(grad, param, self.weight_decay);
        let d = self.ratio(before.u, after.v) * g;
        vec![("g", g), ("v0", before.v), ("u0", before.u), ("u", after.u), ("d", d)]
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
        let ratio = self.ratio(u, v);
        let d = ratio * g;
        let u = u * self.rho + d.squared() * (1.0 - self.rho);
        (Anatomy { v: Some(v), ..Anatomy::plain(grad, lr * ratio, -(lr * d)) }, AdaDeltaMoments { v, u })
    }
}
