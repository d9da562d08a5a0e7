//! Numbers in text: read by the grammar of a config, printed as JavaScript prints them, or short for people.

mod big;
mod digits;
mod parse;

use digits::shortest_digits;

pub(crate) use parse::{parse, parse_whole};

/// The value, or the nearer of the bounds. Not `f64::clamp`: its message for bounds in the wrong order brings the standard
/// library's printing of numbers, six kilobytes, to every visitor.
pub(crate) fn between(value: f64, low: f64, high: f64) -> f64 {
    if value < low {
        low
    } else if value > high {
        high
    } else {
        value
    }
}

/// 10^exponent, correctly rounded.
pub(crate) fn ten_to(exponent: i32) -> f64 {
    scientific(1.0, exponent)
}

/// The number that `mantissa` x 10^exponent reads as when it is typed, for a whole mantissa.
pub(crate) fn scientific(mantissa: f64, exponent: i32) -> f64 {
    if mantissa.is_finite() { parse(&format!("{}e{exponent}", mantissa as i64)) } else { None }.unwrap_or(f64::INFINITY)
}

/// The shortest text that reads back as the same number, laid out as JavaScript does: `0.1`, `1e-8`, `200`, `1e+21`.
/// Infinities are `inf` and `-inf`.
pub fn shortest(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        return if value.is_nan() {
            "NaN"
        } else if value > 0.0 {
            "inf"
        } else {
            "-inf"
        }
        .to_owned();
    }
    let decimal = Decimal::of(value);
    // The exponents for which JavaScript is positional.
    if (-6..=20).contains(&decimal.exponent) { decimal.positional(0) } else { decimal.scientific() }
}

/// The number for reading at a glance: three significant digits, `7.56`, `0.634`, `1,235`; outside 0.001 to a million
/// two, in scientific notation, `4.0×10⁻⁴`. A true minus sign.
pub fn short(value: f64) -> String {
    significant(value, 3)
}

/// The number in so many significant digits, at least two, `−2.861`; outside 0.001 to a million in scientific notation,
/// with one digit less. A true minus sign.
pub fn significant(value: f64, digits: i32) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "undefined"
        } else if value > 0.0 {
            "∞"
        } else {
            "−∞"
        }
        .to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    // Rounded once, to the digits that are shown, so that 999.96 becomes 1,000 and not 1.00×10³.
    let rounded = Decimal::of(value).rounded(digits);
    let exponent = rounded.exponent;
    if (-3..=5).contains(&exponent) {
        let decimals = (digits - 1 - exponent).max(0);
        if exponent < 3 { minus(&rounded.positional(decimals as usize)) } else { fixed(value, decimals as usize) }
    } else {
        Decimal::of(value).rounded(digits - 1).powered((digits - 1) as usize)
    }
}

/// A number that a person chose, with its own digits where they are few: `0.9`, `0.001`, `10⁻⁸`, `2.5×10⁻⁷`. Four where
/// they are many.
pub(crate) fn constant(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return significant(value, 4);
    }
    // One minus a number has digits at its end that only rounding made.
    let few = Decimal::of(value).rounded(10);
    let decimal = if few.digits.len() <= 4 { few } else { Decimal::of(value).rounded(4) };
    let kept = decimal.digits.len();
    match decimal.exponent {
        -4..=2 => minus(&decimal.positional(0)),
        3..=5 => minus(&thousands(&decimal.positional(0))),
        exponent if decimal.digits == b"1" && !decimal.negative => format!("10{}", superscript(exponent)),
        _ => decimal.powered(kept),
    }
}

/// The number with that many decimals, thousands set apart: for positions. A true minus sign.
pub fn fixed(value: f64, decimals: usize) -> String {
    if value.abs() >= 1e6 || !value.is_finite() {
        return short(value);
    }
    let decimal = Decimal::of(value);
    let keep = decimal.exponent + 1 + decimals as i32;
    let text = decimal.rounded(keep).positional(decimals);
    match text.split_once('.') {
        Some((whole, fraction)) => minus(&format!("{}.{fraction}", thousands(whole))),
        None => minus(&thousands(&text)),
    }
}

/// A whole number, thousands set apart.
pub fn whole(value: usize) -> String {
    thousands(&value.to_string())
}

/// An exponent, raised.
pub(crate) fn superscript(exponent: i32) -> String {
    let raised = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => digit.to_digit(10).and_then(|digit| char::from_u32(0x2070 + digit)).unwrap_or(digit),
    };
    exponent.to_string().chars().map(raised).collect()
}

/// The text with a true minus sign.
pub(crate) fn minus(text: &str) -> String {
    text.replace('-', "−")
}

