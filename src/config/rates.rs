//! The axis that learning rates lie on.

use super::Config;
use crate::number::{shortest, superscript, ten_to};

/// A logarithmic axis of learning rates, in whole decades: 1e-5 to 10, and further where a rate lies further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateAxis {
    /// The decimal logarithm of its left end.
    pub low: i32,
    /// The decimal logarithm of its right end.
    pub high: i32,
}

impl RateAxis {
    /// The axis for the rates of a config.
    pub fn of(config: &Config) -> Self {
        let exponents = || config.rates().iter().map(|&rate| libm::log10(rate));
        let low = exponents().map(f64::floor).fold(-5.0, f64::min);
        let high = exponents().map(f64::ceil).fold(1.0, f64::max);
        Self { low: low as i32, high: high as i32 }
    }

    /// Where a rate lies, from 0 at the left end to 1 at the right.
    pub fn place(self, rate: f64) -> f64 {
        (libm::log10(rate) - f64::from(self.low)) / f64::from(self.high - self.low)
    }

    /// A label for each decade, in positional notation where it is short.
    pub fn labels(self) -> Vec<String> {
        (self.low..=self.high)
            .map(|exponent| match exponent {
                -5..=3 => shortest(ten_to(exponent)),
                _ => format!("10{}", superscript(exponent)),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_reaches_as_far_as_the_rates() {
        let axis = |query: &str| RateAxis::of(&query.parse().expect("a good query"));
        assert_eq!(axis("lr=0.1"), RateAxis { low: -5, high: 1 });
        assert_eq!(axis("lr=0.0000001,250"), RateAxis { low: -7, high: 3 });
        assert_eq!(axis("lr=0.01").place(0.01), 0.5);
        assert_eq!(axis("lr=1").labels(), ["0.00001", "0.0001", "0.001", "0.01", "0.1", "1", "10"]);
    }
}
