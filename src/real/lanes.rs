//! Two numbers side by side.

use std::fmt::{self, Debug, Formatter};
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::Real;
use super::elementary::{self, Bits};
use super::register::{self, Mask, Register};

/// How many numbers [`Lanes`] holds: as many as a register of WebAssembly. What is done with many of them is a loop, whose
/// turns processors overlap by themselves, so that few are left waiting for a division.
pub const LANES: usize = 2;

/// Independent numbers, one a run.
#[derive(Clone, Copy)]
pub struct Lanes(Register);

impl Lanes {
    /// These numbers.
    #[inline]
    pub fn of(numbers: [f64; LANES]) -> Self {
        Self(register::of(numbers))
    }

    /// The numbers.
    #[inline]
    pub fn array(self) -> [f64; LANES] {
        register::array(self.0)
    }
}

impl Debug for Lanes {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lanes").field(&self.array()).finish()
    }
}

impl PartialEq for Lanes {
    fn eq(&self, other: &Self) -> bool {
        self.array() == other.array()
    }
}

impl Real for Lanes {
    type Mask = Mask;

    #[inline]
    fn constant(value: f64) -> Self {
        Self(register::splat(value))
    }

    #[inline]
    fn below(self, other: Self) -> Mask {
        register::below(self.0, other.0)
    }

    #[inline]
    fn select(mask: Mask, then: Self, otherwise: Self) -> Self {
        Self(register::select(mask, then.0, otherwise.0))
    }

    #[inline]
    fn sqrt(self) -> Self {
        Self(register::sqrt(self.0))
    }

    #[inline]
    fn abs(self) -> Self {
        Self(register::abs(self.0))
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

impl Bits for Lanes {
    #[inline]
    fn halved_powers(self) -> [Self; 2] {
        register::halved_powers(self.0).map(Self)
    }

    #[inline]
    fn in_quadrant(self, more: u64, sin: Self, cos: Self) -> Self {
        Self(register::in_quadrant(self.0, more, sin.0, cos.0))
    }

    #[inline]
    fn any(mask: Mask) -> bool {
        register::any(mask)
    }

    fn each(self, f: impl Fn(f64) -> f64) -> Self {
        Self::of(self.array().map(f))
    }
}

impl Neg for Lanes {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self(register::neg(self.0))
    }
}

macro_rules! lanewise {
    ($($operator:ident $method:ident;)*) => {$(
        impl $operator for Lanes {
            type Output = Self;

            #[inline]
            fn $method(self, other: Self) -> Self {
                Self(register::$method(self.0, other.0))
            }
        }

        impl $operator<f64> for Lanes {
            type Output = Self;

            #[inline]
            fn $method(self, other: f64) -> Self {
                Self(register::$method(self.0, register::splat(other)))
            }
        }
    )*};
}

lanewise! {
    Add add;
    Sub sub;
    Mul mul;
    Div div;
}
