//! Figures as text: SVG and CSV.

use wasm_bindgen::prelude::*;

use super::figure::Figure;
use super::thrown;
use crate::render::figure;

#[wasm_bindgen]
impl Figure {
    /// The figure as SVG, `width` CSS pixels wide and as tall as suits it or as asked for, at the step that the config names
    /// or at the last one, in the colours that it was given; its config is in the root's `data-config`. Throws where width
    /// or height has no room for it.
    #[wasm_bindgen(js_name = toSVG)]
    pub fn to_svg(&self, width: u32, height: Option<u32>, theme: &str) -> Result<String, JsError> {
        let shown = self.shown()?;
        figure::svg(&shown.config, width, height, self.look(theme)).map_err(thrown)
    }

    /// Every step of every run as CSV, as `adam-scope trace` prints it.
    #[wasm_bindgen(js_name = toCSV)]
    pub fn to_csv(&self) -> Result<String, JsError> {
        let mut csv = String::new();
        self.shown()?.config.write_trace(&mut csv).map_err(thrown)?;
        Ok(csv)
    }
}
