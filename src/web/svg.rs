//! Figures as SVG text.

use wasm_bindgen::prelude::*;

use super::figure::{Figure, look};
use super::thrown;
use crate::render::chart::{self, Quantity};
use crate::render::figure;

#[wasm_bindgen]
impl Figure {
    /// The figure as SVG, `width` CSS pixels wide, at the step that the config names or at the last one; its config is in
    /// the root's `data-config`. Throws where the width has no room for it.
    #[wasm_bindgen(js_name = toSVG)]
    pub fn to_svg(&self, width: u32, theme: &str) -> Result<String, JsError> {
        let shown = self.shown()?;
        figure::svg(&shown.config, width, None, look(theme)).map_err(thrown)
    }

    /// A chart as SVG: `loss`, `rate`, `update` or `distance`, of one run where it is about one. Empty where there is
    /// nothing to show.
    #[wasm_bindgen(js_name = chartSVG)]
    pub fn chart_svg(
        &self,
        quantity: &str,
        run: usize,
        width: u32,
        height: u32,
        theme: &str,
    ) -> Result<String, JsError> {
        let quantity = Quantity::by_name(quantity).ok_or_else(|| JsError::new("there is no such chart"))?;
        self.trajectory(run)?;
        let drawn = chart::svg(quantity, &self.shown()?.config, run, width, height, look(theme));
        Ok(drawn.map_err(thrown)?.unwrap_or_default())
    }
}
