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

    /// The plan for one plot of all runs, their heads in rows above it.
    pub(super) fn overlay(
        heads: &[HeadWords],
        domain: &Domain,
        width: u32,
        height: Option<u32>,
        foot_height: impl Fn(f64, bool) -> f64,
    ) -> Result<Self, Error> {
        let first = heads.get(..1).unwrap_or(heads);
        let one = Self::new(first, domain, width, None, &foot_height)?;
        let [panel, left] = [one.frames[0].width, one.heads[0][0]];
        let column = |count: usize| (panel - MARGIN * (count - 1) as f64) / count as f64;
        let fitted =
            (1..=heads.len()).rev().find_map(|count| Some((count, HeadPlan::fitting(heads, column(count), false)?)));
        let (count, head) = fitted.unwrap_or_else(|| (1, HeadPlan::least(panel)));
        let line = heads.iter().map(|words| head.height(words)).fold(0.0, f64::max) + 9.0;
        let above = (line * heads.len().div_ceil(count) as f64).ceil();
        // What the one head took is given back.
        let moved = above - (one.frames[0].top - TOP);
        let wanted = height.map(|height| (f64::from(height) - moved).max(0.0) as u32);
        let mut plan = Self::new(first, domain, width, wanted, foot_height)?;
        plan.height += moved;
        plan.foot += moved;
        plan.frames[0].top += moved;
        plan.head = head;
        plan.heads = (0..heads.len())
            .map(|i| [left + (i % count) as f64 * (column(count) + MARGIN), TOP + (i / count) as f64 * line])
            .collect();
        Ok(plan)
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
        if !WIDTHS.contains(&width) {
            return Err(out_of_range("width", width, *WIDTHS.start(), *WIDTHS.end(), ""));
        }
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

fn plot_height(width: f64, head_place: HeadPlace) -> f64 {
    let [square, wide] = SQUARE_TO_WIDE;
    let ratio = match head_place {
        HeadPlace::Beside => 1.25,
        _ => 1.0 + 0.6 * ((width - square) / (wide - square)).clamp(0.0, 1.0),
    };
    (width / ratio).round()
}
