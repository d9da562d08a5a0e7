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

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2, LOG2_E};

/// e^x, within 1 ulp of the exact value for every x; infinity above 709.78, subnormal below -708.40, 0 below -745.13.
///
/// With k the integer nearest to x / ln 2 and r = x - k ln 2, e^x = 2^k e^r, and e^r = 1 + 2r / (R(r) - r) where
/// R(r) = r coth(r / 2) is a polynomial in r^2. fdlibm, `__ieee754_exp`.
pub(crate) fn exp<const N: usize>(x: [f64; N]) -> [f64; N] {
    let mut powers = [0.0; N];
    for i in 0..N {
        powers[i] = exp_one(x[i]);
    }
    powers
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

/// Recomputes the lanes beyond [`FAR`] with as many digits of pi as they need.
#[cold]
#[inline(never)]
fn replace_far<const N: usize>(x: &[f64; N], sines: &mut [f64; N], cosines: &mut [f64; N]) {
    for i in 0..N {
        if x[i].abs() > FAR {
            let angle = if x[i].is_finite() { reduce_far(x[i].abs()) } else { Angle { n: 0, r: f64::NAN, tail: 0.0 } };
            sines[i] = if x[i] < 0.0 { -angle.sin() } else { angle.sin() };
            cosines[i] = angle.cos();
        }
    }
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
fn reduce_far(x: f64) -> Angle {
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
