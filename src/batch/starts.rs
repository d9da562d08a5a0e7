//! One run from many starts: what of its end is the start's doing.

use super::basin::{Ground, Place};
use super::block::{ABREAST, AT_ONCE, Entry};
use super::course::Course;
use super::record::Record;
use crate::config::{Config, Run, check_size, wrong};
use crate::error::{Error, Problem};
use crate::noise::uniform;
use crate::number::parse_whole;
use crate::real::{LANES, Lanes, Real};
use crate::surface::Domain;

/// The most starts that are drawn at once.
pub const MOST_STARTS: usize = 1024;

/// The most steps, but for the first, whose losses are kept: as many as a chart has columns of pixels.
const MOST_SAMPLES: usize = 500;

/// Where in the stream of a seed the draws of starts begin: half-way round, so that noise of the same seed is independent.
const FIRST_DRAW: u64 = 1 << 63;

/// Seeded starts, uniform over the part of the plane that is plotted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Starts {
    /// How many, at least 1.
    count: usize,
    seed: u64,
}

impl Starts {
    /// So many starts, the same ones for the same seed; more of them begin with the fewer.
    ///
    /// # Errors
    /// Where there is none, or more than [`MOST_STARTS`].
    pub fn new(count: usize, seed: u64) -> Result<Self, Error> {
        check_size("starts", count, 1, MOST_STARTS)?;
        Ok(Self { count, seed })
    }

    /// Reads the words for how many, and for their seed.
    ///
    /// # Errors
    /// Names `starts` or `seed`, its value and what is allowed.
    pub fn read(count: &str, seed: &str) -> Result<Self, Error> {
        let count = read_whole("starts", count, MOST_STARTS as u64)?;
        Self::new(usize::try_from(count).unwrap_or(usize::MAX), read_whole("seed", seed, u64::MAX)?)
    }

    /// How many there are.
    pub fn count(self) -> usize {
        self.count
    }

    /// What they are drawn with.
    pub fn seed(self) -> u64 {
        self.seed
    }

    /// The starts. Number i takes the outputs 2^63 + 2i and 2^63 + 2i + 1 of SplitMix64 seeded with `seed`, as 53 bits of
    /// the way from the lower end of x, and of y, to the upper one.
    pub fn points(self, domain: Domain) -> Vec<[f64; 2]> {
        let Domain { x0, x1, y0, y1 } = domain;
        let drawn = |low: f64, high: f64, draw: u64| {
            let part = uniform(self.seed, FIRST_DRAW + draw);
            low * (1.0 - part) + high * part
        };
        (0..self.count as u64).map(|i| [drawn(x0, x1, 2 * i), drawn(y0, y1, 2 * i + 1)]).collect()
    }
}

fn read_whole(key: &'static str, words: &str, most: u64) -> Result<u64, Error> {
    let words = words.trim_matches(' ');
    parse_whole(words).ok_or_else(|| {
        let problem = if words.is_empty() { Problem::Empty } else { Problem::NotWhole };
        wrong(key, words, problem, &format!("a whole number, {most} at most"))
    })
}

/// What became of one run from many starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The steps whose losses are known, rising, the first and the last among them: all of up to 500 steps, else 501 evenly
    /// over them, rounded down.
    pub steps: Vec<usize>,
    /// Lower quartile, median and upper quartile of the loss at each of these steps. A run that has stopped counts as
    /// infinity from there on. Between two losses they lie on a straight line: R. J. Hyndman & Y. Fan (1996), Sample
    /// quantiles in statistical packages, definition 7.
    pub quartiles: Vec<[f64; 3]>,
    /// How many came to rest in a known global minimum, as [`Place`](super::Place) has it; `None` where none is known.
    pub reached: Option<usize>,
}

impl Spread {
    /// The spread of one of a config's runs, from these starts in place of the config's own.
    pub fn of(config: &Config, run: &Run, starts: Starts) -> Self {
        let steps = Self::steps_of(config);
        let (count, points, course) = (starts.count, starts.points(config.domain()), Course::of(config, run));
        let entry = |i: usize| Entry { lr: run.lr, start: points[i] };
        let (ground, mut record) = (Ground::of(config), Record::new());
        // Sample by sample, the loss from each start: infinite from where all of them have stopped.
        let mut losses = vec![f64::INFINITY; steps.len() * count];
        let mut reached = 0;
        for first in (0..count).step_by(AT_ONCE) {
            record.fill(&course, &entry, first, count);
            for place in 0..ABREAST {
                let start = first + place * LANES;
                let lanes = LANES.min(count.saturating_sub(start));
                keep(&record, place, &steps, lanes, |sample, lane, loss| losses[sample * count + start + lane] = loss);
                let landings = ground.landings(&record, place, course.steps);
                let rests = |place: Place| matches!(place, Place::Minimum { .. });
                reached += landings[..lanes].iter().filter(|landing| rests(landing.place)).count();
            }
        }
        let quartiles = losses.chunks_exact_mut(count).map(quartiles).collect();
        let known = !config.surface().facts().minima.is_empty();
        Self { steps, quartiles, reached: known.then_some(reached) }
    }

