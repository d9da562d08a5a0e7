//! Optimizers at their own best rates, and what becomes of runs from other starts. What is computed and what draws it are
//! apart, so that a worker can compute.

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::chart::places;
use super::figure::look;
use super::maps::read;
use super::plot::{area, cleared, set_dash};
use super::thrown;
use crate::batch::{Spread, Starts};
use crate::config::Key;
use crate::number::{short, shortest};
use crate::render::chart::{Label, SpreadChart, draw_bands, draw_median};
use crate::render::{Frame, Theme};
use crate::surface::Domain;

/// The words for `lr` with which each optimizer has its own best rate, and what is best about them. Throws where there are
/// several schedules, or an optimizer overflows at every rate.
#[wasm_bindgen(js_name = bestRates)]
pub fn best_rates(config: &str) -> Result<Vec<String>, JsError> {
    let (config, best) = read(config)?.at_best_rates().map_err(thrown)?;
    Ok(vec![config.text(Key::Lr), config.best_rates_words(&best)])
}

/// The config without what makes no difference to the spread over other starts, as text.
#[wasm_bindgen(js_name = spreadConfig)]
pub fn spread_config(config: &str) -> Result<String, JsError> {
    let mut config = read(config)?;
    for key in [Key::Start, Key::View, Key::Step] {
        config = config.without(key.name()).map_err(thrown)?;
    }
    Ok(config.to_string())
}

/// How many steps the spreads of all runs of a config take together. Throws where the words for starts and seed are wrong.
#[wasm_bindgen(js_name = spreadSteps)]
pub fn spread_steps(config: &str, starts: &str, seed: &str) -> Result<f64, JsError> {
    let (config, starts) = (read(config)?, Starts::read(starts, seed).map_err(thrown)?);
    Ok((config.runs().len() * starts.count()) as f64 * config.steps() as f64)
}

/// The spread of one of a config's runs: how many reached a minimum, -1 where none is known, then lower quartile, median and
/// upper quartile of the loss at each step that is kept.
#[wasm_bindgen]
pub fn spread(config: &str, run: usize, starts: &str, seed: &str) -> Result<Vec<f64>, JsError> {
    let (config, starts) = (read(config)?, Starts::read(starts, seed).map_err(thrown)?);
    let run = config.runs().into_iter().nth(run).ok_or_else(|| JsError::new("there is no such run"))?;
    let spread = Spread::of(&config, &run, starts);
    let reached = spread.reached.map_or(-1.0, |reached| reached as f64);
    Ok([reached].into_iter().chain(spread.quartiles.into_flattened()).collect())
}

/// The chart of the spreads on a canvas, and their table.
#[wasm_bindgen]
#[derive(Debug)]
pub struct SpreadPlot {
    canvas: HtmlCanvasElement,
    place: Frame,
    shown: Option<SpreadChart>,
    /// Optimizer or label, rate, median, lower and upper quartile, how many reached a minimum, run by run.
    rows: Vec<String>,
    labels: Vec<Label>,
}

#[wasm_bindgen]
impl SpreadPlot {
    /// A chart on this canvas; nothing can be drawn before `place`.
    #[wasm_bindgen(constructor)]
    pub fn new(canvas: HtmlCanvasElement) -> Self {
        let domain = Domain { x0: 0.0, x1: 1.0, y0: 0.0, y1: 1.0 };
        let place = Frame { domain, left: 0.0, top: 0.0, width: 1.0, height: 1.0, dpr: 1.0 };
        Self { canvas, place, shown: None, rows: Vec::new(), labels: Vec::new() }
    }

    /// Sizes the canvas in device pixels, which clears it, and the frame on it in CSS pixels, each of so many device pixels.
    pub fn place(&mut self, left: f64, top: f64, width: f64, height: f64, dpr: f64, size: &[u32]) {
        if let [wide, high] = *size {
            self.canvas.set_width(wide);
            self.canvas.set_height(high);
        }
        self.place = Frame { left, top, width, height, dpr, domain: self.place.domain };
    }

    /// Takes over what `spread` gave for the runs of that config, one after the other.
    pub fn take(&mut self, config: &str, starts: &str, seed: &str, numbers: &[f64]) -> Result<(), JsError> {
        let (config, starts) = (read(config)?, Starts::read(starts, seed).map_err(thrown)?);
        let (runs, steps) = (config.runs(), Spread::steps_of(&config));
        let spread = |numbers: &[f64]| {
            let (quartiles, _) = numbers[1..].as_chunks::<3>();
            let reached = (numbers[0] >= 0.0).then_some(numbers[0] as usize);
            Spread { steps: steps.clone(), quartiles: quartiles.to_vec(), reached }
        };
        let spreads: Vec<Spread> = numbers.chunks_exact(1 + 3 * steps.len()).map(spread).collect();
        self.rows.clear();
        for (run, spread) in runs.iter().zip(&spreads) {
            let rate = shortest(run.lr);
            let [lower, median, upper] = spread.end().map(short);
            let reached = spread.reached.map_or("—".to_owned(), |reached| format!("{reached} of {}", starts.count()));
            let is_rate = run.label.starts_with("lr ");
            let who = if is_rate { run.optimizer.title().to_owned() } else { config.short_label(run) };
            self.rows.extend([who, rate, median, lower, upper, reached]);
        }
        self.shown = Some(SpreadChart::new(&config, &runs, spreads, starts));
        Ok(())
    }

    /// Draws what was taken over; labels are at least `label_height` CSS pixels apart.
    pub fn draw(&mut self, theme: &str, label_height: f64) -> Result<(), JsError> {
        let Some(chart) = &self.shown else { return Ok(()) };
        let (theme, frame) = (look(theme), chart.frame(self.place));
        let context = cleared(&self.canvas)?;
        let area = area(&self.canvas, &context)?;
        draw_bands(&area, chart, &frame, theme).map_err(thrown)?;
        for run in 0..chart.runs() {
            set_dash(&context, Theme::dash(run), &frame)?;
            draw_median(&area, chart, run, &frame, theme).map_err(thrown)?;
        }
        set_dash(&context, &[], &frame)?;
        self.labels = chart.labels(&frame, label_height);
        Ok(())
    }

    /// What is shown, in words.
    pub fn caption(&self) -> String {
        self.shown.as_ref().map(SpreadChart::caption).unwrap_or_default()
    }

    /// The table's cells, six a run: who, rate, median, lower quartile, upper quartile, how many reached a minimum.
    pub fn rows(&self) -> Vec<String> {
        self.rows.clone()
    }

    /// The labels at the ends of the medians, one a run.
    pub fn labels(&self) -> Vec<String> {
        self.labels.iter().map(|label| label.text.clone()).collect()
    }

    /// For each label the middle of its left edge, in CSS pixels from the canvas's corner, and its run: left, top, run,
    /// left, ...
    #[wasm_bindgen(js_name = labelPlaces)]
    pub fn label_places(&self) -> Vec<f64> {
        places(&self.labels)
    }

    /// The step at a place, in CSS pixels from the canvas's left edge; the nearest one outside the frame.
    #[wasm_bindgen(js_name = stepAt)]
    pub fn step_at(&self, left: f64) -> usize {
        self.shown.as_ref().map_or(0, |chart| chart.step_at(left, &self.place))
    }

    /// Where a step lies, in CSS pixels from the canvas's left edge.
    #[wasm_bindgen(js_name = stepPlace)]
    pub fn step_place(&self, step: usize) -> f64 {
        self.shown.as_ref().map_or(0.0, |chart| chart.frame(self.place).place([step as f64, 0.0])[0])
    }
}
