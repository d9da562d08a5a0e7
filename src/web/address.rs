//! The address bar.

use wasm_bindgen::prelude::*;

use super::thrown;
use crate::config::{Config, Key, Page, Scheme};

/// What the part of an address after `#` says.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Address(Page);

#[wasm_bindgen]
impl Address {
    /// Reads a fragment, without the `#`. Throws where it is wrong.
    pub fn read(fragment: &str) -> Result<Self, JsError> {
        Page::parse(fragment).map(Self).map_err(thrown)
    }

    /// The address of a config's text, opened at a step (`undefined` leaves that to the page), under a theme. Throws
    /// where any of it is wrong.
    pub fn of(config: &str, step: Option<usize>, theme: &str) -> Result<Self, JsError> {
        let config: Config = config.parse().map_err(thrown)?;
        let config = match step {
            Some(step) => config.with(Key::Step.name(), &step.to_string()),
            None => config.without(Key::Step.name()),
        }
        .map_err(thrown)?;
        Ok(Self(Page { config, scheme: Scheme::by_name(theme).map_err(thrown)? }))
    }

    /// The canonical text of the config.
    #[wasm_bindgen(getter)]
    pub fn config(&self) -> String {
        self.0.config.to_string()
    }

    /// `auto`, `light`, `dark` or `projector`.
    #[wasm_bindgen(getter)]
    pub fn theme(&self) -> String {
        self.0.scheme.name().to_owned()
    }

    /// The fragment that reads back as this.
    #[wasm_bindgen(getter)]
    pub fn fragment(&self) -> String {
        self.0.fragment()
    }
}
