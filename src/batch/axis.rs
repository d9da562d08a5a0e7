//! What the rows of a grid vary.

use super::spacing::Scale;
use crate::config::{Config, Key};
use crate::number::shortest;
use crate::optimizer::{Hyperparameter, Optimizer};
use crate::surface::Surface;

/// A number that a config has besides its learning rate, and that a map can have an axis for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Decay rate of the first moment.
    Beta1,
    /// Decay rate of the second moment.
    Beta2,
    /// Added to the root that the update is divided by.
    Eps,
    /// Decay rate of the running sum of gradients.
    Momentum,
    /// The start's first coordinate.
    StartX,
    /// The start's second coordinate.
    StartY,
    /// Condition number of the quadratic.
    Condition,
    /// How many updates; a schedule that ends with the run is made for each number of them.
    Steps,
}

impl Axis {
    /// Every axis.
    pub const ALL: &[Self] = &[
        Self::Beta1,
        Self::Beta2,
        Self::Eps,
        Self::Momentum,
        Self::StartX,
        Self::StartY,
        Self::Condition,
        Self::Steps,
    ];

    /// The word for it, kebab-case.
    pub fn name(self) -> &'static str {
        match self {
            Self::StartX => "start-x",
            Self::StartY => "start-y",
            _ => self.key().name(),
        }
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Beta1 => "β₁",
            Self::Beta2 => "β₂",
            Self::Eps => "ε",
            Self::StartX => "start x",
            Self::StartY => "start y",
            Self::Momentum | Self::Condition | Self::Steps => self.key().name(),
        }
    }

    /// The axis of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|axis| axis.name() == name)
    }

    /// The key of a config that it varies.
    pub(super) fn key(self) -> Key {
        match self {
            Self::Beta1 => Key::Hyperparameter(Hyperparameter::Beta1),
            Self::Beta2 => Key::Hyperparameter(Hyperparameter::Beta2),
            Self::Eps => Key::Hyperparameter(Hyperparameter::Eps),
            Self::Momentum => Key::Hyperparameter(Hyperparameter::Momentum),
            Self::StartX | Self::StartY => Key::Start,
            Self::Condition => Key::Condition,
            Self::Steps => Key::Steps,
        }
    }

    /// What is even about the distances of its values.
    pub fn scale(self) -> Scale {
        match self {
            Self::Beta1 | Self::Beta2 | Self::Momentum => Scale::LogToOne,
            Self::Eps | Self::Condition | Self::Steps => Scale::Log,
            Self::StartX | Self::StartY => Scale::Linear,
        }
    }

    /// The axes that make a difference to one of a config's runs.
    pub fn offered(config: &Config, run: usize) -> Vec<Self> {
        let Some(run) = config.runs().into_iter().nth(run) else { return Vec::new() };
        let has = |axis: &Self| match axis.key() {
            Key::Hyperparameter(hyperparameter) => run.optimizer.get(hyperparameter).is_some(),
            Key::Condition => matches!(config.surface(), Surface::Quadratic { .. }),
            _ => true,
        };
        Self::ALL.iter().copied().filter(has).collect()
    }

    /// Where it begins and ends unless told otherwise: what people try, and the part of the plane that is plotted.
    pub fn ends(self, config: &Config, run: usize) -> [f64; 2] {
        let domain = config.domain();
        let nesterov = config.runs().get(run).is_some_and(|run| matches!(run.optimizer, Optimizer::Nesterov(_)));
        match self {
            Self::Beta1 => [0.0, 0.999],
            Self::Beta2 => [0.5, 0.9999],
            Self::Eps => [1e-10, 1.0],
            // Nesterov's momentum has to be above 0.
            Self::Momentum => [if nesterov { 0.1 } else { 0.0 }, 0.99],
            Self::StartX => [domain.x0, domain.x1],
            Self::StartY => [domain.y0, domain.y1],
            Self::Condition => [1.0, 1000.0],
            Self::Steps => [10.0, 1000.0],
        }
    }

    /// The words for its key that give a config this value.
    pub(super) fn words(self, config: &Config, value: &str) -> String {
        let [x, y] = config.start().map(shortest);
        match self {
            Self::StartX => format!("{value},{y}"),
            Self::StartY => format!("{x},{value}"),
            _ => value.to_owned(),
        }
    }
}
