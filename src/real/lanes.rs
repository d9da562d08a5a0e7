//! Eight numbers side by side.

use std::array;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::{Real, elementary};

/// How many numbers [`Lanes`] holds: four f64x2 registers, enough to hide the latency of divide and square root.
pub const LANES: usize = 8;

/// Eight independent numbers, one a run. By value and in plain loops, so that the compiler vectorises them.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub struct Lanes(pub [f64; LANES]);

impl Lanes {
    #[inline]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self(array::from_fn(|i| f(self.0[i])))
    }

    #[inline]
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self(array::from_fn(|i| f(self.0[i], other.0[i])))
    }
}

impl Real for Lanes {
    type Mask = [bool; LANES];

    #[inline]
    fn constant(value: f64) -> Self {
        Self([value; LANES])
    }

    #[inline]
    fn below(self, other: Self) -> Self::Mask {
        array::from_fn(|i| self.0[i] < other.0[i])
    }

    #[inline]
    fn select(mask: Self::Mask, then: Self, otherwise: Self) -> Self {
        Self(array::from_fn(|i| if mask[i] { then.0[i] } else { otherwise.0[i] }))
    }

    #[inline]
    fn sqrt(self) -> Self {
        self.map(f64::sqrt)
    }

    #[inline]
    fn abs(self) -> Self {
        self.map(f64::abs)
    }

    #[inline]
    fn exp(self) -> Self {
        Self(elementary::exp(self.0))
    }

    #[inline]
    fn sin_cos(self) -> (Self, Self) {
        let (sin, cos) = elementary::sin_cos(self.0);
        (Self(sin), Self(cos))
    }
}

impl Neg for Lanes {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        self.map(|a| -a)
    }
}

macro_rules! lanewise {
    ($($operator:ident $method:ident $symbol:tt;)*) => {$(
        impl $operator for Lanes {
            type Output = Self;

            #[inline]
            fn $method(self, other: Self) -> Self {
                self.zip(other, |a, b| a $symbol b)
            }
        }

        impl $operator<f64> for Lanes {
            type Output = Self;

            #[inline]
            fn $method(self, other: f64) -> Self {
                self.map(|a| a $symbol other)
            }
        }
    )*};
}

lanewise! {
    Add add +;
    Sub sub -;
    Mul mul *;
    Div div /;
}
