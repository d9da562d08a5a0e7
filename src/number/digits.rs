//! The fewest decimal digits that tell a number from every other.

use std::f64::consts::LOG10_2;

use super::big::{Big, parts};

/// The digits of a number above zero, as ASCII, and the exponent of ten of the first; of several that are equally few the
/// nearest. G. L. Steele, J. L. White (1990), How to print floating-point numbers accurately, PLDI, in the form of
/// R. G. Burger, R. K. Dybvig (1996).
pub(super) fn shortest_digits(value: f64) -> (Vec<u8>, i32) {
    let (mantissa, power) = parts(value);
    // Everything over `unit`: the number, and half the way to the doubles above and below, twice as dense there at the
    // edge of a power of two.
    let edge = mantissa == 1 << 52 && power > -1074;
    let [mut number, mut above, mut below, mut unit] = [4 * mantissa, 2, if edge { 1 } else { 2 }, 4].map(Big::from);
    let twos = power.unsigned_abs();
    let scaled = if power > 0 { vec![&mut number, &mut above, &mut below] } else { vec![&mut unit] };
    scaled.into_iter().for_each(|big| big.times_two_to(twos));
    // The guess is right or one too low.
    let size = power + 63 - i64::from(mantissa.leading_zeros());
    let mut exponent = (size as f64 * LOG10_2 - 1e-9).ceil() as i32;
    let tens = u64::from(exponent.unsigned_abs());
    let scaled = if exponent > 0 { vec![&mut unit] } else { vec![&mut number, &mut above, &mut below] };
    scaled.into_iter().for_each(|big| big.times_power(10, tens));
    // A half-way point reads as the even one of its neighbours.
    let even = mantissa % 2 == 0;
    let reaches = |number: &Big, above: &Big, unit: &Big| {
        let top = number.plus(1, above);
        if even { top >= *unit } else { top > *unit }
    };
    if reaches(&number, &above, &unit) {
        exponent += 1;
    } else {
        [&mut number, &mut above, &mut below].into_iter().for_each(|big| big.times(10, 0));
    }
    let mut digits = Vec::new();
    loop {
        let mut digit = b'0';
        while number >= unit {
            number = number.plus(-1, &unit);
            digit += 1;
        }
        let low = if even { number <= below } else { number < below };
        let high = reaches(&number, &above, &unit);
        if low || high {
            let up = high && (!low || number.plus(1, &number) >= unit);
            digits.push(digit + u8::from(up));
            return (digits, exponent - 1);
        }
        digits.push(digit);
        [&mut number, &mut above, &mut below].into_iter().for_each(|big| big.times(10, 0));
    }
}

// Native only: proptest does not build for wasm32.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the standard library finds.
    fn standard(value: f64) -> (Vec<u8>, i32) {
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e').expect("an exponent");
        (mantissa.bytes().filter(u8::is_ascii_digit).collect(), exponent.parse().expect("a number"))
    }

    #[test]
    fn edges_are_those_of_the_standard_library() {
        let powers = (-1074..1024).map(|power| {
            f64::from_bits(if power < -1022 { 1 << (power + 1074) } else { ((power + 1023) as u64) << 52 })
        });
        let decades = (-323..309).map(|exponent| format!("1e{exponent}").parse().expect("a number"));
        let around = powers.chain(decades).flat_map(|value: f64| [value.next_down(), value, value.next_up()]);
        for value in around.filter(|value| *value > 0.0 && value.is_finite()).chain([9.5, 0.3, 123.0, 5e-324, f64::MAX])
        {
            assert_eq!(shortest_digits(value), standard(value), "{value:e}");
        }
    }

    proptest! {
        #[test]
        fn digits_are_those_of_the_standard_library(bits in any::<u64>()) {
            let value = f64::from_bits(bits >> 1);
            prop_assume!(value > 0.0 && value.is_finite());
            prop_assert_eq!(shortest_digits(value), standard(value));
        }

        #[test]
        fn short_numbers_stay_short(mantissa in 1_u32..100_000, exponent in -30_i32..30) {
            let value: f64 = format!("{mantissa}e{exponent}").parse().expect("a number");
            prop_assert_eq!(shortest_digits(value), standard(value));
        }
    }
}
