//! A map of starts: in which minimum a run from each of them comes to rest.

use std::array;

use super::block::{ABREAST, AT_ONCE, Entry};
use super::course::Course;
use super::record::Record;
use super::tile::{Span, check_sides};
use crate::config::{Config, Key, Run};
use crate::diagnosis::{CLOSE, CLOSE_IN_NOISE, STAY};
use crate::error::Error;
use crate::number::shortest;
use crate::real::{LANES, Lanes, Real};
use crate::surface::{Domain, Surface};

/// The most Newton steps to the bottom of a dimple: from within reach, each doubles the digits.
const POLISH: usize = 6;

/// The last of them is at the bottom if it is shorter than this part of the reach.
const BOTTOM: f64 = 1e-3;

/// Where the run from a start ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Landing {
    /// In which minimum, if in any.
    pub place: Place,
    /// The loss after the last step; infinite where the run stopped before, as a step was not finite.
    pub loss: f64,
}

/// What a run has come to rest in. It rests where, from some step on, each of its points is within reach of a minimum to
/// its end: nearer than a hundredth of the diagonal of the surface's own domain, as when its diagnosis says that it has
/// converged (and three hundredths in noise), for at least ten steps, or all of them. What the diagnosis asks of the
/// loss is left out: that depends on the basin of each start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// A known global minimum.
    Minimum {
        /// Which one, in the order of the surface's facts.
        which: usize,
        /// The first step from which on it stays.
        since: usize,
    },
    /// A minimum that is not known to be global: the lowest point of its surroundings that Newton's method finds from the
    /// end of the run, within reach of it, where the loss is convex.
    Elsewhere {
        /// That point.
        point: [f64; 2],
        /// The first step from which on it stays.
        since: usize,
    },
    /// None: it is on its way, swings, or is gone.
    Nowhere,
}

impl Place {
    /// The first step from which on the run stays, if it comes to rest.
    pub fn since(self) -> Option<usize> {
        match self {
            Self::Minimum { since, .. } | Self::Elsewhere { since, .. } => Some(since),
            Self::Nowhere => None,
        }
    }
}

/// Landings of one run of a config for starts all over its domain: the centres of cells, row by row from the top. All
/// else is the config's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Basin {
    /// Has one run.
    config: Config,
    run: Run,
    columns: usize,
    rows: usize,
}

impl Basin {
    /// The map of a config's run with so many columns and rows.
    ///
    /// # Errors
    /// Where there is no such run, or none or more than 512 columns or rows.
    pub fn new(config: &Config, run: usize, [columns, rows]: [usize; 2]) -> Result<Self, Error> {
        check_sides([("width", columns), ("height", rows)], 1)?;
        let config = config.alone(run)?;
        let run = config.only_method()?;
        Ok(Self { config, run, columns, rows })
    }

    /// The start of a cell: its centre.
    pub fn start(&self, column: usize, row: usize) -> [f64; 2] {
        let Domain { x0, x1, y0, y1 } = self.config.domain();
        let centre = |low: f64, high: f64, i: usize, count: usize| {
            let part = (i as f64 + 0.5) / count as f64;
            low * (1.0 - part) + high * part
        };
        [centre(x0, x1, column, self.columns), centre(y1, y0, row, self.rows)]
    }

    /// The config whose only run is that of a cell.
    ///
    /// # Errors
    /// Where there is no such cell.
    pub fn cell(&self, column: usize, row: usize) -> Result<Config, Error> {
        Span::one(column).check("columns", self.columns)?;
        Span::one(row).check("rows", self.rows)?;
        let [x, y] = self.start(column, row).map(shortest);
        self.config.with(Key::Start.name(), &format!("{x},{y}"))
    }

    /// The landings of a tile, row by row.
    ///
    /// # Errors
    /// Where the tile is not inside the map.
    pub fn tile(&self, columns: Span, rows: Span) -> Result<Vec<Landing>, Error> {
        columns.check("columns", self.columns)?;
        rows.check("rows", self.rows)?;
        let (course, lr) = (Course::of(&self.config, &self.run), self.run.lr);
        let xs: Vec<f64> = columns.iter().map(|column| self.start(column, 0)[0]).collect();
        let ys: Vec<f64> = rows.iter().map(|row| self.start(0, row)[1]).collect();
        let entry = |i: usize| Entry { lr, start: [xs[i % xs.len()], ys[i / xs.len()]] };
        let count = xs.len() * ys.len();
        let ground = Ground::of(&self.config);
        let (mut record, mut landings) = (Record::new(), Vec::with_capacity(count));
        for first in (0..count).step_by(AT_ONCE) {
            record.fill(&course, &entry, first, count);
            for place in 0..ABREAST {
                landings.extend(ground.landings(&record, place, course.steps));
            }
            landings.truncate(count);
        }
        Ok(landings)
    }
}

