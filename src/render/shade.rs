//! Loss as shade: a scale of bands, and a raster of them.

use plotters::style::RGBColor;

use super::contour::{Grid, UNDEFINED, isolines};
use super::frame::nice_step;
use crate::number::{fixed, scientific, short, shortest, superscript};
use crate::surface::{Domain, Surface};

/// How loss becomes shade: flat bands between edges. Contours lie on the edges.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    edges: Vec<Edge>,
    scale: Scale,
}

/// Where one band ends and the next begins.
#[derive(Clone, Debug, PartialEq)]
struct Edge {
    loss: f64,
    /// What the key says beside it, where there is room.
    label: Option<String>,
    /// Whether it is a whole decade: its contour is wider.
    decade: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    /// Decades of the loss above `floor`.
    Log {
        floor: f64,
    },
    Linear,
}

/// The share of the domain that may lie in the lowest band.
const LOWEST_SHARE: f64 = 0.005;

/// The most edges: more bands than ten can hardly be told apart.
const MOST_EDGES: usize = 9;

/// The most labels that fit under the key.
const MOST_LABELS: usize = 6;

/// The fewest edges that make a log scale worth reading.
const FEWEST_EDGES: usize = 4;

/// The share of the domain that makes a plain, where its losses are alike.
const PLAIN_SHARE: f64 = 0.2;

/// How near the losses of a plain are to an edge, as a part of the edge's height above the lowest one.
const PLAIN_RANGE: f64 = 0.001;

/// A lowest loss this near 0 is 0, known only to the digits of its minimum.
const ZERO: f64 = 1e-9;

