//! The table of keys: every word that may stand before an equals sign.

use crate::optimizer::Hyperparameter;

/// A key of a config, in the order in which they are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Which surface.
    Surface,
    /// Condition number of the quadratic.
    Condition,
    /// What part of the plane is plotted.
    Domain,
    /// Where the runs start.
    Start,
    /// How many updates.
    Steps,
    /// Which optimizers.
    Optimizer,
    /// Which learning rates.
    Lr,
    /// Which schedules.
    Schedule,
    /// A number that tunes optimizers.
    Hyperparameter(Hyperparameter),
    /// Steps of linear warm-up.
    Warmup,
    /// What a reduction leaves of the rate.
    Gamma,
    /// Updates between two reductions or restarts.
    Every,
    /// Exponent of the polynomial decay.
    Power,
    /// The rate that a schedule ends at.
    MinLr,
    /// How many losses no better than the best a rate outlasts.
    Patience,
    /// A schedule drawn by hand: factors of the rate by step.
    Points,
    /// Standard deviation of the noise in each gradient coordinate.
    Noise,
    /// Probability that a gradient coordinate is zero at a step.
    Sparsity,
    /// Which draws noise and sparsity make.
    Seed,
    /// How runs are laid out.
    View,
    /// The step shown first.
    Step,
}

impl Key {
    /// Every key, in the order of the table.
    pub const ALL: &[Self] = &[
        Self::Surface,
        Self::Condition,
        Self::Domain,
        Self::Start,
        Self::Steps,
        Self::Optimizer,
        Self::Lr,
        Self::Schedule,
        Self::Hyperparameter(Hyperparameter::Beta1),
        Self::Hyperparameter(Hyperparameter::Beta2),
        Self::Hyperparameter(Hyperparameter::Eps),
        Self::Hyperparameter(Hyperparameter::WeightDecay),
        Self::Hyperparameter(Hyperparameter::Momentum),
        Self::Hyperparameter(Hyperparameter::Alpha),
        Self::Hyperparameter(Hyperparameter::Rho),
        Self::Hyperparameter(Hyperparameter::MomentumDecay),
        Self::Hyperparameter(Hyperparameter::BiasCorrection),
        Self::Warmup,
        Self::Gamma,
        Self::Every,
        Self::Power,
        Self::MinLr,
        Self::Patience,
        Self::Points,
        Self::Noise,
        Self::Sparsity,
        Self::Seed,
        Self::View,
        Self::Step,
    ];

    /// The word in a text and the name of the element's attribute.
    pub fn name(self) -> &'static str {
        match self {
            Self::Surface => "surface",
            Self::Condition => "condition",
            Self::Domain => "domain",
            Self::Start => "start",
            Self::Steps => "steps",
            Self::Optimizer => "optimizer",
            Self::Lr => "lr",
            Self::Schedule => "schedule",
            Self::Hyperparameter(hyperparameter) => hyperparameter.name(),
            Self::Warmup => "warmup",
            Self::Gamma => "gamma",
            Self::Every => "every",
            Self::Power => "power",
            Self::MinLr => "min-lr",
            Self::Patience => "patience",
            Self::Points => "points",
            Self::Noise => "noise",
            Self::Sparsity => "sparsity",
            Self::Seed => "seed",
            Self::View => "view",
            Self::Step => "step",
        }
    }

    /// The key of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|key| key.name() == name)
    }
}
