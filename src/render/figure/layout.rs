//! Where everything in a figure goes, in CSS pixels.

use std::ops::RangeInclusive;

use super::head::{HeadPlace, HeadPlan, HeadWords};
use crate::error::Error;
use crate::render::frame::{Frame, ticks};
use crate::render::text::{out_of_range, width as width_of};
use crate::render::theme::Strokes;
use crate::surface::Domain;

/// The widths that a figure may have.
const WIDTHS: RangeInclusive<u32> = 320..=4000;

/// The greatest height.
const TALLEST: u32 = 8000;

/// The least height of a plot.
const LEAST_PLOT: f64 = 60.0;

/// Plots narrower than this have no ticks; the caption says what they span.
const TICKED: f64 = 240.0;

/// Plots are square up to the first width and 8:5 from the second on.
const SQUARE_TO_WIDE: [f64; 2] = [TICKED, 440.0];

/// The space around the figure.
const MARGIN: f64 = 16.0;

/// The space above the first head.
const TOP: f64 = 12.0;

/// The space below a row of panels.
const ROW_GAP: f64 = 20.0;

/// The room that tick labels take below a plot.
const TICK_ROOM: f64 = 22.0;

/// From this width on, the list of an overlay stands beside its plot, on this share of the width.
const LIST_BESIDE: f64 = 720.0;
const LIST_SHARE: f64 = 0.42;

/// The least width of a column of that list, where it has two.
const LIST_COLUMN: f64 = 210.0;

/// The greatest width of a head in that list: farther apart, name and loss do not read as one.
const WIDEST_HEAD: f64 = 260.0;

/// The width of an overlay's plot over its height.
const OVERLAY_RATIO: f64 = 1.15;

/// The plan of a figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) head: HeadPlan,
    /// The upper left corner of each panel's head.
    pub(super) heads: Vec<[f64; 2]>,
    /// Each panel's plot.
    pub(super) frames: Vec<Frame>,
    /// Whether there are ticks.
    pub(super) ticked: bool,
    /// Whether they tell what the plots span, on both axes.
    pub(super) labelled: bool,
    /// The left end of caption and key.
    pub(super) left: f64,
    /// The width of caption and key: that of the grid.
    pub(super) foot_width: f64,
    /// The upper end of caption and key.
    pub(super) foot: f64,
}

/// How many columns so many panels have in a figure of that width.
fn columns(panels: usize, width: f64) -> usize {
    match (panels, width) {
        (3, ..560.0) => 1,
        (9.., ..560.0) => 3,
        (_, ..560.0) => panels.min(2),
        (7.., ..1000.0) => 4,
        (5.., ..1000.0) => 3,
        (4, ..1000.0) => 2,
        (7 | 8, _) => 4,
        _ => panels.min(6),
    }
}

/// A grid of panels in one number of columns, before its heights are known.
struct Grid {
    columns: usize,
    beside: bool,
    ticked: bool,
    left: f64,
    gap: f64,
    panel: f64,
    head_width: f64,
}

impl Grid {
    /// With ticks where the plots are wide enough for them.
    fn new(columns: usize, beside: bool, width: f64, domain: &Domain) -> Self {
        let room = tick_label_room(domain);
        let grid = |ticked: bool| {
            let (left, gap) = if ticked { (room + 8.0, room + MARGIN) } else { (MARGIN, MARGIN) };
            let panel = ((width - left - MARGIN - gap * (columns - 1) as f64) / columns as f64).floor();
            let head_width = if beside { (panel * 0.36).floor() } else { panel };
            Self { columns, beside, ticked, left, gap, panel, head_width }
        };
        let ticked = grid(!beside);
        if ticked.panel >= TICKED { ticked } else { grid(false) }
    }

    fn width(&self) -> f64 {
        self.columns as f64 * (self.panel + self.gap) - self.gap
    }

    fn plot_width(&self) -> f64 {
        if self.beside { self.panel - self.head_width - self.gap } else { self.panel }
    }
}