impl Bands {
    /// Bands that suit these losses: decades above `lowest` where the surface has a lowest loss and they span enough,
    /// equal steps where not. No edge lies on a plain: its contour would make shapes of differences that mean nothing.
    pub(super) fn of(losses: &[f64], lowest: Option<f64>) -> Self {
        let finite = || losses.iter().copied().filter(|loss| loss.is_finite());
        let (low, high) = finite()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), loss| (f64::min(low, loss), f64::max(high, loss)));
        if low > high {
            return Self { edges: Vec::new(), scale: Scale::Linear };
        }
        let total = finite().count() as f64;
        let share_below = |edge: f64| finite().filter(|loss| *loss < edge).count() as f64 / total;
        let on_plain = |edge: f64, above: f64| {
            let nearest = PLAIN_RANGE * above;
            share_below(edge + nearest) - share_below(edge - nearest) >= PLAIN_SHARE
        };
        let log = lowest.and_then(|floor| {
            let floor = if floor.abs() < ZERO { 0.0 } else { floor };
            Self::log(floor, high - floor, |edge| share_below(edge) >= LOWEST_SHARE, on_plain)
        });
        log.unwrap_or_else(|| Self::linear(low, high, on_plain))
    }

    /// Edges below `floor + top`, as many as there may be of those that `count`: the lowest ones would mark specks.
    fn log(floor: f64, top: f64, counts: impl Fn(f64) -> bool, on_plain: impl Fn(f64, f64) -> bool) -> Option<Self> {
        if !top.is_finite() || top <= 0.0 {
            return None;
        }
        let highest = libm::log10(top).ceil() as i32;
        let edges_of = |multiples: &[u8]| {
            let edge = |exponent: i32, multiple: u8| Edge {
                loss: floor + scientific(multiple.into(), exponent),
                label: Some(label(multiple, exponent)),
                decade: multiple == 1,
            };
            let falling = (highest - MOST_EDGES as i32..=highest).rev();
            let mut edges: Vec<Edge> = falling
                .flat_map(|exponent| multiples.iter().rev().map(move |&multiple| edge(exponent, multiple)))
                .filter(|edge| edge.loss < floor + top && !on_plain(edge.loss, edge.loss - floor))
                .take_while(|edge| counts(edge.loss))
                .take(MOST_EDGES + 1)
                .collect();
            edges.reverse();
            edges
        };
        // 1-2-5 where the range is short enough for it, else 1-3-10, the lowest edges left out where they are too many.
        let fine = edges_of(&[1, 2, 5]);
        let mut edges = if fine.len() > MOST_EDGES { edges_of(&[1, 3]) } else { fine };
        edges.drain(..edges.len().saturating_sub(MOST_EDGES));
        if edges.len() < FEWEST_EDGES {
            return None;
        }
        if edges.len() > MOST_LABELS {
            // The decades, and where the scale begins and ends.
            let last = edges.len() - 1;
            let between = edges.iter_mut().enumerate().filter(|(i, edge)| *i > 0 && *i < last && !edge.decade);
            between.for_each(|(_, edge)| edge.label = None);
            // Not beside a decade, which needs the room.
            for (end, next) in [(0, 1), (last, last - 1)] {
                if edges[next].decade {
                    edges[end].label = None;
                }
            }
        }
        Some(Self { edges, scale: Scale::Log { floor } })
    }

    fn linear(low: f64, high: f64, on_plain: impl Fn(f64, f64) -> bool) -> Self {
        let step = nice_step(high / 8.0 - low / 8.0, 1.0);
        let first = (low / step).floor() + 1.0;
        let edges = (0..MOST_EDGES)
            .map(|i| (i, (first + i as f64) * step))
            .take_while(|&(_, loss)| loss < high && step.is_normal())
            .filter(|&(_, loss)| !on_plain(loss, loss - low))
            .map(|(i, loss)| Edge { loss, label: (i % 2 == 0).then(|| multiple_of(step, loss)), decade: false })
            .collect();
        Self { edges, scale: Scale::Linear }
    }

    /// How many bands there are, at least one.
    pub fn count(&self) -> usize {
        self.edges.len() + 1
    }

    /// The labels of the edges between the bands, in order; not every edge has one.
    pub fn labels(&self) -> impl Iterator<Item = Option<&str>> {
        self.edges.iter().map(|edge| edge.label.as_deref())
    }

    /// What the scale is, for the caption: `loss, log scale`.
    pub fn caption(&self) -> String {
        match self.scale {
            Scale::Log { floor: 0.0 } => "loss, log scale".to_owned(),
            Scale::Log { .. } => "loss above the minimum, log scale".to_owned(),
            Scale::Linear => "loss, linear scale".to_owned(),
        }
    }

    /// The band of a loss, from 0; infinity is in the last one. `None` for NaN.
    fn band(&self, loss: f64) -> Option<usize> {
        (!loss.is_nan()).then(|| self.edges.iter().take_while(|edge| edge.loss <= loss).count())
    }

    /// The palette index of a cell with this loss.
    pub(super) fn cell(&self, loss: f64) -> u8 {
        self.band(loss).map_or(UNDEFINED, |band| band as u8)
    }

    /// What contours are told of a node with this loss.
    fn node(&self, loss: f64) -> u8 {
        if loss.is_finite() { self.cell(loss) } else { UNDEFINED }
    }

    /// The measure in which contours are interpolated: about a minimum, the root of the loss grows like the distance.
    fn measure(&self, loss: f64) -> f64 {
        match self.scale {
            Scale::Log { floor } => (loss - floor).max(0.0).sqrt(),
            Scale::Linear => loss,
        }
    }
}

pub(super) fn label(multiple: u8, exponent: i32) -> String {
    match exponent {
        -2..=2 => shortest(scientific(multiple.into(), exponent)),
        3 => format!("{multiple},000"),
        _ if multiple == 1 => format!("10{}", superscript(exponent)),
        _ => format!("{multiple}×10{}", superscript(exponent)),
    }
}

/// A multiple of a round step, without the noise of the multiplication.
fn multiple_of(step: f64, value: f64) -> String {
    let decimals = (-libm::log10(step).floor()).clamp(0.0, 15.0) as usize;
    if value.abs() < 1e6 && step > 1e-6 { fixed(value, decimals) } else { short(value) }
}

/// A surface over a domain, ready to be drawn at any size: its scale and its contours. Made once a surface and domain.
#[derive(Clone, Debug)]
pub struct Map {
    surface: Surface,
    domain: Domain,
    bands: Bands,
    contours: Vec<Contour>,
    /// The band of every node of the grid, row by row from the bottom.
    nodes: Vec<u8>,
    /// How many nodes the grid has along each side.
    side: usize,
}

