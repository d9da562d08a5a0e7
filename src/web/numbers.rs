//! The numbers of a figure's runs, for scripts.

use wasm_bindgen::prelude::*;

use super::figure::Figure;

#[wasm_bindgen]
impl Figure {
    /// The loss at each step of a run.
    pub fn losses(&self, run: usize) -> Result<Vec<f64>, JsError> {
        Ok(self.trajectory(run)?.losses().to_vec())
    }

    /// The rate of each update of a run; one fewer than there are steps.
    pub fn rates(&self, run: usize) -> Result<Vec<f64>, JsError> {
        Ok(self.trajectory(run)?.rates().to_vec())
    }
}
