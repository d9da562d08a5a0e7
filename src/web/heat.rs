//! Maps of numbers as pixels with their key.

use wasm_bindgen::prelude::*;

use super::figure::look;
use super::plot::css;
use crate::render;

/// Numbers on a grid, ready to be painted.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Heat(render::Heat);

#[wasm_bindgen]
impl Heat {
    /// The map of these values, row by row from the top; `lowest` is what decades are counted from, `undefined` for
    /// equal steps. `regions` says which cells belong together, or is empty.
    pub fn of(columns: usize, values: &[f64], lowest: Option<f64>, regions: Vec<u8>) -> Self {
        Self(render::Heat::new(columns, values, lowest).with_regions(regions))
    }

    /// Red, green, blue and opacity of a picture of this size, `dpr` device pixels to one of the page's.
    pub fn pixels(&self, width: usize, height: usize, dpr: f64, theme: &str) -> Vec<u8> {
        self.0.pixels(width, height, dpr, look(theme))
    }

    /// The labels between the bands of the key, from low to high; empty where there is none.
    #[wasm_bindgen(js_name = scaleLabels)]
    pub fn scale_labels(&self) -> Vec<String> {
        self.0.bands().labels().map(|label| label.unwrap_or_default().to_owned()).collect()
    }

    /// The colours of the bands, from low to high.
    #[wasm_bindgen(js_name = scaleColors)]
    pub fn scale_colors(&self, theme: &str) -> Vec<String> {
        let bands = look(theme).bands(self.0.bands().count());
        bands.into_iter().map(css).collect()
    }

    /// Whether there are hatched cells, where there is no number.
    #[wasm_bindgen(js_name = hasGaps)]
    pub fn has_gaps(&self) -> bool {
        self.0.has_gaps()
    }
}
