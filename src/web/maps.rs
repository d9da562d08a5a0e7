//! Many runs at once, for the page, its workers and scripts: text and numbers in, numbers out, and nothing is kept.

use wasm_bindgen::prelude::*;

use super::thrown;
use crate::batch::{self, Axis, Basin, Grid, Landing, Place, Span};
use crate::config::{Config, check_rates, read_rates};
use crate::number::{short, shortest};
use crate::render::Frame;

/// The losses after the last step of a config's one optimizer under its one schedule, at these rates; infinite where a
/// run stopped before.
#[wasm_bindgen]
pub fn sweep(config: &str, rates: &[f64]) -> Result<Vec<f64>, JsError> {
    let config = read(config)?;
    config.only_method().map_err(thrown)?;
    check_rates(rates).map_err(thrown)?;
    Ok(batch::sweep(&config, rates).swap_remove(0).last)
}

/// For each optimizer and schedule, at these rates: the losses after the last step, the lowest ones, the numbers of the
/// verdicts (places in `Verdict::NAMES`) and the ratings (0 too low, 1 about right, 2 too high), one list after the other.
#[wasm_bindgen(js_name = soundingsAt)]
pub fn soundings_at(config: &str, rates: &[f64]) -> Result<Vec<f64>, JsError> {
    let config = read(config)?;
    check_rates(rates).map_err(thrown)?;
    let mut numbers = Vec::new();
    for curve in batch::soundings(&config, rates) {
        numbers.extend(curve.iter().map(|sounding| sounding.loss));
        numbers.extend(curve.iter().map(|sounding| sounding.best));
        numbers.extend(curve.iter().map(|sounding| sounding.verdict.number() as f64));
        numbers.extend(curve.iter().map(|sounding| f64::from(sounding.rating as u8)));
    }
    Ok(numbers)
}

/// So many rates from one end to the other, both exact, evenly apart on a logarithmic axis.
#[wasm_bindgen(js_name = ratesBetween)]
pub fn rates_between(from: &str, to: &str, count: &str) -> Result<Vec<f64>, JsError> {
    read_rates(from, to, count).map_err(thrown)
}

/// The axes that a grid of a config's run can have.
#[wasm_bindgen(js_name = gridAxes)]
pub fn grid_axes(config: &str, run: usize) -> Result<Vec<String>, JsError> {
    Ok(Axis::offered(&read(config)?, run).into_iter().map(|axis| axis.name().to_owned()).collect())
}

/// What is usual for an axis: its name for people, its first and its last value.
#[wasm_bindgen(js_name = axisWords)]
pub fn axis_words(config: &str, run: usize, axis: &str) -> Result<Vec<String>, JsError> {
    let axis = read_axis(axis)?;
    let [from, to] = axis.ends(&read(config)?, run).map(shortest);
    Ok(vec![axis.title().to_owned(), from, to])
}

/// The losses of a tile of a grid, row by row: those after the last step, then the lowest ones. `ends` are the lowest and
/// the highest rate and those of the axis, `size` the columns and rows of the grid, `tile` the first column, the one
/// behind the last and the stride, then the same for rows.
#[wasm_bindgen(js_name = gridTile)]
pub fn grid_tile(
    config: &str,
    run: usize,
    axis: &str,
    ends: Vec<String>,
    size: Vec<usize>,
    tile: Vec<usize>,
) -> Result<Vec<f64>, JsError> {
    let [columns, rows] = spans(tile)?;
    let batch::Losses { mut last, best } = grid(config, run, axis, ends, size)?.tile(columns, rows).map_err(thrown)?;
    last.extend(best);
    Ok(last)
}

/// The rate of each column of a grid, then the axis's value of each row.
#[wasm_bindgen(js_name = gridValues)]
pub fn grid_values(
    config: &str,
    run: usize,
    axis: &str,
    ends: Vec<String>,
    size: Vec<usize>,
) -> Result<Vec<f64>, JsError> {
    let grid = grid(config, run, axis, ends, size)?;
    Ok(grid.rates().into_iter().chain(grid.values()).collect())
}

/// The config whose only run is that of a cell of a grid.
#[wasm_bindgen(js_name = gridCell)]
pub fn grid_cell(
    config: &str,
    run: usize,
    axis: &str,
    ends: Vec<String>,
    size: Vec<usize>,
    cell: Vec<usize>,
) -> Result<String, JsError> {
    let [column, row] = exactly(cell)?;
    let cell = grid(config, run, axis, ends, size)?.cell(column, row);
    cell.map(|config| config.to_string()).map_err(thrown)
}

