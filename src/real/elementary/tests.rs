use super::{FAR, exp, sin_cos};
use crate::real::{LANES, Lanes};
use std::f64::consts::{FRAC_PI_2, LN_2};

/// Splitmix64 (Steele, Lea & Flood 2014): the same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in [low, high).
    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.bits() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// Of either sign, its size log-uniform in [low, high).
    fn sized(&mut self, low: f64, high: f64) -> f64 {
        let size = libm::exp(self.between(libm::log(low), libm::log(high)));
        if self.bits() & 1 == 0 { size } else { -size }
    }
}

/// How many doubles `a` is away from `b`; 0 for two NaN.
fn ulps(a: f64, b: f64) -> u64 {
    let rank = |v: f64| if v.is_sign_negative() { !v.to_bits() } else { v.to_bits() | 1 << 63 };
    match (a.is_nan(), b.is_nan()) {
        (true, true) => 0,
        (false, false) if a == b => 0,
        (false, false) => rank(a).abs_diff(rank(b)),
        _ => u64::MAX,
    }
}

fn assert_exp_agrees(x: f64) {
    let (own, libm) = (exp(x), libm::exp(x));
    assert!(ulps(own, libm) <= 1, "exp({x:e}) is {own:e}, libm has {libm:e}");
}

fn assert_sin_and_cos_agree(x: f64) {
    let ((own_sin, own_cos), libm) = (one_sin_cos(x), (libm::sin(x), libm::cos(x)));
    assert!(ulps(own_sin, libm.0) <= 1, "sin({x:e}) is {own_sin:e}, libm has {:e}", libm.0);
    assert!(ulps(own_cos, libm.1) <= 1, "cos({x:e}) is {own_cos:e}, libm has {:e}", libm.1);
}

/// The doubles from `steps` before x to `steps` after it.
fn neighbours(x: f64, steps: u64) -> impl Iterator<Item = f64> {
    (x.to_bits() - steps..=x.to_bits() + steps).map(f64::from_bits)
}

/// (sin x, cos x) of the scalar.
fn one_sin_cos(x: f64) -> (f64, f64) {
    sin_cos(x)
}

/// Equal bits, or both NaN.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
}

#[test]
fn exp_is_within_one_ulp_of_libm() {
    let mut numbers = Numbers(1);
    for _ in 0..500_000 {
        assert_exp_agrees(numbers.between(-700.0, 700.0));
        assert_exp_agrees(numbers.between(-2.0, 2.0));
        assert_exp_agrees(numbers.sized(1e-300, 1.0));
    }
}

#[test]
fn exp_is_within_one_ulp_of_libm_where_it_overflows_turns_subnormal_and_underflows() {
    let mut numbers = Numbers(2);
    for _ in 0..200_000 {
        assert_exp_agrees(numbers.between(700.0, 720.0));
        assert_exp_agrees(numbers.between(-750.0, -700.0));
        assert_exp_agrees(numbers.sized(700.0, 1e300));
    }
    for edge in [709.782_712_893_384, -708.396_418_532_264_1, -744.440_071_921_381_3, -745.133_219_101_941_1] {
        neighbours(edge, 1000).for_each(assert_exp_agrees);
    }
}

#[test]
fn exp_is_within_one_ulp_of_libm_where_its_reduction_changes() {
    for k in -1075..=1024 {
        neighbours((f64::from(k) + 0.5) * LN_2, 20).for_each(assert_exp_agrees);
        if k != 0 {
            neighbours(f64::from(k) * LN_2, 20).for_each(assert_exp_agrees);
        }
    }
}

#[test]
fn sin_and_cos_are_within_one_ulp_of_libm() {
    let mut numbers = Numbers(3);
    for _ in 0..300_000 {
        assert_sin_and_cos_agree(numbers.between(-10.0, 10.0));
        assert_sin_and_cos_agree(numbers.between(-1e6, 1e6));
        assert_sin_and_cos_agree(numbers.sized(1e-300, 1.0));
        assert_sin_and_cos_agree(numbers.sized(1.0, 1e6));
    }
}