/// A minimum near the end of a run.
#[derive(Clone, Copy)]
struct Goal {
    /// Its number among the known ones.
    which: Option<usize>,
    point: [f64; 2],
}

/// Where runs can come to rest.
pub(super) struct Ground {
    surface: Surface,
    reach: f64,
}

impl Ground {
    pub(super) fn of(config: &Config) -> Self {
        let surface = *config.surface();
        let Domain { x0, x1, y0, y1 } = surface.facts().domain;
        let close = if config.is_noisy() { CLOSE_IN_NOISE } else { CLOSE };
        Self { surface, reach: close * libm::hypot(x1 - x0, y1 - y0) }
    }

    /// The landings of the runs of one register.
    pub(super) fn landings(&self, record: &Record, place: usize, steps: usize) -> [Landing; LANES] {
        let losses: [f64; LANES] = array::from_fn(|lane| record.losses(place * LANES + lane)[0]);
        let ends = record.ends(place);
        let goal = |lane: usize| if losses[lane].is_finite() { self.goal(ends[lane]) } else { None };
        let goals: [Option<Goal>; LANES] = array::from_fn(goal);
        let stays = self.stays(record, place, goals.map(|goal| goal.map_or([f64::NAN; 2], |goal| goal.point)));
        array::from_fn(|lane| {
            let place = match goals[lane] {
                Some(Goal { which, point }) if stays[lane] >= STAY.min(steps + 1) => {
                    let since = steps + 1 - stays[lane];
                    which.map_or(Place::Elsewhere { point, since }, |which| Place::Minimum { which, since })
                }
                _ => Place::Nowhere,
            };
            Landing { place, loss: losses[lane] }
        })
    }

    /// The minimum within reach of the end of a run, with its number where it is known.
    fn goal(&self, end: [f64; 2]) -> Option<Goal> {
        let minima = self.surface.facts().minima.iter().copied().enumerate();
        let near = minima.map(|(which, point)| (distance2(point, end), which, point));
        let nearest = near.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(away, ..)| *away < self.reach * self.reach);
        match nearest {
            Some((_, which, point)) => Some(Goal { which: Some(which), point }),
            None => self.bottom(end).map(|point| Goal { which: None, point }),
        }
    }

    /// The lowest point of a convex dimple by Newton's method from a point within reach of it.
    fn bottom(&self, start: [f64; 2]) -> Option<[f64; 2]> {
        let mut point = start;
        for _ in 0..POLISH {
            let (_, [dx, dy]) = self.surface.slope(point);
            let [[a, b], [_, d]] = self.surface.curvature(point);
            let determinant = a * d - b * b;
            if !(a > 0.0 && determinant > 0.0) {
                return None;
            }
            let step = [(b * dy - d * dx) / determinant, (b * dx - a * dy) / determinant];
            point = [point[0] + step[0], point[1] + step[1]];
            if distance2(point, start) >= self.reach * self.reach {
                return None;
            }
            if libm::hypot(step[0], step[1]) < BOTTOM * self.reach {
                return Some(point);
            }
        }
        None
    }

    /// For how many of its last steps each run of a register has been within reach of its goal.
    fn stays(&self, record: &Record, place: usize, goals: [[f64; 2]; LANES]) -> [usize; LANES] {
        let [x, y] = [0, 1].map(|axis| Lanes::of(goals.map(|goal| goal[axis])));
        let (zero, reach2) = (Lanes::constant(0.0), Lanes::constant(self.reach * self.reach));
        let (mut there, mut stays) = (Lanes::constant(1.0), zero);
        for row in record.lanes(place).rev() {
            let away2 = (row.point[0] - x).squared() + (row.point[1] - y).squared();
            there = Lanes::select(away2.below(reach2), there, zero);
            stays = stays + there;
            if there == zero {
                break;
            }
        }
        stays.array().map(|stays| stays as usize)
    }
}

fn distance2([x0, y0]: [f64; 2], [x1, y1]: [f64; 2]) -> f64 {
    (x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)
}