/// Whether the labels of both axes are short enough to stand beside them.
fn labels_fit(domain: &Domain) -> bool {
    let fit = |low: f64, high: f64| (2..=8).all(|count| !ticks(low, high, f64::from(count)).labels.is_empty());
    fit(domain.x0, domain.x1) && fit(domain.y0, domain.y1)
}

/// The room that the widest label on the left of a plot takes, whatever its height.
fn tick_label_room(domain: &Domain) -> f64 {
    let labels = (2..=8).flat_map(|count| ticks(domain.y0, domain.y1, f64::from(count)).labels);
    (7.0 + labels.map(|label| width_of(&label, Strokes::SCREEN.text)).fold(0.0, f64::max)).ceil()
}

impl Layout {
    /// Width and height of the figure.
    pub(super) fn size(&self) -> [f64; 2] {
        [self.width, self.height]
    }

    /// The plan of one plot for all runs, with the heads in a list on its right, or below it where there is no room.
    pub(super) fn overlaid(
        heads: &[HeadWords],
        domain: &Domain,
        width: u32,
        height: Option<u32>,
        foot_height: impl Fn(f64, bool) -> f64,
    ) -> Result<Self, Error> {
        check_width(width)?;
        let figure_width = f64::from(width);
        let ticked = figure_width >= TICKED + 60.0;
        let left = if ticked { tick_label_room(domain) + 8.0 } else { MARGIN };
        let grid_width = figure_width - left - MARGIN;
        let beside = figure_width >= LIST_BESIDE;
        let list_width = if beside { (grid_width * LIST_SHARE).floor() } else { grid_width };
        let gap = 2.0 * MARGIN;
        let plot_width = if beside { grid_width - list_width - gap } else { grid_width };
        let columns = if list_width >= 2.0 * LIST_COLUMN { 2 } else { 1 };
        let fitted = (1..=columns).rev().find_map(|columns| {
            let column = ((list_width + gap) / columns as f64 - gap).floor().min(WIDEST_HEAD);
            Some((columns, column, HeadPlan::fitting(heads, column, false)?))
        });
        let (columns, column, head) = fitted.unwrap_or_else(|| (1, list_width, HeadPlan::least(list_width)));
        let row = heads.iter().map(|words| head.height(words)).fold(0.0, f64::max) + 12.0;
        let list_height = heads.len().div_ceil(columns) as f64 * row;
        let below = if ticked { TICK_ROOM } else { 0.0 };
        let labelled = ticked && labels_fit(domain);
        let foot_height = foot_height(grid_width, labelled).ceil();
        let list_below = if beside { 0.0 } else { list_height + ROW_GAP };
        let around = TOP + below + ROW_GAP + list_below + foot_height + MARGIN;
        let least = if beside { LEAST_PLOT.max(list_height - below) } else { LEAST_PLOT };
        let plot_height = match height {
            None => (plot_width / OVERLAY_RATIO).round().max(least),
            Some(height) => {
                let least = (around + least).ceil() as u32;
                if !(least..=TALLEST).contains(&height) {
                    return Err(out_of_range("height", height, least, TALLEST, " for this figure"));
                }
                f64::from(height) - around
            }
        };
        let total = around + plot_height;
        let list = if beside { [left + plot_width + gap, TOP] } else { [left, TOP + plot_height + below + ROW_GAP] };
        let corner = |index: usize| {
            let (line, place) = (index / columns, index % columns);
            [list[0] + place as f64 * (column + gap), list[1] + line as f64 * row]
        };
        let frame = Frame { domain: *domain, left, top: TOP, width: plot_width, height: plot_height, dpr: 1.0 };
        Ok(Self {
            width: figure_width,
            height: total,
            head,
            heads: (0..heads.len()).map(corner).collect(),
            frames: vec![frame],
            ticked,
            labelled,
            left,
            foot_width: grid_width,
            foot: total - MARGIN - foot_height,
        })
    }

