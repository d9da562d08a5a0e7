//! The valley of good rates as the page draws it. What it shows is computed apart, so that a worker can do it.

use wasm_bindgen::prelude::*;

use super::thrown;
use crate::batch::{self, Sounding};
use crate::config::{Config, RateAxis};
use crate::diagnosis::Rating;
use crate::number::whole;
use crate::render::{self, Soundings};

/// Rates computed in each decade of the axis: five pixels apart on a wide screen, 181 in all.
const A_DECADE: u32 = 30;

/// The config whose curves a valley shows, as text: another one only where they are others.
#[wasm_bindgen(js_name = soundingOf)]
pub fn sounding_of(config: &str) -> Result<String, JsError> {
    let config: Config = config.parse().map_err(thrown)?;
    Ok(config.sounding().map_err(thrown)?.to_string())
}

/// How many steps its curves take, all rates together.
#[wasm_bindgen(js_name = soundingSteps)]
pub fn sounding_steps(sounding: &str) -> Result<f64, JsError> {
    let config: Config = sounding.parse().map_err(thrown)?;
    let runs = config.methods().len() * RateAxis::of(&config).rates(A_DECADE).len();
    Ok(runs as f64 * config.steps() as f64)
}

/// The losses of every curve after the last step, then the ratings of its rates: 0 too low, 1 about right, 2 too high.
#[wasm_bindgen]
pub fn soundings(sounding: &str) -> Result<Vec<f64>, JsError> {
    numbers(sounding, batch::soundings)
}

/// The same numbers from one run after the other: for as long as the part of the core that has lanes is not there.
#[wasm_bindgen(js_name = soundingsInTurn)]
pub fn soundings_in_turn(sounding: &str) -> Result<Vec<f64>, JsError> {
    numbers(sounding, batch::soundings_in_turn)
}

fn numbers(sounding: &str, soundings: impl Fn(&Config, &[f64]) -> Vec<Vec<Sounding>>) -> Result<Vec<f64>, JsError> {
    let config: Config = sounding.parse().map_err(thrown)?;
    let mut numbers = Vec::new();
    for curve in soundings(&config, &RateAxis::of(&config).rates(A_DECADE)) {
        numbers.extend(curve.iter().map(|sounding| sounding.loss));
        numbers.extend(curve.iter().map(|sounding| f64::from(sounding.rating as u8)));
    }
    Ok(numbers)
}

/// The chart.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Valley {
    chart: render::Valley,
    labels: Vec<String>,
    caption: String,
}

#[wasm_bindgen]
impl Valley {
    /// The chart of what `soundings` gave for that config.
    pub fn of(sounding: &str, soundings: &[f64]) -> Result<Self, JsError> {
        let config: Config = sounding.parse().map_err(thrown)?;
        let rates = RateAxis::of(&config).rates(A_DECADE).len();
        let ratings: Vec<Vec<Rating>> = soundings
            .chunks_exact(2 * rates)
            .map(|curve| curve[rates..].iter().copied().map(rating).collect())
            .collect();
        let curves: Vec<_> = soundings
            .chunks_exact(2 * rates)
            .zip(&ratings)
            .map(|(curve, ratings)| Soundings { losses: &curve[..rates], ratings })
            .collect();
        let chart = render::Valley::new(&curves, config.surface().lowest());
        let (steps, scale) = (whole(config.steps()), chart.scale_words());
        let caption = format!("Loss after {steps} steps at {rates} rates, {scale}.");
        let labels = config.methods().into_iter().map(|run| run.label).collect();
        Ok(Self { chart, labels, caption })
    }

    /// What the curves are called, one each.
    pub fn labels(&self) -> Vec<String> {
        self.labels.clone()
    }

    /// A curve as the path of an SVG of this size.
    pub fn path(&self, curve: usize, width: f64, height: f64) -> String {
        let curve = self.chart.curves.get(curve);
        curve.map(|curve| curve.svg_path(width, height)).unwrap_or_default()
    }

    /// How high the name of each curve lies at its right end, pushed apart to at least `gap`.
    #[wasm_bindgen(js_name = labelHeights)]
    pub fn label_heights(&self, gap: f64) -> Vec<f64> {
        self.chart.label_heights(gap)
    }

    /// What is said of the rates of the first curve: from, to, rating, again and again.
    pub fn zones(&self) -> Vec<f64> {
        let zones = self.chart.curves.first().map(|curve| &curve.zones[..]).unwrap_or_default();
        zones.iter().flat_map(|&(from, to, rating)| [from, to, f64::from(rating as u8)]).collect()
    }

    /// How high the marks along y lie.
    #[wasm_bindgen(js_name = tickPlaces)]
    pub fn tick_places(&self) -> Vec<f64> {
        self.chart.ticks.iter().map(|(place, _)| *place).collect()
    }

    /// Their labels.
    #[wasm_bindgen(js_name = tickLabels)]
    pub fn tick_labels(&self) -> Vec<String> {
        self.chart.ticks.iter().map(|(_, label)| label.clone()).collect()
    }

    /// How high a loss lies; more than 1 where it is above the chart.
    pub fn height(&self, loss: f64) -> f64 {
        self.chart.height(loss)
    }

    /// Whether the curves begin in the lower half, so that what is written there would lie on them.
    #[wasm_bindgen(js_name = startsLow)]
    pub fn starts_low(&self) -> bool {
        self.chart.starts_low()
    }

    /// What is shown, in words.
    pub fn caption(&self) -> String {
        self.caption.clone()
    }
}

/// The rating of that number.
fn rating(number: f64) -> Rating {
    match number {
        0.0 => Rating::TooLow,
        1.0 => Rating::AboutRight,
        _ => Rating::TooHigh,
    }
}