/// Finer than 1 ulp: a lost tail or rounding error stays within an ulp, and moves 14 to 150 results in 1,000.
#[test]
fn fewer_than_two_results_in_a_thousand_differ_from_libms() {
    let mut numbers = Numbers(7);
    let mut differ = [0; 3];
    for _ in 0..200_000 {
        let x = numbers.between(-100.0, 100.0);
        let (sin, cos) = one_sin_cos(x);
        differ[0] += u32::from(sin != libm::sin(x));
        differ[1] += u32::from(cos != libm::cos(x));
        differ[2] += u32::from(exp(x) != libm::exp(x));
    }
    assert!(differ.iter().all(|&count| count < 400), "of 200,000 sines, cosines and exponentials: {differ:?}");
}

#[test]
fn sin_and_cos_are_within_one_ulp_of_libm_beyond_the_fast_range() {
    let mut numbers = Numbers(4);
    neighbours(FAR, 1000).for_each(assert_sin_and_cos_agree);
    for _ in 0..100_000 {
        assert_sin_and_cos_agree(numbers.sized(FAR, 1e300));
    }
    // The double that comes nearest to a multiple of pi/2 of all, 6381956970095103 x 2^797, and the largest.
    let nearest = 6_381_956_970_095_103.0 * f64::from_bits((1023 + 797) << 52);
    [nearest, f64::MAX].into_iter().for_each(assert_sin_and_cos_agree);
}

#[test]
fn sin_and_cos_are_within_one_ulp_of_libm_at_every_multiple_of_a_quarter_turn_in_the_fast_range() {
    for n in 1..1 << 18 {
        neighbours(f64::from(n) * FRAC_PI_2, 1).for_each(assert_sin_and_cos_agree);
        assert_sin_and_cos_agree((f64::from(n) - 0.5) * FRAC_PI_2);
    }
}

#[test]
fn special_values_are_ieee_754s() {
    let (inf, nan, tiny) = (f64::INFINITY, f64::NAN, f64::from_bits(1));
    for (x, expected) in [(0.0, 1.0), (-0.0, 1.0), (tiny, 1.0), (inf, inf), (-inf, 0.0), (f64::MAX, inf), (nan, nan)] {
        assert!(same(exp(x), expected), "exp({x})");
    }
    for (x, expected) in [(0.0, 0.0), (-0.0, -0.0), (tiny, tiny), (-tiny, -tiny), (inf, nan), (-inf, nan), (nan, nan)] {
        assert!(same(one_sin_cos(x).0, expected), "sin({x})");
    }
    for (x, expected) in [(0.0, 1.0), (-0.0, 1.0), (tiny, 1.0), (inf, nan), (-inf, nan), (nan, nan)] {
        assert!(same(one_sin_cos(x).1, expected), "cos({x})");
    }
}

#[test]
fn sin_is_odd_and_cos_even_bit_for_bit() {
    let mut numbers = Numbers(5);
    for _ in 0..100_000 {
        let x = numbers.sized(1e-3, 1e8);
        let ((sin, cos), (sin_minus, cos_minus)) = (one_sin_cos(x), one_sin_cos(-x));
        assert!(same(sin_minus, -sin) && same(cos_minus, cos), "{x:e}");
    }
}

#[test]
fn every_lane_is_the_scalar_bit_for_bit() {
    let mut numbers = Numbers(6);
    for _ in 0..100_000 {
        let x: [f64; LANES] = std::array::from_fn(|_| match numbers.bits() % 16 {
            0 => f64::from_bits(numbers.bits()),
            1 => [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, FAR, -FAR, 710.0, -746.0]
                [numbers.bits() as usize % 8],
            2 => numbers.sized(1e6, 1e300),
            3..6 => numbers.between(-750.0, 710.0),
            _ => numbers.sized(1e-3, 1e3),
        });
        let lanes = Lanes::of(x);
        let (sines, cosines) = sin_cos(lanes);
        let (exps, sines, cosines) = (exp(lanes).array(), sines.array(), cosines.array());
        for (i, x) in x.into_iter().enumerate() {
            let (sin, cos) = one_sin_cos(x);
            assert!(same(exps[i], exp(x)), "exp({x:e})");
            assert!(same(sines[i], sin), "sin({x:e})");
            assert!(same(cosines[i], cos), "cos({x:e})");
        }
    }
}
