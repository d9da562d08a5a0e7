//! Many runs at once, sixteen side by side: the valley of learning rates, maps of two numbers, basins.
//!
//! Every run is bit for bit what [`descend`](crate::descend) makes of it: the rules and the surfaces are the same ones,
//! over [`Lanes`](crate::Lanes) of eight.

mod block;
mod course;
mod losses;
mod record;
mod sweep;

pub use losses::Losses;
pub use sweep::{Sounding, soundings, sweep};
