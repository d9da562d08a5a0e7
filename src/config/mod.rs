//! One line of text names surfaces, optimizers, schedules and learning rates; everything a visitor writes is checked
//! here.

mod diagnose;
mod draft;
mod drawn;
mod edit;
mod ends;
mod hyperparameter;
mod key;
mod page;
mod presentation;
mod presets;
mod rates;
mod read;
mod run;
mod schedule;
mod toggle;

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use crate::error::Error;
use crate::noise::Noise;
use crate::number::shortest;
use crate::optimizer::{Adam, Hyperparameter, Optimizer};
use crate::schedule::Schedule;
use crate::surface::{Domain, Surface};

pub use draft::Draft;
pub use ends::{MOST_RATES, check_rates, rates_between, read_rates, three_digits};
pub(crate) use ends::{check_size, wrong};
pub use key::Key;
pub use page::{Page, Scheme};
pub use presentation::check_words;
pub use presets::Preset;
pub use rates::RateAxis;
pub use run::Run;

/// The most runs that one config may make: optimizers x schedules x rates.
pub const MOST_RUNS: usize = 12;

/// The most updates a run may have.
pub const MOST_STEPS: usize = 100_000;

/// How runs are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Side by side, a plot for each.
    Panels,
    /// All in one plot.
    Overlay,
}

impl View {
    /// Every view.
    pub const ALL: &[Self] = &[Self::Panels, Self::Overlay];

    /// The word for it in a text.
    pub fn name(self) -> &'static str {
        match self {
            Self::Panels => "panels",
            Self::Overlay => "overlay",
        }
    }
}

/// What is to be run and shown. Every value is in its range, every list without repetition, and 1 to [`MOST_RUNS`]
/// runs come of it: the fields are private since only a check of the whole can promise that.
///
/// Prints as its canonical text: keys in the order of the table, without those that say what is the default anyway;
/// reading that text gives the same config.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    surface: Surface,
    /// `None` is the surface's own.
    domain: Option<Domain>,
    /// `None` is the surface's own.
    start: Option<[f64; 2]>,
    steps: usize,
    optimizers: Vec<Optimizer>,
    rates: Vec<f64>,
    /// For each rate the position of its optimizer, where every optimizer has rates of its own.
    owners: Vec<Option<usize>>,
    /// With the parameters that were given for them; a piecewise one has points.
    schedules: Vec<Schedule>,
    /// Those that were given and are not the default of every optimizer that has them, in the order of the table.
    hyperparameters: Vec<(Hyperparameter, f64)>,
    /// Its seed is 0 where there is nothing to draw.
    noise: Noise,
    view: View,
    step: Option<usize>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            surface: Surface::Rosenbrock,
            domain: None,
            start: None,
            steps: 200,
            optimizers: vec![Optimizer::Adam(Adam::DEFAULT)],
            rates: vec![0.001, 0.01, 0.1, 1.0],
            owners: vec![None; 4],
            schedules: vec![Schedule::ALL[0].clone()],
            hyperparameters: Vec::new(),
            noise: Noise::NONE,
            view: View::Panels,
            step: None,
        }
    }
}

impl Config {
    /// The surface that the runs descend.
    pub fn surface(&self) -> &Surface {
        &self.surface
    }

    /// The part of the plane that is plotted.
    pub fn domain(&self) -> Domain {
        self.domain.unwrap_or(self.surface.facts().domain)
    }

    /// Where every run starts; it may lie outside the domain.
    pub fn start(&self) -> [f64; 2] {
        self.start.unwrap_or(self.surface.facts().start)
    }

    /// How many updates each run has, 1 to [`MOST_STEPS`].
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// The learning rates, in the order given.
    pub fn rates(&self) -> &[f64] {
        &self.rates
    }

    /// Whether every optimizer has rates of its own, instead of all having the same.
    pub fn has_own_rates(&self) -> bool {
        !self.owners.contains(&None)
    }

    /// The positions of the rates that the optimizer at a position has.
    pub(crate) fn rates_of(&self, optimizer: usize) -> impl Iterator<Item = usize> {
        (0..self.rates.len()).filter(move |&rate| self.owners[rate].is_none_or(|owner| owner == optimizer))
    }

    /// The positions of the rates of the optimizer that has the one at a position.
    fn rates_beside(&self, rate: usize) -> impl Iterator<Item = usize> {
        self.rates_of(self.owners[rate].unwrap_or_default())
    }

    /// The rates as the key `lr` has them: `0.1`, or `adam:0.1`.
    fn rate_texts(&self) -> Vec<String> {
        let text = |(&owner, &lr): (&Option<usize>, &f64)| match owner {
            Some(owner) => format!("{}:{}", self.optimizers[owner].name(), shortest(lr)),
            None => shortest(lr),
        };
        self.owners.iter().zip(&self.rates).map(text).collect()
    }

