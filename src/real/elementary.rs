//! e^x, sin x and cos x, of a number and of lanes.
//!
//! One function serves both, on every target. Its basic operations are exact or correctly rounded, none is fused, and no
//! value depends on its neighbours, so a lane computes bit for bit what the scalar computes, and native what wasm32
//! computes (NaN stays NaN; its sign and payload are unspecified, as everywhere in Rust).
//!
//! Source: fdlibm 5.3 (Sun Microsystems, 1993), whose polynomials these are: `e_exp.c`, `k_sin.c`, `k_cos.c`,
//! `e_rem_pio2.c`. The argument is reduced as in Cody & Waite, Software Manual for the Elementary
//! Functions (1980), chapters 6 and 8.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2, LOG2_E};

use super::Real;

/// What these functions need of a number besides arithmetic: its bits.
pub(crate) trait Bits: Real {
    /// 2^a and 2^b with a + b = k, of a sum whose lowest bits are 2046 + k.
    fn halved_powers(self) -> [Self; 2];

    /// sin, cos, -sin or -cos, by the quadrant in the last two bits of a sum, and so many quadrants further.
    fn in_quadrant(self, further: u64, sin: Self, cos: Self) -> Self;

    /// Whether the mask holds anywhere.
    fn any(mask: Self::Mask) -> bool;

    /// A function of each number.
    fn each(self, f: impl Fn(f64) -> f64) -> Self;
}

impl Bits for f64 {
    #[inline]
    fn halved_powers(self) -> [Self; 2] {
        // The shift by 52 keeps the exponent.
        let biased = self.to_bits();
        let half = biased >> 1;
        [half, biased - half].map(|biased| Self::from_bits(biased << 52))
    }

    #[inline]
    fn in_quadrant(self, further: u64, sin: Self, cos: Self) -> Self {
        let n = self.to_bits().wrapping_add(further);
        let odd = (n & 1).wrapping_neg();
        let negative = (n & 2) << 62;
        let size = (cos.to_bits() & odd) | (sin.to_bits() & !odd);
        Self::from_bits(size ^ negative)
    }

    #[inline]
    fn any(mask: bool) -> bool {
        mask
    }

    fn each(self, f: impl Fn(Self) -> Self) -> Self {
        f(self)
    }
}

/// e^x, within 1 ulp of the exact value for every x; infinity above 709.78, subnormal below -708.40, 0 below -745.13.
///
/// With k the integer nearest to x / ln 2 and r = x - k ln 2, e^x = 2^k e^r, and e^r = 1 + 2r / (R(r) - r) where
/// R(r) = r coth(r / 2) is a polynomial in r^2. fdlibm, `__ieee754_exp`.
pub(crate) fn exp<R: Bits>(x: R) -> R {
    /// ln 2 to its highest 32 bits, so that k ln 2 is exact for |k| < 2^21, and the rest.
    const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    /// R(r) = 2 + P1 r^2 + P2 r^4 + ..., with an error below 2^-59 on [0, ln 2 / 2].
    const P: [f64; 5] = [
        0.166_666_666_666_666_02,
        -0.002_777_777_777_701_559_3,
        6.613_756_321_437_934e-5,
        -1.653_390_220_546_525_2e-6,
        4.138_136_797_057_238_5e-8,
    ];
    /// Added to k before it is split: both halves of 2046 + k are then biased exponents of a normal number.
    const TWICE_BIAS: f64 = 2046.0;

    // Beyond these the result is infinity or 0 all the same, and k stays in [-1076, 1024].
    let x = x.max(R::constant(-746.0)).min(R::constant(710.0));
    let sum = x * LOG2_E + (ROUND + TWICE_BIAS);
    let k = sum - (ROUND + TWICE_BIAS);

    let high = x - k * LN_2_HIGH;
    let low = k * LN_2_LOW;
    let r = high - low;
    let rr = r * r;
    let c = r - rr * polynomial(rr, P);
    let exp_r = ((r * c / (-c + 2.0) - low) + high) + 1.0;

    // In two steps: the first is exact, so a subnormal result is rounded once.
    let [half, other_half] = sum.halved_powers();
    exp_r * half * other_half
}

/// (sin x, cos x), each within 1 ulp of the exact value for every x; NaN at the infinities. The sine is odd, also at
/// -0, and the cosine even.
///
/// x = n pi/2 + r with |r| up to pi/4; both kernels are evaluated at r, and n modulo 4 tells which is which, and signs.
/// fdlibm, `__kernel_sin` and `__kernel_cos` after `__ieee754_rem_pio2`.
pub(crate) fn sin_cos<R: Bits>(x: R) -> (R, R) {
    let (sin, cos) = reduce(x).sin_cos();
    let far = R::constant(FAR).below(x.abs());
    if R::any(far) {
        let replaced = |pick: fn((f64, f64)) -> f64| x.each(|x| if x.abs() > FAR { pick(sin_cos_far(x)) } else { 0.0 });
        return (R::select(far, replaced(|(sin, _)| sin), sin), R::select(far, replaced(|(_, cos)| cos), cos));
    }
    (sin, cos)
}

