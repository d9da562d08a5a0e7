//! The learning rate as a function of the step.

/// A schedule: which rate each update uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// The base rate at every update.
    Constant,
}

impl Schedule {
    /// Every schedule of the catalogue.
    pub const ALL: &[Self] = &[Self::Constant];

    /// The word for it in a [`Config`](crate::Config), kebab-case.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Constant => "constant",
        }
    }

    /// The schedule of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|schedule| schedule.name() == name)
    }

    /// The rate of update `t`, counted from 0, when the base rate is `lr`.
    #[inline]
    pub fn rate(&self, lr: f64, _t: usize) -> f64 {
        match self {
            Self::Constant => lr,
        }
    }
}
