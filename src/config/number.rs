//! Numbers in text: read by the grammar of a config, printed as JavaScript prints them, or short for people.

/// Reads `-?digits[.digits][e[+-]digits]`, also with nothing before the dot. Not inf, nan, hex or a leading plus.
/// `None` where the text is not of that form; infinite where the number is too large.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let mantissa_holds = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole.is_empty() || digits(whole)) && digits(fraction),
        None => digits(unsigned),
    };
    let exponent_holds = exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)));
    if mantissa_holds && exponent_holds { text.parse().ok() } else { None }
}

/// 10^exponent, correctly rounded.
pub(crate) fn ten_to(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(f64::INFINITY)
}

/// The shortest text that reads back as the same number, laid out as JavaScript does: `0.1`, `1e-8`, `200`, `1e+21`.
/// Infinities are `inf` and `-inf`.
pub fn shortest(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        return value.to_string();
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    // Display is positional and shortest; these are the exponents for which JavaScript is positional too.
    if (-6..=20).contains(&exponent) { value.to_string() } else { format!("{mantissa}e{exponent:+}") }
}

/// The number for reading at a glance: three significant digits, `7.56`, `0.634`, `1,235`; outside 0.001 to a million
/// in scientific notation, `4.0×10⁻⁴`. A true minus sign.
pub fn short(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() { "undefined" } else if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    // Round once, to the digits that are shown, so that 999.96 becomes 1,000 and not 1.00×10³.
    let rounded = format!("{value:.2e}");
    let exponent: i32 = rounded.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0);
    match exponent {
        -3..=2 => minus(&format!("{value:.*}", (2 - exponent).unsigned_abs() as usize)),
        3..=5 => minus(&thousands(&format!("{value:.0}"))),
        _ => power_of_ten(value),
    }
}

/// The number with that many decimals, thousands set apart: for positions.
pub fn fixed(value: f64, decimals: usize) -> String {
    if value.abs() >= 1e6 {
        return short(value);
    }
    let text = format!("{value:.decimals$}");
    let zero = text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
    let text = if zero { text.trim_start_matches('-') } else { &text };
    match text.split_once('.') {
        Some((whole, fraction)) => minus(&format!("{}.{fraction}", thousands(whole))),
        None => minus(&thousands(text)),
    }
}

/// A whole number, thousands set apart.
pub fn whole(value: usize) -> String {
    thousands(&value.to_string())
}

fn power_of_ten(value: f64) -> String {
    let text = format!("{value:.1e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    minus(&format!("{mantissa}×10{}", superscript(exponent)))
}

/// The digits and the sign of an exponent, raised.
pub(crate) fn superscript(exponent: &str) -> String {
    exponent
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            digit => digit.to_digit(10).and_then(|digit| char::from_u32(0x2070 + digit)).unwrap_or(digit),
        })
        .collect()
}

fn minus(text: &str) -> String {
    text.replace('-', "−")
}

fn thousands(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let mut grouped = String::from(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(fixed(-0.684, 2), "−0.68");
        assert_eq!(fixed(-12_345.678, 1), "−12,345.7");
    }

    #[test]
    fn the_grammar_of_numbers_is_narrow() {
        for text in ["0", "-1", "1.5", ".5", "-.5", "1e5", "1e+5", "1.5e-300", "007"] {
            assert!(parse(text).is_some(), "{text}");
        }
        for text in ["", "-", ".", "5.", "+1", "1e", "1e+", "1e1.5", "0x1f", "inf", "NaN", "1_000", "1,5", " 1", "1E5", "−1", "١"]
        {
            assert!(parse(text).is_none(), "{text}");
        }
        assert_eq!(parse("1e999"), Some(f64::INFINITY));
    }
}
