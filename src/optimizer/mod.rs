//! Update rules: how a gradient becomes a step.

mod adam;

use crate::real::Real;

pub use adam::{Adam, AdamMoments, Corrections};

/// A coordinate-wise update rule: pure functions, with its memory as a value.
///
/// Every coordinate (and every lane) has its own moments; what depends on the step alone is computed once a step, in
/// [`Self::At`].
pub trait Rule {
    /// What depends on the step only, such as bias corrections.
    type At: Copy;
    /// What the rule remembers of one coordinate.
    type Moments<R: Real>: Copy;

    /// The factors of the first update.
    fn first(&self) -> Self::At;

    /// The factors of the update after the one at `at`.
    fn next(&self, at: Self::At) -> Self::At;

    /// The moments before the first update.
    fn moments<R: Real>(&self) -> Self::Moments<R>;

    /// What to add to `param`, and the moments after it.
    fn update<R: Real>(
        &self,
        at: Self::At,
        lr: R,
        param: R,
        grad: R,
        moments: Self::Moments<R>,
    ) -> (R, Self::Moments<R>);
}

/// An optimizer with its hyperparameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Optimizer {
    /// Kingma & Ba's Adam.
    Adam(Adam),
}

impl Optimizer {
    /// Every optimizer of the catalogue, with the reference library's defaults.
    pub const ALL: &[Self] = &[Self::Adam(Adam::DEFAULT)];

    /// The word for it in a [`Config`](crate::Config), kebab-case.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Adam(_) => "adam",
        }
    }

    /// The name for people.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Adam(_) => "Adam",
        }
    }

    /// The optimizer of that name, with its defaults.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|optimizer| optimizer.name() == name)
    }
}
