//! A map of losses over the learning rate and one number more.

use super::axis::Axis;
use super::block::Entry;
use super::course::Course;
use super::losses::{Losses, append_losses};
use super::spacing::{Scale, Spacing};
use super::tile::{Span, check_sides};
use crate::config::{Config, Key, wrong};
use crate::error::{Error, Problem};
use crate::number::{parse, shortest};

/// Final and best loss of one run of a config for every rate (the columns, from left to right) and every value of an
/// axis (the rows, from top to bottom, the largest value first, as pictures have them). All else is the config's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Has one run.
    config: Config,
    axis: Axis,
    rates: Spacing,
    values: Spacing,
}

impl Grid {
    /// The grid of a config's run, between these rates and these values of an axis, with so many columns and rows.
    ///
    /// # Errors
    /// Names what is wrong, its value and what is allowed: a run or an axis that the config does not have, an end that a
    /// config cannot have, ends in the wrong order, fewer than 2 or more than 512 columns or rows.
    pub fn new(
        config: &Config,
        run: usize,
        axis: Axis,
        rates: [&str; 2],
        values: [&str; 2],
        [columns, rows]: [usize; 2],
    ) -> Result<Self, Error> {
        check_sides([("columns", columns), ("rows", rows)], 2)?;
        let config = config.alone(run)?;
        if !Axis::offered(&config, 0).contains(&axis) {
            let names: Vec<_> = Axis::offered(&config, 0).iter().map(|axis| axis.name()).collect();
            return Err(wrong("axis", axis.name(), Problem::UnknownName, &format!("one of {}", names.join(", "))));
        }
        for end in values {
            config.with(axis.key().name(), &axis.words(&config, end))?;
        }
        for end in rates {
            config.with_rate(0, end)?;
        }
        let (rates, values) =
            (spaced(Key::Lr.name(), Scale::Log, rates, columns)?, spaced(axis.name(), axis.scale(), values, rows)?);
        Ok(Self { config, axis, rates, values })
    }

    /// The learning rate of each column.
    pub fn rates(&self) -> Vec<f64> {
        self.rates.values()
    }

    /// The axis's value of each row, the largest one first.
    pub fn values(&self) -> Vec<f64> {
        (0..self.values.count).map(|row| self.value(row)).collect()
    }

    fn value(&self, row: usize) -> f64 {
        let value = self.values.value(self.values.count - 1 - row);
        if self.axis == Axis::Steps { value.round() } else { value }
    }

    /// The losses of a tile, row by row.
    ///
    /// # Errors
    /// Where the tile is not inside the grid.
    pub fn tile(&self, columns: Span, rows: Span) -> Result<Losses, Error> {
        columns.check("columns", self.rates.count)?;
        rows.check("rows", self.values.count)?;
        let rates: Vec<f64> = columns.iter().map(|column| self.rates.value(column)).collect();
        let mut losses = Losses::default();
        for row in rows.iter() {
            let config = self.row(row)?;
            let (run, start) = (config.only_method()?, config.start());
            append_losses(&mut losses, &Course::of(&config, &run), &|i| Entry { lr: rates[i], start }, rates.len());
        }
        Ok(losses)
    }

    /// The config whose only run is that of a cell.
    ///
    /// # Errors
    /// Where there is no such cell.
    pub fn cell(&self, column: usize, row: usize) -> Result<Config, Error> {
        Span::one(column).check("columns", self.rates.count)?;
        Span::one(row).check("rows", self.values.count)?;
        self.row(row)?.with_rate(0, &shortest(self.rates.value(column)))
    }

    fn row(&self, row: usize) -> Result<Config, Error> {
        self.config.with(self.axis.key().name(), &self.axis.words(&self.config, &shortest(self.value(row))))
    }
}

/// Values between two ends in words, which a config can have by themselves.
fn spaced(name: &'static str, scale: Scale, ends: [&str; 2], count: usize) -> Result<Spacing, Error> {
    let [from, to] = ends.map(|end| parse(end.trim_matches(' ')).unwrap_or(f64::NAN));
    let expected = match scale {
        Scale::Log if from <= 0.0 => Some((ends[0], "a number above 0 where the axis is logarithmic".to_owned())),
        Scale::LogToOne if to >= 1.0 => Some((ends[1], "a number below 1 on an axis".to_owned())),
        _ if from >= to => Some((ends[1], format!("a number above {}, where the axis starts", shortest(from)))),
        _ => None,
    };
    match expected {
        Some((end, expected)) => Err(wrong(name, end, Problem::OutOfRange, &expected)),
        None => Ok(Spacing { scale, from, to, count }),
    }
}