    /// The plan for these heads. `foot_height` says how tall caption and key are, given their width and whether ticks
    /// tell what the plots span.
    pub(super) fn new(
        heads: &[HeadWords],
        domain: &Domain,
        width: u32,
        height: Option<u32>,
        foot_height: impl Fn(f64, bool) -> f64,
    ) -> Result<Self, Error> {
        check_width(width)?;
        let figure_width = f64::from(width);
        let most = columns(heads.len(), figure_width);
        let grids = (1..=most).rev().map(|columns| {
            let beside = columns == 1 && most == 1 && heads.len() == 3;
            Grid::new(columns, beside, figure_width, domain)
        });
        let fitted = grids.into_iter().find_map(|grid| {
            let head = HeadPlan::fitting(heads, grid.head_width, grid.beside)?;
            Some((grid, head))
        });
        let (grid, head) = fitted.unwrap_or_else(|| {
            let grid = Grid::new(1, false, figure_width, domain);
            let head = HeadPlan::least(grid.head_width);
            (grid, head)
        });

        let tallest = |row: &[HeadWords]| row.iter().map(|words| head.height(words)).fold(0.0, f64::max);
        let (above, least_plot): (Vec<f64>, f64) = match head.place {
            HeadPlace::Beside => (vec![0.0; heads.len()], tallest(heads).max(LEAST_PLOT).ceil()),
            _ => (heads.chunks(grid.columns).map(|row| (tallest(row) + 9.0).ceil()).collect(), LEAST_PLOT),
        };
        let rows = above.len() as f64;
        let below = if grid.ticked { TICK_ROOM } else { 0.0 };
        let labelled = grid.ticked && labels_fit(domain);
        let foot_height = foot_height(grid.width(), labelled).ceil();
        let around = TOP + above.iter().sum::<f64>() + rows * (below + ROW_GAP) + foot_height + MARGIN;
        let plot = match height {
            None => plot_height(grid.plot_width(), head.place).max(least_plot),
            Some(height) => {
                let least = (around + rows * least_plot) as u32;
                if !(least..=TALLEST).contains(&height) {
                    return Err(out_of_range("height", height, least, TALLEST, " for this figure"));
                }
                ((f64::from(height) - around) / rows).floor()
            }
        };
        let total = height.map_or(around + rows * plot, f64::from);

        let corner = |index: usize| {
            let (row, column) = (index / grid.columns, (index % grid.columns) as f64);
            let top = TOP + above[..row].iter().sum::<f64>() + row as f64 * (plot + below + ROW_GAP);
            [grid.left + column * (grid.panel + grid.gap), top]
        };
        let corners: Vec<[f64; 2]> = (0..heads.len()).map(corner).collect();
        let frames = corners.iter().enumerate().map(|(index, [x, y])| Frame {
            domain: *domain,
            left: x + grid.panel - grid.plot_width(),
            top: y + above[index / grid.columns],
            width: grid.plot_width(),
            height: plot,
            dpr: 1.0,
        });
        Ok(Self {
            width: figure_width,
            height: total,
            head,
            frames: frames.collect(),
            heads: corners,
            ticked: grid.ticked,
            labelled,
            left: grid.left,
            foot_width: grid.width(),
            foot: total - MARGIN - foot_height,
        })
    }
}

fn check_width(width: u32) -> Result<(), Error> {
    if WIDTHS.contains(&width) {
        return Ok(());
    }
    Err(out_of_range("width", width, *WIDTHS.start(), *WIDTHS.end(), ""))
}

fn plot_height(width: f64, head_place: HeadPlace) -> f64 {
    let [square, wide] = SQUARE_TO_WIDE;
    let ratio = match head_place {
        HeadPlace::Beside => 1.25,
        _ => 1.0 + 0.6 * ((width - square) / (wide - square)).clamp(0.0, 1.0),
    };
    (width / ratio).round()
}
