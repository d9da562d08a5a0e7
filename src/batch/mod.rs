//! Many runs at once, eight abreast: the valley of learning rates, maps of two numbers, basins.

mod block;
mod course;
mod ends;
mod sweep;

pub use sweep::{Curve, sweep};
