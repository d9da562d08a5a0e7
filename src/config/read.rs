//! From words to a checked config.

use super::{Config, Draft, Key, MOST_RUNS, MOST_STEPS, View, hyperparameter, schedule};
use crate::error::{Error, Kind, Problem};
use crate::number::{parse, parse_whole};
use crate::optimizer::Optimizer;
use crate::schedule::{Schedule, Shape};
use crate::surface::{Domain, Surface};

/// The largest size of a start's coordinate: beyond it, losses of degree eight come near the largest number.
const FARTHEST_START: f64 = 1e6;

/// The smallest span of a domain relative to its place: below it, plotted coordinates run out of digits.
const LEAST_SPAN: f64 = 1e-9;

/// The largest size of a domain's edge: beyond it the span would overflow.
const FARTHEST_EDGE: f64 = 1e300;

impl Config {
    /// Checks every word, and that the whole goes together. The order of the table is one in which a key comes after
    /// those that decide what it may be.
    pub(super) fn from_draft(draft: &Draft) -> Result<Self, Error> {
        let mut config = Self::default();
        for &key in Key::ALL {
            if let Some(words) = draft.get(key) {
                config.read(key, words)?;
            }
        }
        config.check()?;
        Ok(config)
    }

    /// Takes over the words for one key.
    fn read(&mut self, key: Key, words: &str) -> Result<(), Error> {
        match key {
            Key::Surface => {
                let names: Vec<_> = Surface::ALL.iter().map(|surface| surface.facts().name).collect();
                self.surface = Surface::ALL[name(key, words, &names)?];
            }
            Key::Condition => self.surface = with_condition(self.surface, words)?,
            Key::Domain => {
                self.domain = Some(domain(words)?).filter(|domain| *domain != self.surface.facts().domain);
            }
            Key::Start => {
                self.start = Some(start(words, &self.surface)?).filter(|start| *start != self.surface.facts().start);
            }
            Key::Steps => self.steps = whole(key, words, 1, MOST_STEPS)?,
            Key::Optimizer => {
                let names: Vec<_> = Optimizer::ALL.iter().map(Optimizer::name).collect();
                self.optimizers = self::names(key, words, &names)?.into_iter().map(|i| Optimizer::ALL[i]).collect();
            }
            Key::Lr => (self.rates, self.owners) = rates(words, &self.optimizers)?,
            Key::Schedule => {
                let names: Vec<_> = Schedule::ALL.iter().map(Schedule::name).collect();
                let chosen = self::names(key, words, &names)?.into_iter();
                self.schedules = chosen.map(|i| Schedule::ALL[i].clone()).collect();
            }
            Key::Hyperparameter(which) => {
                let value = hyperparameter::parse(which, words, &self.optimizers)?;
                if self.optimizers.iter().any(|optimizer| optimizer.with(which, value) != *optimizer) {
                    self.hyperparameters.push((which, value));
                }
            }
            Key::Warmup | Key::Gamma | Key::Every | Key::Power | Key::MinLr | Key::Patience | Key::Points => {
                let value = schedule::parse(key, words)?;
                if self.schedules.iter().all(|schedule| schedule::get(schedule, key).is_none()) {
                    let expected = format!("only with the schedule {}", schedule::users(key).join(" or "));
                    return Err(unused(key, words, "schedules", &expected));
                }
                self.schedules.iter_mut().for_each(|schedule| schedule::set(schedule, key, &value));
            }
            Key::Noise => {
                self.noise.deviation = number(key, words, "a number, 0 or more, as in 0.5", Range::FROM_0)?;
            }
            Key::Sparsity => {
                let expected = "a number from 0 to below 1, as in 0.9";
                self.noise.sparsity = number(key, words, expected, Range::Below(0.0, 1.0))?;
            }
            Key::Seed => {
                self.noise.seed = seed(words)?;
                if self.noise.is_none() {
                    return Err(unused(key, words, "gradients", "only with noise or sparsity above 0"));
                }
            }
            Key::View => {
                let names: Vec<_> = View::ALL.iter().map(|view| view.name()).collect();
                self.view = View::ALL[name(key, words, &names)?];
            }
            Key::Step => self.step = Some(whole(key, words, 0, self.steps)?),
        }
        Ok(())
    }

    /// What no key alone can be wrong about.
    fn check(&self) -> Result<(), Error> {
        if self.schedules.iter().any(|s| matches!(&s.shape, Shape::Piecewise { points } if points.is_empty())) {
            let expected = "points=0:1,100:0.1 or the like beside it";
            return Err(wrong(Key::Schedule, "piecewise", Problem::Needs(Key::Points), expected));
        }
        let optimizers = if self.has_own_rates() { 1 } else { self.optimizers.len() };
        let runs = optimizers * self.schedules.len() * self.rates.len();
        if runs > MOST_RUNS {
            return Err(Kind::TooManyRuns { key: Key::Lr, runs }.into());
        }
        Ok(())
    }
}

