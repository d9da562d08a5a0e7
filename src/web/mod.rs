//! What JavaScript sees. No arithmetic here: words and numbers go in, words, numbers and pictures come out.

#![expect(unreachable_pub, reason = "what wasm_bindgen exports is reached from JavaScript")]

#[cfg(feature = "explorer")]
mod address;
mod canvas;
#[cfg(feature = "explorer")]
mod catalogue;
#[cfg(feature = "explorer")]
mod chart;
#[cfg(feature = "explorer")]
mod compare;
#[cfg(feature = "explorer")]
mod edits;
#[cfg(feature = "explorer")]
mod export;
mod figure;
#[cfg(feature = "explorer")]
mod heat;
#[cfg(feature = "explorer")]
mod inspector;
#[cfg(feature = "explorer")]
mod maps;
#[cfg(feature = "explorer")]
mod numbers;
mod plot;
#[cfg(feature = "explorer")]
mod rates;
#[cfg(feature = "svg")]
mod svg;
#[cfg(feature = "explorer")]
mod valley;

use wasm_bindgen::prelude::*;

/// A small allocator: the standard one is three kilobytes larger to download.
#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

/// Runs once when the module is loaded: a panic, which should never be, then tells the console where it was.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// An error as JavaScript throws it.
fn thrown(error: impl std::fmt::Display) -> JsError {
    JsError::new(&error.to_string())
}
