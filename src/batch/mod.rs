//! Many runs at once, sixteen side by side: the valley of learning rates, maps of two numbers, basins.
//!
//! Every run is bit for bit what [`descend`](crate::descend) makes of it: the rules and the surfaces are the same ones,
//! over [`Lanes`](crate::Lanes).

mod axis;
mod basin;
mod block;
mod course;
mod grid;
mod losses;
mod record;
mod spacing;
mod sweep;
mod tile;

pub use axis::Axis;
pub use basin::{Basin, Landing, Place};
pub use grid::Grid;
pub use losses::Losses;
pub use spacing::{Scale, Spacing};
pub use sweep::{Sounding, soundings, soundings_in_turn, sweep};
pub use tile::{MOST_CELLS, Span};