    /// The noise in the gradients that the updates see.
    pub fn noise(&self) -> &Noise {
        &self.noise
    }

    /// How the runs are laid out.
    pub fn view(&self) -> View {
        self.view
    }

    /// The step to show first, at most [`Self::steps`]; `None` leaves it to the page.
    pub fn step(&self) -> Option<usize> {
        self.step
    }

    /// The words that this config prints, by key.
    pub fn draft(&self) -> Draft {
        Draft::from_words(Key::ALL.iter().filter_map(|&key| Some((key, self.given(key)?))).collect())
    }

    /// The value in force for a key, given or default, as text; empty where nothing uses it or there is none. Where
    /// optimizers or schedules differ in a default, that of the first that has the key.
    pub fn text(&self, key: Key) -> String {
        let list = |items: Vec<&str>| items.join(",");
        match key {
            Key::Surface => self.surface.facts().name.to_owned(),
            Key::Condition => match self.surface {
                Surface::Quadratic { condition } => shortest(condition),
                _ => String::new(),
            },
            Key::Domain => {
                let Domain { x0, x1, y0, y1 } = self.domain();
                [x0, x1, y0, y1].map(shortest).join(",")
            }
            Key::Start => self.start().map(shortest).join(","),
            Key::Steps => self.steps.to_string(),
            Key::Optimizer => list(self.optimizers.iter().map(Optimizer::name).collect()),
            Key::Lr => self.rate_texts().join(","),
            Key::Schedule => list(self.schedules.iter().map(Schedule::name).collect()),
            Key::Hyperparameter(hyperparameter) => self
                .tuned_optimizers()
                .find_map(|optimizer| optimizer.get(hyperparameter))
                .map(|value| hyperparameter::text(hyperparameter, value))
                .unwrap_or_default(),
            Key::Warmup | Key::Gamma | Key::Every | Key::Power | Key::MinLr | Key::Patience | Key::Points => {
                let value = self.schedules.iter().find_map(|schedule| schedule::get(schedule, key));
                value.map(|value| schedule::text(&value)).unwrap_or_default()
            }
            Key::Noise => shortest(self.noise.deviation),
            Key::Sparsity => shortest(self.noise.sparsity),
            Key::Seed if self.noise.is_none() => String::new(),
            Key::Seed => self.noise.seed.to_string(),
            Key::View => self.view.name().to_owned(),
            Key::Step => self.step.map(|step| step.to_string()).unwrap_or_default(),
        }
    }

    /// The text of a key that was given and says more than the default.
    fn given(&self, key: Key) -> Option<String> {
        let default = Self::default();
        let said = match key {
            Key::Surface => self.surface.facts().name != default.surface.facts().name,
            Key::Condition => !Surface::ALL.contains(&self.surface),
            Key::Domain => self.domain.is_some(),
            Key::Start => self.start.is_some(),
            Key::Steps => self.steps != default.steps,
            Key::Optimizer => self.optimizers != default.optimizers,
            Key::Lr | Key::Schedule => self.text(key) != default.text(key),
            Key::Hyperparameter(hyperparameter) => {
                let (_, value) = self.hyperparameters.iter().find(|(other, _)| *other == hyperparameter)?;
                return Some(hyperparameter::text(hyperparameter, *value));
            }
            Key::Warmup | Key::Gamma | Key::Every | Key::Power | Key::MinLr | Key::Patience | Key::Points => {
                self.schedules.iter().any(|schedule| schedule::is_set(schedule, key))
            }
            Key::Noise => self.noise.deviation != default.noise.deviation,
            Key::Sparsity => self.noise.sparsity != default.noise.sparsity,
            Key::Seed => self.noise.seed != default.noise.seed,
            Key::View => self.view != default.view,
            Key::Step => self.step.is_some(),
        };
        said.then(|| self.text(key))
    }

    /// The optimizers with the hyperparameters that were given for them.
    fn tuned_optimizers(&self) -> impl Iterator<Item = Optimizer> {
        self.optimizers.iter().map(|optimizer| {
            self.hyperparameters.iter().fold(*optimizer, |tuned, &(which, value)| tuned.with(which, value))
        })
    }
}

impl FromStr for Config {
    type Err = Error;

    /// Reads a query such as `surface=beale&lr=0.01,0.1`.
    fn from_str(query: &str) -> Result<Self, Error> {
        Draft::read(query)?.check()
    }
}

impl Display for Config {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for &key in Key::ALL {
            if let Some(text) = self.given(key) {
                write!(f, "{separator}{}={text}", key.name())?;
                separator = "&";
            }
        }
        Ok(())
    }
}
