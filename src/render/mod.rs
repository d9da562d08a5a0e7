//! Drawings on any plotters backend: the surface, which changes seldom, and the paths, which change every frame.

pub mod chart;
mod clip;
pub mod closeup;
mod contour;
#[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
pub mod figure;
mod frame;
mod heat;
mod marker;
mod overlay;
mod path;
#[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
mod png;
mod shade;
mod subpixel;
mod surface;
#[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
mod svg;
#[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
mod text;
mod theme;
mod thin;
mod valley;

pub use closeup::{Closeup, Piece};
pub use frame::{Frame, decimals, extent};
pub use heat::Heat;
pub use marker::Marker;
pub use overlay::{EndLabel, end_labels};
pub use path::{LivePath, dot_spacing};
pub use shade::{Bands, Map, Raster};
pub use subpixel::{SubPixel, UNITS};
pub use surface::{Drawn, draw_surface};
pub use theme::{Strokes, Theme};
pub use thin::Thinned;
pub use valley::{Soundings, Valley, ValleyCurve};
