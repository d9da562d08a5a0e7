//! Many runs at once, sixteen side by side: the valley of learning rates and the best of them, maps of two numbers, basins,
//! the spread over starts.
//!
//! Every run is bit for bit what [`descend`](crate::descend) makes of it: the rules and the surfaces are the same ones,
//! over [`Lanes`](crate::Lanes).

mod axis;
mod basin;
mod best;
mod block;
mod course;
mod grid;
mod losses;
mod record;
mod spacing;
mod starts;
mod sweep;
mod tile;

pub use axis::Axis;
pub use basin::{Basin, Landing, Place};
pub use best::{Best, best_rates, candidate_rates};
pub use grid::Grid;
pub use losses::Losses;
pub use spacing::{Scale, Spacing};
pub use starts::{MOST_STARTS, Spread, Starts};
pub use sweep::{Sounding, soundings, soundings_in_turn, sweep};
pub use tile::{MOST_CELLS, Span};