/// One isoline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Contour {
    pub(super) points: Vec<[f64; 2]>,
    /// Whether it is a whole decade.
    pub(super) decade: bool,
}

/// Nodes along each side of the grid that scale and contours are found on.
const NODES: usize = 257;

/// The most cells along a side of the raster.
const MOST_CELLS: usize = 900;

/// Of this many nodes along a row or a column one stands for all when shares of the domain are counted.
const SAMPLED: usize = 4;

/// Palette indices of the bands, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Cells across.
    pub width: usize,
    /// Cells down.
    pub height: usize,
    /// One a cell: its band, or 255 where the loss is undefined.
    pub cells: Vec<u8>,
}

impl Raster {
    /// Red, green, blue and opacity of every cell; undefined cells are clear.
    pub fn pixels(&self, bands: &[RGBColor]) -> Vec<u8> {
        let pixel = |&cell: &u8| bands.get(usize::from(cell)).map_or([0; 4], |color| [color.0, color.1, color.2, 255]);
        self.cells.iter().flat_map(pixel).collect()
    }
}

impl Map {
    /// Finds the scale and the contours of a surface over a domain.
    pub fn new(surface: &Surface, domain: &Domain) -> Self {
        Self::of(surface, domain, NODES)
    }

    /// The same, on a grid of so many nodes along each side.
    #[inline(never)]
    pub(super) fn of(surface: &Surface, domain: &Domain, side: usize) -> Self {
        let Domain { x0, x1, y0, y1 } = *domain;
        let along = |low: f64, high: f64, i: usize| low + (high - low) * (i as f64 / (side - 1) as f64);
        let xs: Vec<f64> = (0..side).map(|i| along(x0, x1, i)).collect();
        let ys: Vec<f64> = (0..side).map(|i| along(y0, y1, i)).collect();
        let grid = Grid { columns: side, rows: side, values: losses(surface, &xs, &ys) };
        let sample: Vec<f64> =
            grid.values.chunks(side).step_by(SAMPLED).flat_map(|row| row.iter().step_by(SAMPLED)).copied().collect();
        let bands = Bands::of(&sample, surface.lowest());
        let nodes: Vec<u8> = grid.values.iter().map(|&loss| bands.node(loss)).collect();
        let levels: Vec<f64> = bands.edges.iter().map(|edge| edge.loss).collect();
        let between = |level: f64, a: f64, b: f64| {
            let (level, a, b) = (bands.measure(level), bands.measure(a), bands.measure(b));
            ((level - a) / (b - a)).clamp(0.0, 1.0)
        };
        let step = [(x1 - x0) / (side - 1) as f64, (y1 - y0) / (side - 1) as f64];
        let mut contours = Vec::new();
        for (edge, lines) in bands.edges.iter().zip(isolines(&grid, &nodes, &levels, between)) {
            contours.extend(lines.into_iter().map(|line| Contour {
                points: line.into_iter().map(|[c, r]| [x0 + c * step[0], y0 + r * step[1]]).collect(),
                decade: edge.decade,
            }));
        }
        Self { surface: *surface, domain: *domain, bands, contours, nodes, side }
    }

    /// Its scale.
    pub fn bands(&self) -> &Bands {
        &self.bands
    }

    /// What is mapped.
    pub fn domain(&self) -> &Domain {
        &self.domain
    }

    pub(super) fn contours(&self) -> &[Contour] {
        &self.contours
    }

    /// The bands at the centres of `width` x `height` cells over the domain, each side at most 900. Where the four nodes
    /// of the grid around a centre are in one band, so is the centre.
    pub fn raster(&self, width: usize, height: usize) -> Raster {
        let (width, height) = (width.clamp(1, MOST_CELLS), height.clamp(1, MOST_CELLS));
        let Domain { x0, x1, y0, y1 } = self.domain;
        let share = |i: usize, count: usize| (i as f64 + 0.5) / count as f64;
        let node = |share: f64| (share * (self.side - 1) as f64) as usize;
        let columns: Vec<(usize, f64)> =
            (0..width).map(|i| share(i, width)).map(|share| (node(share), x0 + (x1 - x0) * share)).collect();
        let mut cells = Vec::with_capacity(width * height);
        for row in 0..height {
            let share = share(row, height);
            let y = y1 - (y1 - y0) * share;
            let lower = node(1.0 - share) * self.side;
            let (below, above) = self.nodes[lower..lower + 2 * self.side].split_at(self.side);
            cells.extend(columns.iter().map(|&(node, x)| {
                let corner = below[node];
                let alike = corner == below[node + 1] && corner == above[node] && corner == above[node + 1];
                if alike && corner != UNDEFINED { corner } else { self.bands.cell(self.surface.slope([x, y]).0) }
            }));
        }
        Raster { width, height, cells }
    }
}

