//! The names that the explorer's sentence offers.

use wasm_bindgen::prelude::*;

use crate::optimizer::Optimizer;
use crate::schedule::Schedule;
use crate::surface::Surface;

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
