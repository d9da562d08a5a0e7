//! What a hand on the explorer's charts and lists does to the config.

use wasm_bindgen::prelude::*;

use super::chart::ChartPlot;
use super::figure::Figure;
use super::thrown;
use crate::config::Config;
use crate::error::Error;

#[wasm_bindgen]
impl Figure {
    /// Puts an optimizer or a schedule into its list, or takes it out; the only one stays.
    pub fn toggle(&mut self, key: &str, name: &str) -> Result<(), JsError> {
        let changed = self.shown()?.config.with_toggled(key, name);
        self.take(changed)
    }

    /// Takes these optimizers; where they have rates of their own, each that stays keeps its.
    #[wasm_bindgen(js_name = chooseOptimizers)]
    pub fn choose_optimizers(&mut self, names: &str) -> Result<(), JsError> {
        let changed = self.shown()?.config.with_optimizers(names);
        self.take(changed)
    }

    /// Lets a run go on at another rate from a step on; its past stays, other runs follow in proportion.
    #[wasm_bindgen(js_name = changeRateAt)]
    pub fn change_rate_at(&mut self, run: usize, step: usize, rate: &str) -> Result<(), JsError> {
        let (config, trajectory) = (&self.shown()?.config, self.trajectory(run)?);
        let changed = config.with_rate_from(&self.shown()?.runs[run], trajectory, step, rate);
        self.take(changed)
    }

    /// Where the points of the drawn schedule lie on a chart of rates, for a run: left, top, left, ... in CSS pixels from
    /// the canvas's corner; empty where none is drawn.
    #[wasm_bindgen(js_name = pointPlaces)]
    pub fn point_places(&self, plot: &ChartPlot, run: usize) -> Result<Vec<f64>, JsError> {
        let shown = self.shown()?;
        self.trajectory(run)?;
        Ok(plot.point_places(shown.config.points(), shown.runs[run].lr))
    }

    /// Adds a point to the schedule of a run at a step and a rate of its chart; the schedule becomes a drawn one where it
    /// is not.
    #[wasm_bindgen(js_name = addPoint)]
    pub fn add_point(&mut self, run: usize, step: usize, rate: f64) -> Result<(), JsError> {
        let (config, trajectory) = (&self.shown()?.config, self.trajectory(run)?);
        let run = &self.shown()?.runs[run];
        let changed = config.with_point(run, trajectory, step.saturating_sub(1), rate / run.lr);
        self.take(changed)
    }

    /// Moves a point of the drawn schedule to a step and a rate of a run's chart, between its neighbours.
    #[wasm_bindgen(js_name = movePoint)]
    pub fn move_point(&mut self, run: usize, position: usize, step: usize, rate: f64) -> Result<(), JsError> {
        let shown = self.shown()?;
        self.trajectory(run)?;
        let changed = shown.config.with_point_moved(position, step.saturating_sub(1), rate / shown.runs[run].lr);
        self.take(changed)
    }

    /// Removes a point of the drawn schedule; the only one stays.
    #[wasm_bindgen(js_name = removePoint)]
    pub fn remove_point(&mut self, position: usize) -> Result<(), JsError> {
        let changed = self.shown()?.config.without_point(position);
        self.take(changed)
    }
}

impl Figure {
    fn take(&mut self, changed: Result<Config, Error>) -> Result<(), JsError> {
        self.adopt(changed.map_err(thrown)?);
        Ok(())
    }
}