/// The loss at every pair, row by row.
fn losses(surface: &Surface, xs: &[f64], ys: &[f64]) -> Vec<f64> {
    ys.iter().flat_map(|&y| xs.iter().map(move |&x| surface.slope([x, y]).0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(name: &str) -> Map {
        let surface = Surface::by_name(name).expect("a catalogue name");
        Map::new(&surface, &surface.facts().domain)
    }

    #[test]
    fn every_surface_has_a_readable_scale() {
        for surface in Surface::ALL {
            let map = Map::new(surface, &surface.facts().domain);
            assert!((5..=10).contains(&map.bands.count()), "{}: {:?}", surface.facts().name, map.bands);
            assert!(map.bands.labels().flatten().count() >= 2, "{}", surface.facts().name);
            assert!(map.bands.edges.is_sorted_by(|a, b| a.loss < b.loss));
        }
    }

    #[test]
    fn a_surface_without_a_lowest_point_has_a_linear_scale() {
        assert_eq!(map("saddle").bands.caption(), "loss, linear scale");
        assert_eq!(map("beale").bands.caption(), "loss, log scale");
    }

    #[test]
    fn no_edge_lies_on_a_plain() {
        // A quarter of the losses fall from 1 to 0; the others lie about 1, like Easom's.
        let drop = (0..250).map(|i| f64::from(i) / 250.0);
        let plain = (0..750).map(|i| 1.0 + 1e-6 * f64::from(i % 3 - 1));
        let losses: Vec<f64> = drop.chain(plain).collect();
        let edges = |lowest| Bands::of(&losses, lowest).edges.into_iter().map(|edge| edge.loss).collect::<Vec<_>>();
        assert_eq!(edges(Some(0.0)), [0.02, 0.05, 0.1, 0.2, 0.5]);
        assert_eq!(edges(None), [1.0, 2.0, 3.0, 4.0].map(|steps| steps * 0.2));
    }

    #[test]
    fn contours_lie_where_the_loss_is_the_edge() {
        let map = map("himmelblau");
        let edges: Vec<f64> = map.bands.edges.iter().map(|edge| edge.loss).collect();
        for contour in &map.contours {
            for &[x, y] in &contour.points {
                let loss = map.surface.loss(x, y);
                let nearest = edges.iter().map(|edge| (loss / edge).max(edge / loss)).fold(f64::INFINITY, f64::min);
                assert!(nearest < 1.15, "{x} {y} {loss} is {nearest} from an edge");
            }
        }
    }

    #[test]
    fn the_raster_is_right_way_up_and_holds_the_band_of_each_cell() {
        let map = map("beale");
        let raster = map.raster(55, 40);
        for (row, column) in [(0, 0), (0, 54), (39, 0), (20, 30), (14, 40)] {
            let x = -1.0 + 5.5 * (f64::from(column) + 0.5) / 55.0;
            let y = 2.0 - 4.0 * (f64::from(row) + 0.5) / 40.0;
            let band = map.bands.band(map.surface.loss(x, y)).expect("a finite loss");
            assert_eq!(usize::from(raster.cells[(row * 55 + column) as usize]), band);
        }
    }

    #[test]
    fn losses_that_overflow_or_are_undefined_do_not_break_the_map() {
        let huge = Domain { x0: -1e300, x1: 1e300, y0: -1e300, y1: 1e300 };
        for surface in Surface::ALL {
            let raster = Map::new(surface, &huge).raster(20, 20);
            assert_eq!(raster.cells.len(), 400);
        }
    }
}