/// 1.5 * 2^52: adding it rounds a number below 2^51 in size to the nearest integer, ties to even, and leaves that
/// integer (two's complement) in the lowest bits of the sum.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// c0 + c1 x + c2 x^2 + ..., by Horner's rule.
#[inline(always)]
fn polynomial<R: Real, const N: usize>(x: R, coefficients: [f64; N]) -> R {
    let (last, rest) = (coefficients[N - 1], &coefficients[..N - 1]);
    rest.iter().rev().fold(R::constant(last), |sum, &coefficient| x * sum + coefficient)
}

/// The largest |x| that [`reduce`] takes: 2^18 pi/2, rounded down. fdlibm's 2^20 pi/2 would take a fourth part of pi/2:
/// 7% more time over lanes, 15% more for the scalar.
const FAR: f64 = 411_774.0;

/// (sin x, cos x) of a number beyond [`FAR`], with as many digits of pi as it needs.
#[cold]
#[inline(never)]
fn sin_cos_far(x: f64) -> (f64, f64) {
    if !x.is_finite() {
        return (f64::NAN, f64::NAN);
    }
    let (sin, cos) = reduce_far(x.abs()).sin_cos();
    (if x < 0.0 { -sin } else { sin }, cos)
}

/// A zero word, then 2/pi after its binary point: more than the largest exponent needs.
const TWO_OVER_PI: [u64; 21] = [
    0,
    0xa2f9_836e_4e44_1529,
    0xfc27_57d1_f534_ddc0,
    0xdb62_9599_3c43_9041,
    0xfe51_63ab_debb_c561,
    0xb724_6e3a_424d_d2e0,
    0x0649_2eea_09d1_921c,
    0xfe1d_eb1c_b129_a73e,
    0xe882_35f5_2ebb_4484,
    0xe99c_7026_b45f_7e41,
    0x3991_d639_8353_39f4,
    0x9c84_5f8b_bdf9_283b,
    0x1ff8_97ff_de05_980f,
    0xef2f_118b_5a0a_6d1f,
    0x6d36_7ecf_27cb_09b7,
    0x4f46_3f66_9e5f_ea2d,
    0x7527_bac7_ebe5_f17b,
    0x3d07_39f7_8a52_92ea,
    0x6bfb_5fb1_1f8d_5d08,
    0x5603_3046_fc7b_6bab,
    0xf0cf_bc20_9af4_361d,
];

/// x modulo pi/2 for finite x beyond [`FAR`]: x 2/pi in fixed point, of which only the 192 bits below the multiples of 4
/// are computed. M. Payne & R. Hanek (1983), SIGNUM Newsletter 18(1), 19-24.
///
/// No double is nearer to n pi/2 than 2^-61, so 66 bits of the remainder are right; libm's table for the same is larger
/// than all of this.
fn reduce_far(x: f64) -> Angle<f64> {
    const PI_2_REST: f64 = 6.123_233_995_736_766e-17;
    /// 2^-128.
    const UNIT: f64 = f64::from_bits((1023 - 128) << 52);

    // x = mantissa 2^power; its product with a multiple of 4 is a multiple of a whole turn.
    let mantissa = x.to_bits() & ((1 << 52) - 1) | 1 << 52;
    let power = (x.to_bits() >> 52) as usize;
    let first = power + 64 - 1075 - 2;
    let word = |k: usize| {
        let (i, shift) = (first / 64 + k, first % 64);
        (u128::from(TWO_OVER_PI[i]) << 64 | u128::from(TWO_OVER_PI[i + 1])) << shift >> 64
    };
    let product = |k: usize| u128::from(mantissa) * word(k);
    let (high, middle, low) = (product(0), product(1), product(2));
    let middle = middle + (low >> 64);
    let turns = (high + (middle >> 64)) << 64 | middle & u128::from(u64::MAX);

    // Two bits of quadrant, then the part of a quadrant, taken from the nearest one.
    let low_bits = low as u64 >> 62;
    let part = (turns << 2 | u128::from(low_bits)) as i128;
    let n = (turns >> 126) as u64 + u64::from(part < 0);
    let size = part.unsigned_abs();
    let leading = size as f64;
    let rest = size.wrapping_sub(leading as u128) as i128 as f64;
    let (leading, rest) = (leading * UNIT, rest * UNIT);

    let (r, error) = exact_product(leading, FRAC_PI_2);
    let tail = error + (leading * PI_2_REST + rest * FRAC_PI_2);
    let (sum, tail) = (r + tail, (r - (r + tail)) + tail);
    let n = f64::from_bits(n);
    if part < 0 { Angle { n, r: -sum, tail: -tail } } else { Angle { n, r: sum, tail } }
}

