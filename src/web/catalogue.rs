//! The words that a page can offer.

use wasm_bindgen::prelude::*;

use super::thrown;
use crate::config::{Config, Key, Preset};
use crate::optimizer::Optimizer;
use crate::schedule::Schedule;
use crate::surface::Surface;

/// The keys of a config, in the order of the table: also the element's attributes.
#[wasm_bindgen]
pub fn keys() -> Vec<String> {
    Key::ALL.iter().map(|key| key.name().to_owned()).collect()
}

/// The surfaces by name.
#[wasm_bindgen]
pub fn surfaces() -> Vec<String> {
    Surface::ALL.iter().map(|surface| surface.facts().name.to_owned()).collect()
}

/// The surfaces' names for people, in the same order.
#[wasm_bindgen(js_name = surfaceTitles)]
pub fn surface_titles() -> Vec<String> {
    Surface::ALL.iter().map(|surface| surface.facts().title.to_owned()).collect()
}

/// The optimizers by name.
#[wasm_bindgen]
pub fn optimizers() -> Vec<String> {
    Optimizer::ALL.iter().map(|optimizer| optimizer.name().to_owned()).collect()
}

/// The optimizers' names for people, in the same order.
#[wasm_bindgen(js_name = optimizerTitles)]
pub fn optimizer_titles() -> Vec<String> {
    Optimizer::ALL.iter().map(|optimizer| optimizer.title().to_owned()).collect()
}

/// The schedules by name.
#[wasm_bindgen]
pub fn schedules() -> Vec<String> {
    Schedule::ALL.iter().map(|schedule| schedule.name().to_owned()).collect()
}

/// The schedules' names for people, in the same order.
#[wasm_bindgen(js_name = scheduleTitles)]
pub fn schedule_titles() -> Vec<String> {
    Schedule::ALL.iter().map(|schedule| schedule.title().to_owned()).collect()
}

/// The experiments: title, sentence and config of each, one after the other.
#[wasm_bindgen]
pub fn presets() -> Vec<String> {
    Preset::ALL.iter().flat_map(|preset| [preset.title, preset.lede, preset.config]).map(str::to_owned).collect()
}

/// The number of the experiment that a config is; `undefined` where it is none.
#[wasm_bindgen(js_name = presetOf)]
pub fn preset_of(config: &str) -> Result<Option<usize>, JsError> {
    let config: Config = config.parse().map_err(thrown)?;
    Ok(Preset::of(&config).and_then(|preset| Preset::ALL.iter().position(|other| other == preset)))
}
