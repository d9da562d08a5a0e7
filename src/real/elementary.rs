//! e^x, sin x and cos x of each number in an array: `N = 1` is the scalar, `N = 8` the lanes.
//!
//! One function serves every N and every target. Its basic operations are exact or correctly rounded, none is fused,
//! and no value depends on its neighbours, so a lane computes bit for bit what the scalar computes, and native what
//! wasm32 computes (NaN stays NaN; its sign and payload are unspecified, as everywhere in Rust).
//! What a lane computes holds no branch, no call and no conversion to an integer (which SSE2 and simd128 lack), so that
//! LLVM turns the maps and loops over N into two-lane instructions.
//!
//! Source: fdlibm 5.3 (Sun Microsystems, 1993), whose polynomials these are: `e_exp.c`, `k_sin.c`, `k_cos.c`,
//! `e_rem_pio2.c`. The argument is reduced as in Cody & Waite, Software Manual for the Elementary
//! Functions (1980), chapters 6 and 8.

use std::f64::consts::{FRAC_2_PI, LOG2_E};

/// e^x, within 1 ulp of the exact value for every x; infinity above 709.78, subnormal below -708.40, 0 below -745.13.
///
/// With k the integer nearest to x / ln 2 and r = x - k ln 2, e^x = 2^k e^r, and e^r = 1 + 2r / (R(r) - r) where
/// R(r) = r coth(r / 2) is a polynomial in r^2. fdlibm, `__ieee754_exp`.
pub(crate) fn exp<const N: usize>(x: [f64; N]) -> [f64; N] {
    x.map(exp_one)
}

/// (sin x, cos x), each within 1 ulp of the exact value for every x; NaN at the infinities. The sine is odd, also at
/// -0, and the cosine even.
///
/// x = n pi/2 + r with |r| up to pi/4; both kernels are evaluated at r, and n modulo 4 tells which is which, and signs.
/// fdlibm, `__kernel_sin` and `__kernel_cos` after `__ieee754_rem_pio2`.
pub(crate) fn sin_cos<const N: usize>(x: [f64; N]) -> ([f64; N], [f64; N]) {
    // A loop, as two maps over an array of angles do not vectorise as well.
    let (mut sines, mut cosines) = ([0.0; N], [0.0; N]);
    for i in 0..N {
        let angle = reduce(x[i]);
        sines[i] = angle.sin();
        cosines[i] = angle.cos();
    }
    if any_is_far(&x) {
        replace_far(&x, &mut sines, &mut cosines);
    }
    (sines, cosines)
}

/// 1.5 * 2^52: adding it rounds a number below 2^51 in size to the nearest integer, ties to even, and leaves that
/// integer (two's complement) in the lowest bits of the sum.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// e^x of one number: what [`exp`] does to each lane.
#[inline(always)]
fn exp_one(x: f64) -> f64 {
    /// ln 2 to its highest 32 bits, so that k ln 2 is exact for |k| < 2^21, and the rest.
    const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    /// R(r) = 2 + P1 r^2 + P2 r^4 + ..., with an error below 2^-59 on [0, ln 2 / 2].
    const P1: f64 = 0.166_666_666_666_666_02;
    const P2: f64 = -0.002_777_777_777_701_559_3;
    const P3: f64 = 6.613_756_321_437_934e-5;
    const P4: f64 = -1.653_390_220_546_525_2e-6;
    const P5: f64 = 4.138_136_797_057_238_5e-8;
    /// Added to k before it is split: both halves of 2046 + k are then biased exponents of a normal number.
    const TWICE_BIAS: f64 = 2046.0;

    // Beyond these the result is infinity or 0 all the same, and k stays in [-1076, 1024].
    let x = x.clamp(-746.0, 710.0);
    let sum = x * LOG2_E + (ROUND + TWICE_BIAS);
    let k = sum - (ROUND + TWICE_BIAS);

    let high = x - k * LN_2_HIGH;
    let low = k * LN_2_LOW;
    let r = high - low;
    let rr = r * r;
    let c = r - rr * (P1 + rr * (P2 + rr * (P3 + rr * (P4 + rr * P5))));
    let exp_r = 1.0 + ((r * c / (2.0 - c) - low) + high);

    // 2^k in two steps: the first is exact, so a subnormal result is rounded once. The shift by 52 keeps the exponent.
    let biased = sum.to_bits();
    let half = biased >> 1;
    let other_half = biased - half;
    exp_r * f64::from_bits(half << 52) * f64::from_bits(other_half << 52)
}

/// The largest |x| that [`reduce`] takes: 2^18 pi/2, rounded down. fdlibm's 2^20 pi/2 would take a fourth part of pi/2:
/// 7% more time over lanes, 15% more for the scalar.
const FAR: f64 = 411_774.0;

