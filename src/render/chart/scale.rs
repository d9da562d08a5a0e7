//! What a value measures on a chart, from the bottom up.

use crate::number::{fixed, scientific, short};
use crate::render::frame::{nice_step, ticks};
use crate::render::shade::label;

/// A linear or a logarithmic scale, of a measure from `low` to `high`: the value itself, or its decimal logarithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    log: bool,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// The fewest decades of a logarithmic scale, so that its labels show that it is one.
const FEWEST_DECADES: f64 = 2.0;

/// The space above and below the values, as a part of what they span.
const PADDING: f64 = 0.04;

/// How far below the scale the logarithm of 0 is taken to lie, in spans: a line to it leaves steeply, and is clipped.
const FAR_BELOW: f64 = 4.0;

impl Scale {
    /// Of values from `low` to `high`; with room about them where they are all alike.
    pub(super) fn linear(low: f64, high: f64) -> Self {
        let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
        let span = if high > low { high - low } else { high.abs().max(1e-12) };
        let padding = PADDING * span;
        // Zero is an edge of its own.
        let low = if low == 0.0 { 0.0 } else { low - padding };
        Self { log: false, low, high: high + padding }
    }

    /// Of values from `low`, above 0, to `high`.
    pub(super) fn log(low: f64, high: f64) -> Self {
        let high = if high > 0.0 { high } else { 1.0 };
        let (low, high) = (libm::log10(low.min(high)), libm::log10(high));
        let missing = (FEWEST_DECADES - (high - low)).max(0.0) / 2.0;
        let (low, high) = (low - missing, high + missing);
        let padding = PADDING * (high - low);
        Self { log: true, low: low - padding, high: high + padding }
    }

    /// Whether it is logarithmic.
    pub fn is_log(&self) -> bool {
        self.log
    }

    /// Where a value lies; below the scale where a logarithm does not exist.
    pub fn measure(&self, value: f64) -> f64 {
        if !self.log {
            value
        } else if value > 0.0 {
            libm::log10(value)
        } else {
            self.low - FAR_BELOW * (self.high - self.low)
        }
    }

    /// The value there, as three digits.
    pub fn value(&self, measure: f64) -> f64 {
        let value = if self.log { libm::pow(10.0, measure) } else { measure };
        if value == 0.0 || !value.is_finite() {
            return value;
        }
        let unit = libm::log10(value.abs()).floor() as i32 - 2;
        let digits = (value / scientific(1.0, unit)).round();
        scientific(digits, unit)
    }

    /// Round numbers on the scale, as measures with their labels: at most about `count`.
    pub(super) fn ticks(&self, count: f64) -> Vec<(f64, String)> {
        if self.log {
            let every = nice_step((self.high - self.low).max(1.0), count).max(1.0);
            let first = (self.low / every).ceil() as i32;
            let exponents = (first..).map(|i| f64::from(i) * every).take_while(|&exponent| exponent <= self.high);
            return exponents.map(|exponent| (exponent, decade(exponent as i32))).collect();
        }
        let places = ticks(self.low, self.high, count).places;
        let step = nice_step(self.high - self.low, count);
        let decimals = (-libm::log10(step).floor()).max(0.0);
        let word = |place: f64| {
            let place = if place.abs() < step / 2.0 { 0.0 } else { place };
            if place == 0.0 || (decimals > 4.0 || place.abs() >= 1e5) {
                short(place)
            } else {
                fixed(place, decimals as usize)
            }
        };
        places.into_iter().map(|place| (place, word(place))).collect()
    }
}

/// A power of ten, as the rates of a visitor's first look are written: 0.001, not 10⁻³.
fn decade(exponent: i32) -> String {
    if exponent == -3 { "0.001".to_owned() } else { label(1, exponent) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: Scale, count: f64) -> Vec<String> {
        scale.ticks(count).into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn a_log_scale_has_whole_decades_and_at_least_two() {
        assert_eq!(labels(Scale::log(0.001, 1.0), 5.0), ["0.001", "0.01", "0.1", "1"]);
        assert_eq!(labels(Scale::log(6.6, 7.6), 5.0), ["1", "10"]);
        assert_eq!(labels(Scale::log(1e-7, 60.0), 5.0), ["10⁻⁶", "10⁻⁴", "0.01", "1", "100"]);
        assert_eq!(labels(Scale::log(1e-30, 1e6), 5.0), ["10⁻³⁰", "10⁻²⁰", "10⁻¹⁰", "1"]);
    }

    #[test]
    fn a_linear_scale_has_round_numbers_and_keeps_zero_at_its_edge() {
        assert_eq!(labels(Scale::linear(0.0, 0.1), 6.0), ["0", "0.02", "0.04", "0.06", "0.08", "0.10"]);
        assert_eq!(labels(Scale::linear(-0.1, 0.1), 5.0), ["−0.10", "−0.05", "0", "0.05", "0.10"]);
        assert_eq!(labels(Scale::linear(0.0, 1e-6), 3.0), ["0", "5.0×10⁻⁷", "1.0×10⁻⁶"]);
        assert_eq!(Scale::linear(0.0, 3.0).low, 0.0);
    }

    #[test]
    fn a_value_taken_from_the_scale_has_three_digits() {
        assert_eq!(Scale::log(0.001, 1.0).value(-1.234_567), 0.0583);
        assert_eq!(Scale::linear(0.0, 3.0).value(1.234_567), 1.23);
        assert_eq!(Scale::linear(0.0, 3.0).value(0.0), 0.0);
    }

    #[test]
    fn what_has_no_logarithm_lies_below_the_scale() {
        let scale = Scale::log(0.001, 1.0);
        assert!(scale.measure(0.0) < scale.low - 3.0 && scale.measure(-1.0) < scale.low);
    }
}
