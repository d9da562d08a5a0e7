//! The scalar that every formula is written over.

mod dual;
mod elementary;
mod lanes;
mod register;

use std::fmt::Debug;
use std::ops::{Add, Div, Mul, Neg, Sub};

pub use dual::Dual;
pub use lanes::{LANES, Lanes};

/// A number that formulas compute with: `f64` for trajectories, [`Lanes`] for many runs at once, [`Dual`] for
/// exact gradients, and a dual of a dual for Hessians.
///
/// Constants stay `f64` (`x * 2.0`), since a dual constant would cost multiplications by zero. Formulas branch by
/// [`select`](Self::select), never by `if` on a number, so that a lane computes bit for bit what the scalar computes.
///
/// At kinks the derivative is a choice, made once here: sqrt'(0) = 0, |x|'(0) = 0, and [`max`](Self::max) and
/// [`min`](Self::min) of equal numbers take their first argument.
pub trait Real:
    Copy
    + 'static
    + Debug
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
{
    /// The outcome of a comparison: one bool, or one a lane.
    type Mask: Copy;

    /// A number that depends on no variable.
    fn constant(value: f64) -> Self;

    /// Where `self < other`; false where either is NaN.
    fn below(self, other: Self) -> Self::Mask;

    /// `then` where the mask holds, `otherwise` elsewhere.
    fn select(mask: Self::Mask, then: Self, otherwise: Self) -> Self;

    /// The square root, correctly rounded; its derivative at 0 is taken as 0.
    fn sqrt(self) -> Self;

    /// The absolute value; its derivative at 0 is taken as 0.
    fn abs(self) -> Self;

    /// e^x, to 1 ulp.
    fn exp(self) -> Self;

    /// The sine and the cosine of an angle in radians, each to 1 ulp.
    fn sin_cos(self) -> (Self, Self);

    /// The sine of an angle in radians, to 1 ulp.
    fn sin(self) -> Self {
        self.sin_cos().0
    }

    /// The cosine of an angle in radians, to 1 ulp.
    fn cos(self) -> Self {
        self.sin_cos().1
    }

    /// x^2.
    fn squared(self) -> Self {
        self * self
    }

    /// -1, 0 or 1, of NaN NaN; its derivative is taken as 0.
    fn sign(self) -> Self {
        let zero = Self::constant(0.0);
        let or_negative = Self::select(self.below(zero), Self::constant(-1.0), self * 0.0);
        Self::select(zero.below(self), Self::constant(1.0), or_negative)
    }

    /// The larger of the two; the first where they are equal.
    fn max(self, other: Self) -> Self {
        Self::select(self.below(other), other, self)
    }

    /// The smaller of the two; the first where they are equal.
    fn min(self, other: Self) -> Self {
        Self::select(other.below(self), other, self)
    }
}

impl Real for f64 {
    type Mask = bool;

    #[inline]
    fn constant(value: f64) -> Self {
        value
    }

    #[inline]
    fn below(self, other: Self) -> bool {
        self < other
    }

    #[inline]
    fn select(mask: bool, then: Self, otherwise: Self) -> Self {
        if mask { then } else { otherwise }
    }

    #[inline]
    fn sqrt(self) -> Self {
        Self::sqrt(self)
    }

    #[inline]
    fn abs(self) -> Self {
        Self::abs(self)
    }

    #[inline]
    fn exp(self) -> Self {
        elementary::exp(self)
    }

    #[inline]
    fn sin_cos(self) -> (Self, Self) {
        elementary::sin_cos(self)
    }
}
