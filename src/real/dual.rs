//! A number with its derivatives along x and y.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::Real;

/// A value and its gradient: forward differentiation of the formula it goes through, exact to rounding.
///
/// Over `T = Dual<f64>` it carries the Hessian too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual<T> {
    /// The value itself.
    pub value: T,
    /// Its derivative along x.
    pub dx: T,
    /// Its derivative along y.
    pub dy: T,
}

impl<T: Real> Dual<T> {
    /// The variables x and y at a point: each has slope 1 along itself.
    #[inline]
    pub fn variables(x: T, y: T) -> (Self, Self) {
        let (zero, one) = (T::constant(0.0), T::constant(1.0));
        (Self { value: x, dx: one, dy: zero }, Self { value: y, dx: zero, dy: one })
    }

    /// The chain rule: a function with this value and this slope at `self`.
    #[inline]
    fn chain(self, value: T, slope: T) -> Self {
        Self { value, dx: self.dx * slope, dy: self.dy * slope }
    }
}

impl<T: Real> Real for Dual<T> {
    type Mask = T::Mask;

    #[inline]
    fn constant(value: f64) -> Self {
        let zero = T::constant(0.0);
        Self { value: T::constant(value), dx: zero, dy: zero }
    }

    #[inline]
    fn below(self, other: Self) -> T::Mask {
        self.value.below(other.value)
    }

    #[inline]
    fn select(mask: T::Mask, then: Self, otherwise: Self) -> Self {
        Self {
            value: T::select(mask, then.value, otherwise.value),
            dx: T::select(mask, then.dx, otherwise.dx),
            dy: T::select(mask, then.dy, otherwise.dy),
        }
    }

    #[inline]
    fn sqrt(self) -> Self {
        let (zero, root) = (T::constant(0.0), self.value.sqrt());
        self.chain(root, T::select(zero.below(root), T::constant(0.5) / root, zero))
    }

    #[inline]
    fn abs(self) -> Self {
        let (zero, one) = (T::constant(0.0), T::constant(1.0));
        let negative = T::select(self.value.below(zero), -one, zero);
        self.chain(self.value.abs(), T::select(zero.below(self.value), one, negative))
    }

    #[inline]
    fn exp(self) -> Self {
        let value = self.value.exp();
        self.chain(value, value)
    }

    #[inline]
    fn sin_cos(self) -> (Self, Self) {
        let (sin, cos) = self.value.sin_cos();
        (self.chain(sin, cos), self.chain(cos, -sin))
    }

    #[inline]
    fn squared(self) -> Self {
        self.chain(self.value.squared(), self.value * 2.0)
    }
}

impl<T: Real> Neg for Dual<T> {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self { value: -self.value, dx: -self.dx, dy: -self.dy }
    }
}

impl<T: Real> Add for Dual<T> {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        Self { value: self.value + other.value, dx: self.dx + other.dx, dy: self.dy + other.dy }
    }
}

impl<T: Real> Sub for Dual<T> {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        Self { value: self.value - other.value, dx: self.dx - other.dx, dy: self.dy - other.dy }
    }
}

impl<T: Real> Mul for Dual<T> {
    type Output = Self;

    #[inline]
    fn mul(self, other: Self) -> Self {
        Self {
            value: self.value * other.value,
            dx: self.dx * other.value + self.value * other.dx,
            dy: self.dy * other.value + self.value * other.dy,
        }
    }
}

impl<T: Real> Div for Dual<T> {
    type Output = Self;

    #[inline]
    fn div(self, other: Self) -> Self {
        let quotient = self.value / other.value;
        Self {
            value: quotient,
            dx: (self.dx - quotient * other.dx) / other.value,
            dy: (self.dy - quotient * other.dy) / other.value,
        }
    }
}

impl<T: Real> Add<f64> for Dual<T> {
    type Output = Self;

    #[inline]
    fn add(self, other: f64) -> Self {
        Self { value: self.value + other, ..self }
    }
}

impl<T: Real> Sub<f64> for Dual<T> {
    type Output = Self;

    #[inline]
    fn sub(self, other: f64) -> Self {
        Self { value: self.value - other, ..self }
    }
}

impl<T: Real> Mul<f64> for Dual<T> {
    type Output = Self;

    #[inline]
    fn mul(self, other: f64) -> Self {
        Self { value: self.value * other, dx: self.dx * other, dy: self.dy * other }
    }
}

impl<T: Real> Div<f64> for Dual<T> {
    type Output = Self;

    #[inline]
    fn div(self, other: f64) -> Self {
        Self { value: self.value / other, dx: self.dx / other, dy: self.dy / other }
    }
}