/// The landings of a tile of a map of starts, row by row: where each run comes to rest (the number of a known minimum, -1
/// nowhere, -2 elsewhere), then since which step (-1 where it does not rest), then its loss after the last step.
#[wasm_bindgen(js_name = basinTile)]
pub fn basin_tile(config: &str, run: usize, size: Vec<usize>, tile: Vec<usize>) -> Result<Vec<f64>, JsError> {
    let [columns, rows] = spans(tile)?;
    let landings = basin(config, run, size)?.tile(columns, rows).map_err(thrown)?;
    let numbers: [fn(&Landing) -> f64; 3] = [
        |landing| match landing.place {
            Place::Minimum { which, .. } => which as f64,
            Place::Nowhere => -1.0,
            Place::Elsewhere { .. } => -2.0,
        },
        |landing| landing.place.since().map_or(-1.0, |since| since as f64),
        |landing| landing.loss,
    ];
    Ok(numbers.into_iter().flat_map(|number| landings.iter().map(number)).collect())
}

/// The config whose only run is that of a cell of a map of starts.
#[wasm_bindgen(js_name = basinCell)]
pub fn basin_cell(config: &str, run: usize, size: Vec<usize>, cell: Vec<usize>) -> Result<String, JsError> {
    let [column, row] = exactly(cell)?;
    basin(config, run, size)?.cell(column, row).map(|config| config.to_string()).map_err(thrown)
}

/// What there is to say of a cell, by its config: the rate, where it starts, its loss after the last step and its lowest
/// one as numbers for reading, then its verdict in a sentence.
#[wasm_bindgen(js_name = cellWords)]
pub fn cell_words(cell: &str) -> Result<Vec<String>, JsError> {
    let config = read(cell)?;
    let run = config.only_method().map_err(thrown)?;
    let path = config.descend(&run);
    let losses = batch::sweep(&config, &[run.lr]).swap_remove(0);
    let [x, y] = config.start().map(short);
    let message = config.survey().diagnose(&path, config.is_noisy()).message;
    Ok(vec![short(run.lr), format!("({x}, {y})"), short(losses.last[0]), short(losses.best[0]), message])
}

#[inline(never)]
pub(super) fn read(config: &str) -> Result<Config, JsError> {
    config.parse().map_err(thrown)
}

fn read_axis(name: &str) -> Result<Axis, JsError> {
    Axis::by_name(name).ok_or_else(|| JsError::new("there is no such axis"))
}

#[inline(never)]
fn grid(config: &str, run: usize, axis: &str, ends: Vec<String>, size: Vec<usize>) -> Result<Grid, JsError> {
    let ends: [String; 4] = exactly(ends)?;
    let [low, high, from, to] = ends.each_ref().map(String::as_str);
    Grid::new(&read(config)?, run, read_axis(axis)?, [low, high], [from, to], exactly(size)?).map_err(thrown)
}

#[inline(never)]
fn basin(config: &str, run: usize, size: Vec<usize>) -> Result<Basin, JsError> {
    Basin::new(&read(config)?, run, exactly(size)?).map_err(thrown)
}

/// Columns and rows.
#[inline(never)]
fn spans(tile: Vec<usize>) -> Result<[Span; 2], JsError> {
    let tile: [usize; 6] = exactly(tile)?;
    let span = |at: usize| Span { first: tile[at], end: tile[at + 1], stride: tile[at + 2] };
    Ok([span(0), span(3)])
}

/// As many items as are wanted.
fn exactly<T, const N: usize>(items: Vec<T>) -> Result<[T; N], JsError> {
    items.try_into().map_err(|_| JsError::new("a map takes another number of words"))
}

/// A number for reading at a glance.
#[wasm_bindgen(js_name = shortNumber)]
pub fn short_number(value: f64) -> String {
    short(value)
}

/// Where the known minima of a config's surface lie in its plot, those outside left out: from the left and from the top, as
/// parts of it.
#[wasm_bindgen(js_name = minimaPlaces)]
pub fn minima_places(config: &str) -> Result<Vec<f64>, JsError> {
    let config = read(config)?;
    let domain = config.domain();
    let frame = Frame { domain, left: 0.0, top: 0.0, width: 1.0, height: 1.0, dpr: 1.0 };
    let minima = config.surface().facts().minima.iter().filter(|minimum| domain.contains(**minimum));
    Ok(minima.flat_map(|&minimum| frame.place(minimum)).collect())
}

/// How many times the loss at the start, above the lowest, a map tells apart: by how much a run diverged is no matter.
const TOLD: f64 = 1e3;

/// The highest loss that a map of a config tells apart from higher ones.
#[wasm_bindgen(js_name = highestLoss)]
pub fn highest_loss(config: &str) -> Result<f64, JsError> {
    let config = read(config)?;
    let (start, _) = config.surface().slope(config.start());
    let lowest = config.surface().lowest().unwrap_or(0.0);
    Ok(lowest + TOLD * (start - lowest).abs())
}

/// The lowest loss of a config's surface; `undefined` where there is none.
#[wasm_bindgen(js_name = lowestLoss)]
pub fn lowest_loss(config: &str) -> Result<Option<f64>, JsError> {
    Ok(read(config)?.surface().lowest())
}
