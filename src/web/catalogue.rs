//! The words that a page can offer.

use wasm_bindgen::prelude::*;

use crate::config::Key;

/// The keys of a config, in the order of the table: also the element's attributes.
#[wasm_bindgen]
pub fn keys() -> Vec<String> {
    Key::ALL.iter().map(|key| key.name().to_owned()).collect()
}
