//! The axis that learning rates lie on.

use super::{Config, Key};
use crate::error::Error;
use crate::number::{shortest, superscript, ten_to};

/// The decimal logarithms of the ends of an axis on which no rate lies further out.
const ENDS: (i32, i32) = (-5, 1);

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
        let low = exponents().map(f64::floor).fold(ENDS.0.into(), f64::min);
        let high = exponents().map(f64::ceil).fold(ENDS.1.into(), f64::max);
        Self { low: low as i32, high: high as i32 }
    }

    /// Where a rate lies, from 0 at the left end to 1 at the right.
    pub fn place(self, rate: f64) -> f64 {
        (libm::log10(rate) - f64::from(self.low)) / f64::from(self.high - self.low)
    }

    /// Rates along the axis, `a_decade` of them in each decade, and its end.
    pub fn rates(self, a_decade: u32) -> Vec<f64> {
        let count = (self.high - self.low).unsigned_abs() * a_decade;
        let exponent = |i: u32| f64::from(self.low) + f64::from(i) / f64::from(a_decade);
        (0..=count)
            .map(|i| if i.is_multiple_of(a_decade) { ten_to(exponent(i) as i32) } else { libm::pow(10.0, exponent(i)) })
            .collect()
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

impl Config {
    /// The config whose curve stands for this one's: with what decides the axis of rates in place of the rates, and
    /// without what changes no run. Two configs with the same one have the same valley.
    ///
    /// # Errors
    /// None for a config that was checked.
    pub fn sounding(&self) -> Result<Self, Error> {
        let RateAxis { low, high } = RateAxis::of(self);
        let beyond = [(low, low < ENDS.0), (high, high > ENDS.1)];
        let ends: Vec<String> = beyond.iter().filter(|(_, is)| *is).map(|&(end, _)| shortest(ten_to(end))).collect();
        let rates = if ends.is_empty() { "1".to_owned() } else { ends.join(",") };
        self.with(Key::Lr.name(), &rates)?.without(Key::View.name())?.without(Key::Step.name())
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

    #[test]
    fn a_sounding_keeps_the_axis_and_forgets_the_rates() {
        for query in [
            "surface=beale",
            "lr=0.3&step=7",
            "lr=1e-7,0.1,250",
            "lr=1e-9",
            "lr=300&optimizer=adam,sgd",
            "lr=adam:1e-7,sgd:2&optimizer=adam,sgd",
        ] {
            let config: Config = query.parse().expect("a good query");
            let sounding = config.sounding().expect("a sounding");
            assert_eq!(RateAxis::of(&sounding), RateAxis::of(&config), "{query}");
            assert_eq!(sounding.sounding(), Ok(sounding));
        }
        let sounding = |query: &str| query.parse::<Config>().and_then(|config| config.sounding());
        assert_eq!(sounding("lr=0.1&step=3"), sounding("lr=0.2,0.3"));
        assert_ne!(sounding("lr=0.1"), sounding("lr=0.1&steps=100"));
    }

    #[test]
    fn rates_along_the_axis_have_its_ends_and_its_decades_exactly() {
        let rates = RateAxis { low: -5, high: 1 }.rates(30);
        assert_eq!((rates.len(), rates[0], rates[60], rates[180]), (181, 1e-5, 0.001, 10.0));
        assert!(rates.is_sorted());
    }
}
