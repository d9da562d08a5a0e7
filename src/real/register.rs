//! Two numbers in a register. WebAssembly has instructions for that; elsewhere the compiler finds them in plain pairs.
//!
//! Both editions do the same correctly rounded operations on each number, so that the bits are the same.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(super) use simd128::*;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(super) use pair::*;

// Left to itself the compiler does not find the pairs in e^x and sin x: surfaces with those were two to three times slower.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128 {
    use core::arch::wasm32 as wasm;

    pub(in crate::real) type Register = wasm::v128;
    /// All bits of a number are set where a condition holds.
    pub(in crate::real) type Mask = wasm::v128;

    #[inline(always)]
    pub(in crate::real) fn of([a, b]: [f64; 2]) -> Register {
        wasm::f64x2(a, b)
    }

    #[inline(always)]
    pub(in crate::real) fn array(x: Register) -> [f64; 2] {
        [wasm::f64x2_extract_lane::<0>(x), wasm::f64x2_extract_lane::<1>(x)]
    }

    #[inline(always)]
    pub(in crate::real) fn splat(a: f64) -> Register {
        wasm::f64x2_splat(a)
    }

    pub(in crate::real) use wasm::{
        f64x2_abs as abs, f64x2_add as add, f64x2_div as div, f64x2_lt as below, f64x2_mul as mul, f64x2_neg as neg,
        f64x2_sqrt as sqrt, f64x2_sub as sub,
    };

    #[inline(always)]
    pub(in crate::real) fn select(mask: Mask, then: Register, otherwise: Register) -> Register {
        wasm::v128_bitselect(then, otherwise, mask)
    }

    #[inline(always)]
    pub(in crate::real) fn any(mask: Mask) -> bool {
        wasm::v128_any_true(mask)
    }

    #[inline(always)]
    pub(in crate::real) fn halved_powers(sum: Register) -> [Register; 2] {
        let half = wasm::u64x2_shr(sum, 1);
        [half, wasm::i64x2_sub(sum, half)].map(|biased| wasm::i64x2_shl(biased, 52))
    }

    #[inline(always)]
    pub(in crate::real) fn in_quadrant(n: Register, more: u64, sin: Register, cos: Register) -> Register {
        let n = wasm::i64x2_add(n, wasm::u64x2_splat(more));
        let odd = wasm::i64x2_neg(wasm::v128_and(n, wasm::u64x2_splat(1)));
        let negative = wasm::i64x2_shl(wasm::v128_and(n, wasm::u64x2_splat(2)), 62);
        wasm::v128_xor(wasm::v128_bitselect(cos, sin, odd), negative)
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod pair {
    use crate::real::elementary::Bits;

    pub(in crate::real) type Register = [f64; 2];
    pub(in crate::real) type Mask = [bool; 2];

    macro_rules! each {
        ($($name:ident($($x:ident: $of:ty),*) -> $to:ty = $value:expr;)*) => {$(
            #[inline]
            pub(in crate::real) fn $name($($x: [$of; 2]),*) -> [$to; 2] {
                let one = |$($x: $of),*| -> $to { $value };
                [one($($x[0]),*), one($($x[1]),*)]
            }
        )*};
    }

    each! {
        abs(x: f64) -> f64 = x.abs();
        neg(x: f64) -> f64 = -x;
        sqrt(x: f64) -> f64 = x.sqrt();
        add(x: f64, y: f64) -> f64 = x + y;
        sub(x: f64, y: f64) -> f64 = x - y;
        mul(x: f64, y: f64) -> f64 = x * y;
        div(x: f64, y: f64) -> f64 = x / y;
        below(x: f64, y: f64) -> bool = x < y;
        select(mask: bool, then: f64, otherwise: f64) -> f64 = if mask { then } else { otherwise };
    }

    #[inline]
    pub(in crate::real) fn of(pair: [f64; 2]) -> Register {
        pair
    }

    #[inline]
    pub(in crate::real) fn array(x: Register) -> [f64; 2] {
        x
    }

    #[inline]
    pub(in crate::real) fn splat(a: f64) -> Register {
        [a; 2]
    }

    #[inline]
    pub(in crate::real) fn any(mask: Mask) -> bool {
        mask[0] || mask[1]
    }

    #[inline]
    pub(in crate::real) fn halved_powers(sum: Register) -> [Register; 2] {
        let [[a, b], [c, d]] = sum.map(Bits::halved_powers);
        [[a, c], [b, d]]
    }

    #[inline]
    pub(in crate::real) fn in_quadrant(n: Register, more: u64, sin: Register, cos: Register) -> Register {
        [0, 1].map(|i| n[i].in_quadrant(more, sin[i], cos[i]))
    }
}
