//! What a visitor takes away as a table.

use wasm_bindgen::prelude::*;

use super::figure::{Figure, Shown};
use crate::table::Format;

#[wasm_bindgen]
impl Figure {
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
