//! What every update rule is.

use super::lines::Line;
use crate::real::Real;

/// Numbers by the names that they have in a line.
pub type Terms = Vec<(&'static str, f64)>;

/// A coordinate-wise update rule: pure functions, with its memory as a value.
///
/// Every coordinate (and every lane) has its own moments; what depends on the step alone is computed once a step, in
/// [`Self::At`].
pub trait Rule {
    /// The update as people read it, in the order in which it is computed.
    const LINES: &'static [Line];

    /// What depends on the step only, such as bias corrections.
    type At: Copy + 'static;
    /// What the rule remembers of one coordinate.
    type Moments<R: Real>: Copy + 'static;

    /// The factors of the first update.
    fn first(&self) -> Self::At;

    /// The factors of the update after the one at `at`.
    fn next(&self, at: Self::At) -> Self::At;

    /// The moments before the first update.
    fn moments<R: Real>(&self) -> Self::Moments<R>;

    /// The most that an update can be, in rates, whatever the gradients; `None` where no such bound is known.
    fn bound(&self) -> Option<f64>;

    /// One update with all that it is made of, and the moments after it.
    fn anatomy<R: Real>(
        &self,
        at: Self::At,
        lr: R,
        param: R,
        grad: R,
        moments: Self::Moments<R>,
    ) -> (Anatomy<R>, Self::Moments<R>);

    /// The numbers in its lines that are no part of the anatomy, by name, for an update of `param` by `grad` from one set
    /// of moments to the next: what the rule remembers, and what it computes on the way.
    fn terms(
        &self,
        at: Self::At,
        param: f64,
        grad: f64,
        before: Self::Moments<f64>,
        after: Self::Moments<f64>,
    ) -> Terms;

    /// What to add to `param`, and the moments after it: of the anatomy, only this is computed.
    #[inline(always)]
    fn update<R: Real>(
        &self,
        at: Self::At,
        lr: R,
        param: R,
        grad: R,
        moments: Self::Moments<R>,
    ) -> (R, Self::Moments<R>) {
        let (anatomy, moments) = self.anatomy(at, lr, param, grad, moments);
        (anatomy.update, moments)
    }
}

/// What one update of one coordinate is made of. What a rule does not have is `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anatomy<R> {
    /// The gradient of the loss, as the rule was given it: without weight decay.
    pub grad: R,
    /// What is added to the parameter, weight decay included.
    pub update: R,
    /// First moment after this gradient: the running mean of gradients, or momentum's running sum.
    pub m: Option<R>,
    /// Second moment after this gradient: the running mean or sum of squared gradients, or what the rule has in its
    /// place.
    pub v: Option<R>,
    /// The first moment as the update uses it, corrected for its start at 0.
    pub m_hat: Option<R>,
    /// The second moment as the update uses it, corrected for its start at 0.
    pub v_hat: Option<R>,
    /// The rate of this coordinate at this update: the factor on the gradient, or on the moment or the sign that
    /// stands for it. It is lr for SGD and lr / (sqrt(v_hat) + eps) for Adam.
    pub rate: R,
}

impl Anatomy<f64> {
    /// The names of its parts.
    pub const PARTS: [&str; 7] = ["grad", "update", "m", "v", "m_hat", "v_hat", "rate"];

    /// Its parts, in the order of [`Self::PARTS`].
    pub fn parts(&self) -> [Option<f64>; 7] {
        [Some(self.grad), Some(self.update), self.m, self.v, self.m_hat, self.v_hat, Some(self.rate)]
    }
}

impl<R> Anatomy<R> {
    /// The anatomy of a rule without moments.
    #[inline]
    pub(super) fn plain(grad: R, rate: R, update: R) -> Self {
        Self { grad, update, m: None, v: None, m_hat: None, v_hat: None, rate }
    }

    /// The anatomy of a rule with two moments, both corrected.
    #[inline]
    pub(super) fn corrected(grad: R, rate: R, update: R, [m, v]: [R; 2], [m_hat, v_hat]: [R; 2]) -> Self {
        Self { grad, update, m: Some(m), v: Some(v), m_hat: Some(m_hat), v_hat: Some(v_hat), rate }
    }
}

/// `grad + weight_decay * param`: the gradient with that of the L2 penalty 0.5 * weight_decay * param^2.
#[inline]
pub(super) fn with_l2<R: Real>(grad: R, param: R, weight_decay: f64) -> R {
    if weight_decay == 0.0 { grad } else { grad + param * weight_decay }
}
