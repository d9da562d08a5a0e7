//! What a visitor takes away as text.

use wasm_bindgen::prelude::*;

use super::figure::{Figure, Shown};
use crate::table::Format;

#[wasm_bindgen]
impl Figure {
    /// Every step of every run as CSV, after a line with the config.
    #[wasm_bindgen(js_name = toCSV)]
    pub fn to_csv(&self) -> Result<String, JsError> {
        Ok(self.shown()?.config.to_csv())
    }

    /// What every run came to, a row each, as `csv`, `tsv` or `markdown`.
    pub fn table(&self, format: &str) -> Result<String, JsError> {
        let format = Format::by_name(format).ok_or_else(|| JsError::new("there is no such format"))?;
        let Shown { config, runs, trajectories, .. } = self.shown()?;
        let mut rows = Vec::new();
        for (run, trajectory) in runs.iter().zip(trajectories) {
            rows.push((run, trajectory, self.diagnosis(rows.len())?));
        }
        Ok(config.table(format, &rows))
    }
}
