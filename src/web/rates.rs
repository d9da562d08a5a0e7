//! The axis of learning rates as the page's markers use it.

use wasm_bindgen::prelude::*;

use super::thrown;
use crate::config::{Config, RateAxis};
use crate::number::shortest;

/// The rates of a config on their axis. Every change gives the canonical text of a config.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Rates {
    config: Config,
    axis: RateAxis,
}

#[wasm_bindgen]
impl Rates {
    /// The rates of this config. Throws where the text is wrong.
    pub fn of(config: &str) -> Result<Self, JsError> {
        let config: Config = config.parse().map_err(thrown)?;
        Ok(Self { axis: RateAxis::of(&config), config })
    }

    /// The decimal logarithm of the axis's left end.
    #[wasm_bindgen(getter)]
    pub fn low(&self) -> i32 {
        self.axis.low
    }

    /// The decimal logarithm of the axis's right end.
    #[wasm_bindgen(getter)]
    pub fn high(&self) -> i32 {
        self.axis.high
    }

    /// A label for each decade.
    pub fn labels(&self) -> Vec<String> {
        self.axis.labels()
    }

    /// The decimal logarithm of each rate.
    pub fn exponents(&self) -> Vec<f64> {
        self.config.rates().iter().map(|&rate| libm::log10(rate)).collect()
    }

    /// Each rate as text that reads back.
    pub fn words(&self) -> Vec<String> {
        self.config.rates().iter().map(|&rate| shortest(rate)).collect()
    }

    /// The first run that has each of the rates.
    pub fn runs(&self) -> Vec<usize> {
        let mut first = vec![0; self.config.rates().len()];
        for (i, run) in self.config.runs().iter().enumerate().rev() {
            first[run.rate] = i;
        }
        first
    }

    /// The rates that the first run's optimizer has, by their positions: all of them, unless it has its own.
    #[wasm_bindgen(js_name = ofFirst)]
    pub fn of_first(&self) -> Vec<usize> {
        self.config.rates_of(0).collect()
    }

    /// Whether one more rate would make too many runs.
    #[wasm_bindgen(getter)]
    pub fn full(&self) -> bool {
        self.config.with_another_rate().is_err()
    }

    /// The config with the rate at a position moved to a decimal logarithm.
    pub fn moved(&self, position: usize, exponent: f64) -> Result<String, JsError> {
        self.config.with_rate_near(position, exponent).map(|config| config.to_string()).map_err(thrown)
    }

    /// The config with one rate more.
    pub fn extended(&self) -> Result<String, JsError> {
        self.config.with_another_rate().map(|config| config.to_string()).map_err(thrown)
    }
}