/// a b as a rounded product and its rounding error. T. J. Dekker (1971), Numerische Mathematik 18, 224-242.
fn exact_product(a: f64, b: f64) -> (f64, f64) {
    let split = |x: f64| {
        let scaled = x * 134_217_729.0;
        let high = scaled - (scaled - x);
        (high, x - high)
    };
    let product = a * b;
    let ((a_high, a_low), (b_high, b_low)) = (split(a), split(b));
    (product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low)
}

/// An angle as a multiple of pi/2 and a remainder, x = n pi/2 + r + tail.
#[derive(Clone, Copy)]
struct Angle<R> {
    /// A sum in whose last two bits, which alone matter, is the quadrant: n modulo 4.
    n: R,
    /// In [-pi/4, pi/4], but for a rounding error.
    r: R,
    /// What `r` lacks, at most half an ulp of it.
    tail: R,
}

/// x modulo pi/2 for |x| up to [`FAR`]: n pi/2 is taken off in three parts. Cody & Waite, chapter 8; the rounding error
/// of the second subtraction is carried on, as in fdlibm's `__ieee754_rem_pio2`.
///
/// The error is below n 2^-128. No double of the range is nearer to n pi/2 than 2^-60.5 (x = 45.55..., n = 29), and for
/// the nearest double of every n the error is at most a twentieth of an ulp of the remainder (most at n = 204,551).
#[inline(always)]
fn reduce<R: Bits>(x: R) -> Angle<R> {
    /// pi/2 in two parts of 35 bits, exact when multiplied by n < 2^18, and the rest.
    const PART_1: f64 = 1.570_796_326_792_333_3;
    const PART_2: f64 = 2.563_344_151_583_955_8e-12;
    const PART_3: f64 = 1.056_299_906_698_742_8e-23;

    let sum = x * FRAC_2_PI + ROUND;
    let n = sum - ROUND;

    let first = x - n * PART_1;
    let second = first - n * PART_2;
    let rest = n * PART_3 - ((first - second) - n * PART_2);
    let r = second - rest;
    let tail = (second - r) - rest;
    Angle { n: sum, r, tail }
}

impl<R: Bits> Angle<R> {
    #[inline(always)]
    fn sin_cos(self) -> (R, R) {
        let Self { n, r, tail } = self;
        let (sin, cos) = (kernel_sin(r, tail), kernel_cos(r, tail));
        // cos x = sin(x + pi/2): one quadrant further.
        (n.in_quadrant(0, sin, cos), n.in_quadrant(1, sin, cos))
    }
}

/// sin(r + tail) for |r| up to pi/4, the polynomial's error below 2^-58. fdlibm, `__kernel_sin`.
#[inline(always)]
fn kernel_sin<R: Real>(r: R, tail: R) -> R {
    const S1: f64 = -0.166_666_666_666_666_32;
    const S: [f64; 5] = [
        0.008_333_333_333_322_49,
        -0.000_198_412_698_298_579_5,
        2.755_731_370_707_006_8e-6,
        -2.505_076_025_340_686_3e-8,
        1.589_690_995_211_55e-10,
    ];

    let rr = r * r;
    let cube = rr * r;
    r - ((rr * (tail * 0.5 - cube * polynomial(rr, S)) - tail) - cube * S1)
}

/// cos(r + tail) for |r| up to pi/4, the polynomial's error below 2^-58. fdlibm, `__kernel_cos`, where 1 - r^2/2 keeps
/// its rounding error, as in FreeBSD's version, in place of fdlibm's branch on the size of r.
#[inline(always)]
fn kernel_cos<R: Real>(r: R, tail: R) -> R {
    const C: [f64; 6] = [
        0.041_666_666_666_666_6,
        -0.001_388_888_888_887_411,
        2.480_158_728_947_673e-5,
        -2.755_731_435_139_066_3e-7,
        2.087_572_321_298_175e-9,
        -1.135_964_755_778_819_5e-11,
    ];

    let rr = r * r;
    let p = rr * polynomial(rr, C);
    let half = rr * 0.5;
    let parabola = -half + 1.0;
    parabola + (((-parabola + 1.0) - half) + (rr * p - r * tail))
}

#[cfg(test)]
mod tests;
