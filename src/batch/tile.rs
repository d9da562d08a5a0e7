//! Parts of a map that are computed by themselves, such as every eighth row first.

use std::iter::StepBy;
use std::ops::Range;

use crate::config::{check_size, wrong};
use crate::error::{Error, Problem};

/// The most columns and rows of a map: more than a screen shows cells of it.
pub const MOST_CELLS: usize = 512;

/// Columns or rows of a map: every `stride`-th from `first` to below `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first one.
    pub first: usize,
    /// Behind the last one.
    pub end: usize,
    /// From one to the next, at least 1.
    pub stride: usize,
}

impl Span {
    /// A single one.
    pub(super) fn one(at: usize) -> Self {
        Self { first: at, end: at.saturating_add(1), stride: 1 }
    }

    /// Their numbers.
    pub fn iter(self) -> StepBy<Range<usize>> {
        (self.first..self.end).step_by(self.stride)
    }

    /// Checks that they are columns or rows of a map that has so many.
    pub(super) fn check(self, key: &'static str, count: usize) -> Result<(), Error> {
        if self.first < self.end && self.end <= count && self.stride > 0 {
            return Ok(());
        }
        let Self { first, end, stride } = self;
        let words = format!("{first} to below {end} by {stride}");
        Err(wrong(key, &words, Problem::OutOfRange, &format!("some of 0 to below {count}")))
    }
}

/// Checks how many columns and rows a map has.
pub(super) fn check_sides(sides: [(&'static str, usize); 2], least: usize) -> Result<(), Error> {
    sides.into_iter().try_for_each(|(key, count)| check_size(key, count, least, MOST_CELLS))
}
