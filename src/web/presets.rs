//! The experiments that a page offers.

use wasm_bindgen::prelude::*;

use crate::presets::Preset;

/// Every experiment, three words each: title, lede, and the canonical text of its config. The first is the one to open on.
#[wasm_bindgen]
pub fn presets() -> Vec<String> {
    let words = |preset: &Preset| [preset.title, preset.lede, preset.config].map(String::from);
    Preset::ALL.iter().flat_map(words).collect()
}