fn thousands(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let mut grouped = String::from(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number as its digits: d.ddd x 10^exponent. Zero has no digits.
struct Decimal {
    negative: bool,
    /// ASCII, without zeros at the end.
    digits: Vec<u8>,
    exponent: i32,
}

impl Decimal {
    /// The fewest digits that tell this finite number from every other.
    fn of(value: f64) -> Self {
        let (digits, exponent) = if value == 0.0 { (Vec::new(), 0) } else { shortest_digits(value.abs()) };
        Self { negative: value < 0.0, digits, exponent }
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.exponent = 0;
        }
        self
    }

    /// The first `keep` digits, rounded half up; none where that is zero or negative, unless they round up to one.
    fn rounded(mut self, keep: i32) -> Self {
        let kept = usize::try_from(keep).unwrap_or(0);
        let up = keep >= 0 && self.digits.get(kept).is_some_and(|&digit| digit >= b'5');
        self.digits.truncate(kept);
        if !up {
            return self.trimmed();
        }
        for digit in self.digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                return self.trimmed();
            }
            *digit = b'0';
        }
        self.digits.insert(0, b'1');
        self.exponent += 1;
        self.trimmed()
    }

    /// In positional notation with at least that many decimals.
    fn positional(&self, decimals: usize) -> String {
        let mut text = String::from(if self.negative && !self.digits.is_empty() { "-" } else { "" });
        let digit = |place: i32| {
            let index = usize::try_from(self.exponent - place).ok();
            char::from(index.and_then(|index| self.digits.get(index)).copied().unwrap_or(b'0'))
        };
        (0..=self.exponent.max(0)).rev().for_each(|place| text.push(digit(place)));
        let decimals = (decimals as i32).max(self.digits.len() as i32 - 1 - self.exponent);
        if decimals > 0 {
            text.push('.');
            (1..=decimals).for_each(|place| text.push(digit(-place)));
        }
        text
    }

    /// In scientific notation for people, with so many digits.
    fn powered(&self, digits: usize) -> String {
        let mut text = String::from(if self.negative { "−" } else { "" });
        for i in 0..digits {
            text.push_str(if i == 1 { "." } else { "" });
            text.push(char::from(self.digits.get(i).copied().unwrap_or(b'0')));
        }
        text.push_str("×10");
        text + &superscript(self.exponent)
    }

    /// As JavaScript writes very large and very small numbers.
    fn scientific(&self) -> String {
        let mut text = String::from(if self.negative { "-" } else { "" });
        for (i, &digit) in self.digits.iter().enumerate() {
            text.push_str(if i == 1 { "." } else { "" });
            text.push(char::from(digit));
        }
        text.push_str(if self.exponent < 0 { "e" } else { "e+" });
        text + &self.exponent.to_string()
    }
}

// Native only: proptest does not build for wasm32.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_print_as_javascript_prints_them() {
        let cases = [
            (0.1, "0.1"),
            (1e-8, "1e-8"),
            (1e-7, "1e-7"),
            (1.5e-7, "1.5e-7"),
            (1e-6, "0.000001"),
            (123_456_789.0, "123456789"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (-2.5e-300, "-2.5e-300"),
            (0.0, "0"),
            (-0.0, "0"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::INFINITY, "inf"),
        ];
        for (value, text) in cases {
            assert_eq!(shortest(value), text);
        }
    }

    #[test]
    fn numbers_for_people_have_three_digits_and_a_true_minus() {
        let cases = [
            (7.5562, "7.56"),
            (0.634, "0.634"),
            (30.0, "30.0"),
            (297.4, "297"),
            (0.001_02, "0.00102"),
            (0.000_4, "4.0×10⁻⁴"),
            (-0.6, "−0.600"),
            (999.96, "1,000"),
            (999_999.0, "1.0×10⁶"),
            (123_456.0, "123,456"),
            (1.2e12, "1.2×10¹²"),
            (1.1e-107, "1.1×10⁻¹⁰⁷"),
            (0.0, "0"),
        ];
        for (value, text) in cases {
            assert_eq!(short(value), text);
        }
        let cases = [
            (-0.001, 2, "0.00"),
            (-0.684, 2, "−0.68"),
            (-12_345.678, 1, "−12,345.7"),
            (0.996, 2, "1.00"),
            (0.6, 0, "1"),
            (0.04, 1, "0.0"),
            (1e-19, 2, "0.00"),
            (-4.9e-7, 2, "0.00"),
        ];
        for (value, decimals, text) in cases {
            assert_eq!(fixed(value, decimals), text);
        }
    }

    #[test]
    fn results_have_as_many_digits_as_asked_for() {
        let cases =
            [(-2.861_23, "−2.861"), (26.968, "26.97"), (0.048, "0.04800"), (1234.56, "1,235"), (1e-8, "1.00×10⁻⁸")];
        for (value, text) in cases {
            assert_eq!(significant(value, 4), text);
        }
    }

    #[test]
    fn what_a_person_chose_keeps_its_few_digits() {
        let cases = [
            (0.9, "0.9"),
            (1.0 - 0.999, "0.001"),
            (0.999, "0.999"),
            (1e-8, "10⁻⁸"),
            (2.5e-7, "2.5×10⁻⁷"),
            (0.097_552_825, "0.09755"),
            (1999.0, "1,999"),
            (12.0, "12"),
            (0.0, "0"),
        ];
        for (value, text) in cases {
            assert_eq!(constant(value), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(parse(&shortest(value)), Some(value));
        }
    }
}