#[inline(never)]
fn wrong(key: Key, words: &str, problem: Problem, expected: &str) -> Error {
    Kind::Value { key: key.name(), value: words.to_owned(), problem, expected: expected.to_owned() }.into()
}

pub(super) fn unused(key: Key, words: &str, what: &'static str, expected: &str) -> Error {
    wrong(key, words, Problem::Unused(what), expected)
}

/// A range of numbers, as data: a closure for each would compile the reader of numbers once for each.
#[derive(Clone, Copy, Debug)]
pub(super) enum Range {
    /// From the first to the last, both in it.
    To(f64, f64),
    /// From the first to below the last.
    Below(f64, f64),
    /// Above 0.
    Positive,
}

impl Range {
    /// 0 or more.
    pub(super) const FROM_0: Self = Self::To(0.0, f64::MAX);

    fn contains(self, value: f64) -> bool {
        match self {
            Self::To(first, last) => (first..=last).contains(&value),
            Self::Below(first, last) => (first..last).contains(&value),
            Self::Positive => value > 0.0 && value < f64::INFINITY,
        }
    }
}

/// One number in a range; `expected` says what that is.
#[inline(never)]
pub(super) fn number(key: Key, words: &str, expected: &str, range: Range) -> Result<f64, Error> {
    let words = words.trim_matches(' ');
    let problem = match parse(words) {
        Some(value) if range.contains(value) => return Ok(value),
        Some(_) => Problem::OutOfRange,
        None if words.is_empty() => Problem::Empty,
        None => Problem::NotANumber,
    };
    Err(wrong(key, words, problem, expected))
}

/// One whole number in a range.
#[inline(never)]
pub(super) fn whole(key: Key, words: &str, least: usize, most: usize) -> Result<usize, Error> {
    let expected = format!("a whole number from {least} to {most}");
    let value = number(key, words, &expected, Range::To(least as f64, most as f64))?;
    if value.fract() == 0.0 { Ok(value as usize) } else { Err(wrong(key, words, Problem::NotWhole, &expected)) }
}

/// Which one of `names` the words are.
#[inline(never)]
pub(super) fn name(key: Key, words: &str, names: &[&str]) -> Result<usize, Error> {
    let words = words.trim_matches(' ');
    names.iter().position(|name| *name == words).ok_or_else(|| {
        let problem = if words.is_empty() { Problem::Empty } else { Problem::UnknownName };
        wrong(key, words, problem, &format!("one of {}", names.join(", ")))
    })
}

/// The items of a list, none of them empty.
#[inline(never)]
fn items<'a>(key: Key, words: &'a str, expected: &str) -> Result<Vec<&'a str>, Error> {
    let items: Vec<_> = words.split(',').map(|item| item.trim_matches(' ')).collect();
    if items == [""] {
        return Err(wrong(key, words, Problem::Empty, expected));
    }
    if items.contains(&"") {
        return Err(wrong(key, words, Problem::EmptyItem, expected));
    }
    Ok(items)
}

#[inline(never)]
fn names(key: Key, words: &str, names: &[&str]) -> Result<Vec<usize>, Error> {
    let expected = format!("one or more of {}", names.join(", "));
    let mut chosen = Vec::new();
    for item in items(key, words, &expected)? {
        let index = names.iter().position(|name| *name == item);
        let index = index.ok_or_else(|| wrong(key, item, Problem::UnknownName, &expected))?;
        if chosen.contains(&index) {
            return Err(wrong(key, words, Problem::RepeatedItem(item.to_owned()), "each name at most once"));
        }
        chosen.push(index);
    }
    Ok(chosen)
}

/// What is expected of the key `lr`.
const RATES: &str = "positive numbers, as in 0.001,0.01";

/// One learning rate.
pub(super) fn rate(words: &str) -> Result<f64, Error> {
    number(Key::Lr, words, RATES, Range::Positive)
}