    /// The steps whose losses are known of a config's runs.
    pub fn steps_of(config: &Config) -> Vec<usize> {
        samples(config.steps())
    }

    /// Lower quartile, median and upper quartile of the loss after the last step.
    pub fn end(&self) -> [f64; 3] {
        self.quartiles.last().copied().unwrap_or([f64::INFINITY; 3])
    }
}

/// The steps to keep.
fn samples(steps: usize) -> Vec<usize> {
    let last = steps.min(MOST_SAMPLES);
    (0..=last).map(|i| i * steps / last).collect()
}

/// Tells the loss of the first runs of one register at each sample that was made, infinite from where a run stopped.
fn keep(record: &Record, place: usize, samples: &[usize], lanes: usize, mut tell: impl FnMut(usize, usize, f64)) {
    let infinity = Lanes::constant(f64::INFINITY);
    let mut stopped = Lanes::constant(0.0);
    let mut sample = 0;
    for (step, spot) in record.lanes(place).enumerate() {
        // NaN from the first loss that was not finite on, and 0 before.
        stopped = stopped + spot.loss * 0.0;
        if samples.get(sample) == Some(&step) {
            let losses = Lanes::select(stopped.below(Lanes::constant(1.0)), spot.loss, infinity).array();
            losses.into_iter().take(lanes).enumerate().for_each(|(lane, loss)| tell(sample, lane, loss));
            sample += 1;
        }
    }
}

/// Lower quartile, median and upper quartile, of at least one value, none of them NaN; the values are put in order.
fn quartiles(values: &mut [f64]) -> [f64; 3] {
    sort(values);
    [1, 2, 3].map(|quarters| {
        // In quarters of a place, so that nothing is rounded.
        let at = quarters * (values.len() - 1);
        let (low, part) = (values[at / 4], (at % 4) as f64 / 4.0);
        let high = if part > 0.0 { values[at / 4 + 1] } else { low };
        if low == high { low } else { low + part * (high - low) }
    })
}

/// Puts numbers in order. D. L. Shell (1959), A high-speed sorting procedure, CACM 2(7), 30-32, with the gaps of M. Ciura
/// (2001): a general sort is four kilobytes to download.
fn sort(values: &mut [f64]) {
    for gap in [301, 132, 57, 23, 10, 4, 1] {
        for i in gap..values.len() {
            let (value, mut place) = (values[i], i);
            while place >= gap && values[place - gap] > value {
                values[place] = values[place - gap];
                place -= gap;
            }
            values[place] = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_lie_between_the_values_about_them() {
        assert_eq!(quartiles(&mut [3.0]), [3.0; 3]);
        assert_eq!(quartiles(&mut [4.0, 1.0, 3.0, 2.0]), [1.75, 2.5, 3.25]);
        assert_eq!(quartiles(&mut [5.0, 4.0, 3.0, 2.0, 1.0]), [2.0, 3.0, 4.0]);
        let infinity = f64::INFINITY;
        assert_eq!(quartiles(&mut [infinity, 1.0, infinity, 2.0]), [1.75, infinity, infinity]);
        assert_eq!(quartiles(&mut [infinity; 2]), [infinity; 3]);
    }

    #[test]
    fn numbers_are_put_in_order() {
        for count in [0, 1, 2, 31, 302, 1024] {
            let mut values: Vec<f64> = (0..count).map(|i| uniform(7, i)).collect();
            let mut expected = values.clone();
            expected.sort_by(f64::total_cmp);
            sort(&mut values);
            assert_eq!(values, expected);
        }
    }

    #[test]
    fn few_steps_are_all_kept_and_many_evenly() {
        assert_eq!(samples(3), [0, 1, 2, 3]);
        assert_eq!(samples(500).len(), 501);
        let many = samples(99_999);
        assert_eq!((many.len(), many[0], many[1], many[500]), (501, 0, 199, 99_999));
        assert!(many.is_sorted_by(|a, b| a < b));
    }
}
