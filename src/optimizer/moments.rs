//! What Adam's relatives share: two moments and their corrections.

use crate::real::Real;

/// The memory of one coordinate in Adam and most of its relatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamMoments<R> {
    /// First moment: the running mean of the gradient.
    pub m: R,
    /// Second moment: the running mean of the squared gradient, or what the rule has in its place.
    pub v: R,
}

impl<R: Real> AdamMoments<R> {
    /// Both moments at their start.
    #[inline]
    pub(super) fn of(start: f64) -> Self {
        Self { m: R::constant(start), v: R::constant(start) }
    }
}

/// The most that |m| / sqrt(v) can be of two running means of gradients and of their squares, corrected or not:
///
/// ```text
/// (1 - beta1) / sqrt((1 - beta2) * (1 - beta1^2 / beta2))
/// ```
///
/// where beta1^2 < beta2, by the inequality of Cauchy and Schwarz; `None` elsewhere. It is 7.27 at Adam's defaults, and
/// what gradients that grow by beta2 / beta1 a step come near to. (The often quoted (1 - beta1) / sqrt(1 - beta2) = 3.16
/// is a lone gradient after silence, no bound.)
pub(super) fn bound(beta1: f64, beta2: f64) -> Option<f64> {
    let rest = (1.0 - beta2) * (1.0 - beta1 * beta1 / beta2);
    (beta1 * beta1 < beta2).then(|| (1.0 - beta1) / rest.sqrt())
}

/// The bias corrections of two running means at one step. With t = 1 for the first update, a mean that starts at 0 has
/// seen 1 - beta^t of its weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corrections {
    /// beta1^t, by repeated multiplication.
    pub beta1_power: f64,
    /// beta2^t, by repeated multiplication.
    pub beta2_power: f64,
    /// 1 / (1 - beta1^t), or 1 without bias correction.
    pub m_correction: f64,
    /// 1 / (1 - beta2^t), or 1 without bias correction.
    pub v_correction: f64,
}

/// A power or product that is subtracted from 1, as 0 once that no longer changes the difference: subnormal numbers
/// would make long runs slow.
#[inline]
pub(super) fn kept(power: f64) -> f64 {
    if power < f64::EPSILON / 4.0 { 0.0 } else { power }
}

impl Corrections {
    /// Those of the first update; all 1 unless they are wanted.
    #[inline]
    pub(super) fn first(beta1: f64, beta2: f64, wanted: bool) -> Self {
        Self::of(beta1, beta2, wanted)
    }

    /// Those of the update after.
    #[inline]
    pub(super) fn next(self, beta1: f64, beta2: f64, wanted: bool) -> Self {
        Self::of(self.beta1_power * beta1, self.beta2_power * beta2, wanted)
    }

    #[inline]
    fn of(beta1_power: f64, beta2_power: f64, wanted: bool) -> Self {
        let (m_correction, v_correction) =
            if wanted { (1.0 / (1.0 - beta1_power), 1.0 / (1.0 - beta2_power)) } else { (1.0, 1.0) };
        Self { beta1_power: kept(beta1_power), beta2_power: kept(beta2_power), m_correction, v_correction }
    }
}