/// Rates, and for each the position of the optimizer that it is named for, if it is.
#[inline(never)]
fn rates(words: &str, optimizers: &[Optimizer]) -> Result<(Vec<f64>, Vec<Option<usize>>), Error> {
    const OWN: &str = "rates for each optimizer, as in adam:0.1,sgd:0.01";
    let items = items(Key::Lr, words, RATES)?;
    if items.len() > MOST_RUNS {
        return Err(Kind::TooManyRuns { key: Key::Lr, runs: items.len() }.into());
    }
    let (mut rates, mut owners) = (Vec::new(), Vec::new());
    for item in items {
        let (mut owner, mut number) = (None, item);
        if let Some((name, rate)) = item.split_once(':') {
            owner = optimizers.iter().position(|optimizer| optimizer.name() == name.trim_matches(' '));
            number = rate;
            if owner.is_none() {
                return Err(wrong(Key::Lr, item, Problem::UnknownName, OWN));
            }
        }
        let rate = rate(number)?;
        if rates.iter().zip(&owners).any(|before| before == (&rate, &owner)) {
            return Err(wrong(Key::Lr, words, Problem::RepeatedItem(item.to_owned()), "each rate at most once"));
        }
        rates.push(rate);
        owners.push(owner);
    }
    // All are for every optimizer, or each has some.
    let named = owners[0].is_some();
    if owners.contains(&None) == named || (0..optimizers.len()).any(|i| owners.contains(&Some(i)) != named) {
        return Err(wrong(Key::Lr, words, Problem::Count(owners.len()), OWN));
    }
    if optimizers.len() == 1 {
        owners.fill(None);
    }
    Ok((rates, owners))
}

/// Exactly N numbers of at most that size.
fn numbers<const N: usize>(key: Key, words: &str, expected: &str, size: f64) -> Result<[f64; N], Error> {
    let mut values = Vec::new();
    for item in items(key, words, expected)? {
        values.push(number(key, item, expected, Range::To(-size, size))?);
    }
    let count = values.len();
    values.try_into().map_err(|_| wrong(key, words, Problem::Count(count), expected))
}

/// What points look like.
const POINTS: &str = "step:factor pairs with rising steps, as in 0:1,100:0.1";

/// Points of a piecewise schedule, their steps strictly rising, at least one and at most `most`.
pub(super) fn points(key: Key, words: &str, most: usize) -> Result<Vec<(usize, f64)>, Error> {
    let items = items(key, words, POINTS)?;
    if items.len() > most {
        return Err(wrong(key, words, Problem::Count(items.len()), &format!("at most {most} points")));
    }
    let mut points: Vec<(usize, f64)> = Vec::new();
    for item in items {
        let Some((step, factor)) = item.split_once(':') else {
            return Err(wrong(key, item, Problem::NotAPair, POINTS));
        };
        let step = whole(key, step, 0, MOST_STEPS)?;
        let factor = number(key, factor, "a factor, 0 or more, as in 0.1", Range::FROM_0)?;
        if points.last().is_some_and(|&(before, _)| before >= step) {
            return Err(wrong(key, item, Problem::OutOfRange, "each step above the one before it"));
        }
        points.push((step, factor));
    }
    Ok(points)
}

/// A whole number that keeps each of its digits, which an `f64` would not.
#[inline(never)]
fn seed(words: &str) -> Result<u64, Error> {
    const EXPECTED: &str = "a whole number from 0 to 18446744073709551615";
    let value = number(Key::Seed, words, EXPECTED, Range::To(0.0, u64::MAX as f64))?;
    parse_whole(words.trim_matches(' ')).ok_or_else(|| {
        let problem = if value < u64::MAX as f64 { Problem::NotWhole } else { Problem::OutOfRange };
        wrong(Key::Seed, words, problem, EXPECTED)
    })
}

fn with_condition(surface: Surface, words: &str) -> Result<Surface, Error> {
    let expected = "a number from 1 to 1e6";
    let condition = number(Key::Condition, words, expected, Range::To(1.0, 1e6))?;
    match surface {
        Surface::Quadratic { .. } => Ok(Surface::Quadratic { condition }),
        _ => Err(unused(Key::Condition, words, "surface", "only with surface=quadratic")),
    }
}

#[inline(never)]
fn domain(words: &str) -> Result<Domain, Error> {
    const EXPECTED: &str = "x0,x1,y0,y1, each at most 1e300 in size, as in -2,2,-1,3";
    let [x0, x1, y0, y1] = numbers(Key::Domain, words, EXPECTED, FARTHEST_EDGE)?;
    let apart = |low: f64, high: f64| high > low && high - low >= LEAST_SPAN * low.abs().max(high.abs());
    if apart(x0, x1) && apart(y0, y1) {
        Ok(Domain { x0, x1, y0, y1 })
    } else {
        let expected = "x0 < x1 and y0 < y1, apart by at least 1e-9 of their size, as in -2,2,-1,3";
        Err(wrong(Key::Domain, words, Problem::OutOfRange, expected))
    }
}

#[inline(never)]
fn start(words: &str, surface: &Surface) -> Result<[f64; 2], Error> {
    const EXPECTED: &str = "x,y, each at most 1e6 in size, as in -1.5,2";
    let [x, y] = numbers(Key::Start, words, EXPECTED, FARTHEST_START)?;
    if surface.slope([x, y]).0.is_finite() {
        Ok([x, y])
    } else {
        Err(wrong(Key::Start, words, Problem::LossNotFinite, "a start where the surface is defined"))
    }
}