/// Whether some |x| is beyond [`FAR`], by the sign bit of FAR - |x|, which vectorises; for NaN either answer may come.
#[inline(always)]
fn any_is_far<const N: usize>(x: &[f64; N]) -> bool {
    let mut signs = 0;
    for x in x {
        signs |= (FAR - x.abs()).to_bits();
    }
    signs >> 63 == 1
}

/// Recomputes the lanes beyond [`FAR`] by libm, which reduces them with as many digits of pi as they need.
#[cold]
#[inline(never)]
fn replace_far<const N: usize>(x: &[f64; N], sines: &mut [f64; N], cosines: &mut [f64; N]) {
    for i in 0..N {
        if x[i].abs() > FAR {
            sines[i] = libm::sin(x[i]);
            cosines[i] = libm::cos(x[i]);
        }
    }
}

/// An angle as a multiple of pi/2 and a remainder, x = n pi/2 + r + tail.
#[derive(Clone, Copy)]
struct Angle {
    /// The bits of `ROUND` + n, of which only the last two matter: the quadrant, n modulo 4.
    n: u64,
    /// In [-pi/4, pi/4], but for a rounding error.
    r: f64,
    /// What `r` lacks, at most half an ulp of it.
    tail: f64,
}

/// x modulo pi/2 for |x| up to [`FAR`]: n pi/2 is taken off in three parts. Cody & Waite, chapter 8; the rounding error
/// of the second subtraction is carried on, as in fdlibm's `__ieee754_rem_pio2`.
///
/// The error is below n 2^-128. No double of the range is nearer to n pi/2 than 2^-60.5 (x = 45.55..., n = 29), and for
/// the nearest double of every n the error is at most a twentieth of an ulp of the remainder (most at n = 204,551).
#[inline(always)]
fn reduce(x: f64) -> Angle {
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
    Angle { n: sum.to_bits(), r, tail }
}

impl Angle {
    #[inline(always)]
    fn sin(self) -> f64 {
        self.in_quadrant(self.n)
    }

    /// cos x = sin(x + pi/2): one quadrant further.
    #[inline(always)]
    fn cos(self) -> f64 {
        self.in_quadrant(self.n.wrapping_add(1))
    }

    /// sin r, cos r, -sin r or -cos r, by the last two bits of `n`.
    #[inline(always)]
    fn in_quadrant(self, n: u64) -> f64 {
        let odd = (n & 1).wrapping_neg();
        let negative = (n & 2) << 62;
        let size = (kernel_cos(self.r, self.tail).to_bits() & odd) | (kernel_sin(self.r, self.tail).to_bits() & !odd);
        f64::from_bits(size ^ negative)
    }
}

/// sin(r + tail) for |r| up to pi/4, the polynomial's error below 2^-58. fdlibm, `__kernel_sin`.
#[inline(always)]
fn kernel_sin(r: f64, tail: f64) -> f64 {
    const S1: f64 = -0.166_666_666_666_666_32;
    const S2: f64 = 0.008_333_333_333_322_49;
    const S3: f64 = -0.000_198_412_698_298_579_5;
    const S4: f64 = 2.755_731_370_707_006_8e-6;
    const S5: f64 = -2.505_076_025_340_686_3e-8;
    const S6: f64 = 1.589_690_995_211_55e-10;

    let rr = r * r;
    let cube = rr * r;
    let p = S2 + rr * (S3 + rr * (S4 + rr * (S5 + rr * S6)));
    r - ((rr * (0.5 * tail - cube * p) - tail) - cube * S1)
}

/// cos(r + tail) for |r| up to pi/4, the polynomial's error below 2^-58. fdlibm, `__kernel_cos`, where 1 - r^2/2 keeps
/// its rounding error, as in FreeBSD's version, in place of fdlibm's branch on the size of r.
#[inline(always)]
fn kernel_cos(r: f64, tail: f64) -> f64 {
    const C1: f64 = 0.041_666_666_666_666_6;
    const C2: f64 = -0.001_388_888_888_887_411;
    const C3: f64 = 2.480_158_728_947_673e-5;
    const C4: f64 = -2.755_731_435_139_066_3e-7;
    const C5: f64 = 2.087_572_321_298_175e-9;
    const C6: f64 = -1.135_964_755_778_819_5e-11;

    let rr = r * r;
    let p = rr * (C1 + rr * (C2 + rr * (C3 + rr * (C4 + rr * (C5 + rr * C6)))));
    let half = 0.5 * rr;
    let parabola = 1.0 - half;
    parabola + (((1.0 - parabola) - half) + (rr * p - r * tail))
}

#[cfg(test)]
mod tests;
