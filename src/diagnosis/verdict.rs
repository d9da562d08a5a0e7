//! What a run did, with the evidence, and what that says of its learning rate.

/// What a run did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// It settled in a minimum that it had not to climb out of its basin for.
    Converged {
        /// From this step on it stays there.
        at: usize,
    },
    /// It goes downhill, but needs more than ten times its steps.
    Crawling {
        /// When it gets there; `None` where its rate runs out first, or there is nowhere to get to.
        steps_needed: Option<Needed>,
    },
    /// It swings to and fro at its end.
    Ringing {
        /// Steps from a turn to the next but one.
        period: f64,
        /// Half of the last swings' width, along x or y, whichever is wider.
        amplitude: f64,
    },
    /// It was thrown out of a minimum where it had come to rest.
    Bursting {
        /// The step that threw it out last.
        at: usize,
        /// How much the loss has risen since, at most.
        rise: f64,
    },
    /// It repeats a cycle about a minimum, no narrower than it was: a limit cycle.
    Orbiting {
        /// Steps a cycle.
        period: f64,
        /// Half the width of the cycle, along x or y, whichever is wider.
        amplitude: f64,
    },
    /// It climbed out of the basin that it started in, into that of another minimum.
    Hopped {
        /// From this step on it stays in that minimum; `None` where it has not settled.
        at: Option<usize>,
        /// That minimum.
        to: [f64; 2],
    },
    /// It hardly moves on a slope that is almost flat: at a saddle or on a shelf.
    Stalled {
        /// The length of the gradient where it is.
        grad_norm: f64,
    },
    /// It is outside the frame.
    LeftFrame {
        /// It has been outside from this step on.
        at: usize,
    },
    /// Its loss grows without end.
    Diverged {
        /// The first step that is not finite, or from which on it is beyond all measure.
        at: usize,
    },
    /// It goes downhill and is not there yet.
    Descending {
        /// What there is still to lose: the loss above that of the minimum ahead; infinite where there is none.
        gap: f64,
        /// When it gets there; `None` where its rate runs out first, or there is nowhere to get to.
        steps_needed: Option<Needed>,
    },
}

/// The step at which a run that was not run far enough gets to where it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// By running on: this step.
    Exactly(usize),
    /// By running on: none up to this step.
    MoreThan(usize),
    /// By extrapolation: the length of the way downhill, at the pace of the last quarter of the steps.
    About(usize),
}

/// What a verdict says of the learning rate, for this start and this number of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rating {
    /// A larger rate would get further.
    TooLow,
    /// It does what a learning rate can do.
    AboutRight,
    /// A smaller rate would get closer.
    TooHigh,
}

impl Verdict {
    /// The words for verdicts, kebab-case, by number.
    pub const NAMES: [&str; 10] = [
        "converged",
        "crawling",
        "ringing",
        "bursting",
        "orbiting",
        "hopped",
        "stalled",
        "left-frame",
        "diverged",
        "descending",
    ];

    /// Its place among [`Self::NAMES`].
    pub fn number(&self) -> usize {
        match self {
            Self::Converged { .. } => 0,
            Self::Crawling { .. } => 1,
            Self::Ringing { .. } => 2,
            Self::Bursting { .. } => 3,
            Self::Orbiting { .. } => 4,
            Self::Hopped { .. } => 5,
            Self::Stalled { .. } => 6,
            Self::LeftFrame { .. } => 7,
            Self::Diverged { .. } => 8,
            Self::Descending { .. } => 9,
        }
    }

    /// The word for it, kebab-case.
    pub fn name(&self) -> &'static str {
        Self::NAMES[self.number()]
    }

    /// The step that it names.
    pub fn step(&self) -> Option<usize> {
        match *self {
            Self::Converged { at } | Self::Bursting { at, .. } | Self::LeftFrame { at } | Self::Diverged { at } => {
                Some(at)
            }
            Self::Hopped { at, .. } => at,
            Self::Crawling { steps_needed } | Self::Descending { steps_needed, .. } => match steps_needed {
                Some(Needed::Exactly(step)) => Some(step),
                _ => None,
            },
            Self::Ringing { .. } | Self::Orbiting { .. } | Self::Stalled { .. } => None,
        }
    }
}

impl Rating {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::TooLow => "too low",
            Self::AboutRight => "about right",
            Self::TooHigh => "too high",
        }
    }
}

/// A verdict in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// What the run did.
    pub verdict: Verdict,
    /// What that says of its learning rate.
    pub rating: Rating,
    /// Why, in a few words that follow the rating: `crawling`, `converged in 75 steps`.
    pub reason: String,
    /// A number that shows it: `gets there at step 6,791`.
    pub evidence: String,
    /// All of it in one sentence.
    pub message: String,
}
