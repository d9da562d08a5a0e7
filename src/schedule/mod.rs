//! The learning rate as a function of the step.

mod annealing;
mod decay;
mod factor;
mod piecewise;
mod plateau;

use factor::Part;

use crate::real::Real;

pub use factor::Factor;
pub use plateau::{Plateau, PlateauState};

/// A schedule: which rate each update uses. Its shape times linear warm-up, which does not shift the shape's clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// The rate without warm-up.
    pub shape: Shape,
    /// Steps of linear warm-up, 0 for none: the rate of update t < warmup is multiplied by (t + 1) / warmup, so that
    /// update warmup - 1 is the first at the full rate.
    pub warmup: usize,
}

/// The rate of update t, counted from 0, in a run of `steps` updates at the base rate `lr`, without warm-up.
///
/// As in `torch.optim.lr_scheduler`, in its closed forms. What ends with the run (`linear`, `polynomial`, `cosine`,
/// `one-cycle`) holds its last rate past it, where PyTorch's cosine would turn up again and its one-cycle raise; the
/// others go on.
///
/// A `min_lr` above `lr` is the rate that the schedule rises to, as in PyTorch's cosine (its `LinearLR` refuses that);
/// `plateau` then changes nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// lr at every update.
    Constant,
    /// lr * gamma^floor(t / every). `StepLR`.
    Step {
        /// Updates between two reductions, at least 1.
        every: usize,
        /// What each reduction leaves of the rate, in [0, 1).
        gamma: f64,
    },
    /// lr * gamma^t. `ExponentialLR`.
    Exponential {
        /// What each update leaves of the rate, in [0, 1).
        gamma: f64,
    },
    /// From lr at t = 0 straight to min_lr at t = steps. `LinearLR(start_factor=1, end_factor=min_lr/lr,
    /// total_iters=steps)`.
    Linear {
        /// The rate at the end, at least 0.
        min_lr: f64,
    },
    /// lr * (1 - t / steps)^power. `PolynomialLR(total_iters=steps)`.
    Polynomial {
        /// The exponent, at least 0.
        power: f64,
    },
    /// min_lr + (lr - min_lr) * (1 + cos(pi t / steps)) / 2. `CosineAnnealingLR(T_max=steps)`; Loshchilov & Hutter
    /// (2017), SGDR, equation 5.
    Cosine {
        /// The rate at the end, at least 0.
        min_lr: f64,
    },
    /// The cosine from lr to min_lr over `every` updates, again and again; at a restart the rate is lr.
    /// `CosineAnnealingWarmRestarts(T_0=every, T_mult=1)`; Loshchilov & Hutter (2017).
    CosineRestarts {
        /// Updates from one restart to the next, at least 1.
        every: usize,
        /// The rate that a period approaches, at least 0.
        min_lr: f64,
    },
    /// From lr / 25 up to lr at t = 0.3 steps - 1, then down to lr / 250,000 at t = steps - 1, each half a cosine.
    /// `OneCycleLR(max_lr=lr, total_steps=steps)` at its defaults, momentum not cycled; Smith & Topin (2018). The top
    /// is not rounded to a whole update, and where steps < 4 it lies before the first.
    OneCycle,
    /// lr until t = w = max(warmup, 1), then lr * sqrt(w / (t + 1)). Vaswani et al. (2017), section 5.3, scaled so that
    /// the rate after warm-up is lr.
    InverseSqrt,
    /// The rate falls by a factor where the loss has stopped to fall.
    Plateau(Plateau),
    /// lr times a factor that is linear between points; the first factor holds before them, the last one after.
    /// `numpy.interp`.
    Piecewise {
        /// (update, factor), the updates strictly rising, each factor at least 0. None at all is a factor of 1.
        points: Vec<(usize, f64)>,
    },
}

/// One shape a line, with the defaults of its parameters.
const fn plain(shape: Shape) -> Schedule {
    Schedule { shape, warmup: 0 }
}

impl Schedule {
    /// Every schedule of the catalogue, without warm-up, with PyTorch's defaults or, where it has none, our own.
    pub const ALL: &[Self] = &[
        plain(Shape::Constant),
        plain(Shape::Step { every: 100, gamma: 0.5 }),
        plain(Shape::Exponential { gamma: 0.99 }),
        plain(Shape::Linear { min_lr: 0.0 }),
        plain(Shape::Polynomial { power: 2.0 }),
        plain(Shape::Cosine { min_lr: 0.0 }),
        plain(Shape::CosineRestarts { every: 100, min_lr: 0.0 }),
        plain(Shape::OneCycle),
        plain(Shape::InverseSqrt),
        plain(Shape::Plateau(Plateau { gamma: 0.1, patience: 10, min_lr: 0.0 })),
        plain(Shape::Piecewise { points: Vec::new() }),
    ];

    /// The word for it in a [`Config`](crate::Config), kebab-case.
    pub fn name(&self) -> &'static str {
        match self.shape {
            Shape::Constant => "constant",
            Shape::Step { .. } => "step",
            Shape::Exponential { .. } => "exponential",
            Shape::Linear { .. } => "linear",
            Shape::Polynomial { .. } => "polynomial",
            Shape::Cosine { .. } => "cosine",
            Shape::CosineRestarts { .. } => "cosine-restarts",
            Shape::OneCycle => "one-cycle",
            Shape::InverseSqrt => "inverse-sqrt",
            Shape::Plateau(_) => "plateau",
            Shape::Piecewise { .. } => "piecewise",
        }
    }

    /// The name for people, as it stands inside a sentence.
    pub fn title(&self) -> &'static str {
        match self.shape {
            Shape::Constant => "constant",
            Shape::Step { .. } => "step decay",
            Shape::Exponential { .. } => "exponential decay",
            Shape::Linear { .. } => "linear decay",
            Shape::Polynomial { .. } => "polynomial decay",
            Shape::Cosine { .. } => "cosine",
            Shape::CosineRestarts { .. } => "cosine with restarts",
            Shape::OneCycle => "one-cycle",
            Shape::InverseSqrt => "inverse square root",
            Shape::Plateau(_) => "reduce on plateau",
            Shape::Piecewise { .. } => "piecewise",
        }
    }

    /// The schedule of that name, with its defaults.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|schedule| schedule.name() == name).cloned()
    }

    /// Whether every rate is the base rate.
    #[inline]
    pub fn is_constant(&self) -> bool {
        matches!((&self.shape, self.warmup), (Shape::Constant, 0))
    }

    /// Whether its rates depend on the losses of the run.
    pub fn learns(&self) -> bool {
        matches!(self.shape, Shape::Plateau(_))
    }

    /// What is known of a run's losses before its first update, at the base rate `lr`.
    pub fn first<R: Real>(&self, lr: R) -> PlateauState<R> {
        Plateau::first(lr)
    }

    /// What is known after an update that was made at a point of that loss. Only `plateau` learns from it.
    #[inline]
    pub fn next<R: Real>(&self, seen: PlateauState<R>, loss: R) -> PlateauState<R> {
        match &self.shape {
            Shape::Plateau(plateau) => plateau.next(seen, loss),
            _ => seen,
        }
    }

    /// The rate of update `t`, counted from 0, in a run of `steps` updates at the base rate `lr`; `seen` is what the
    /// updates before it have taught. At least 0, and at most the larger of lr and min_lr, times the largest factor of
    /// `points`.
    #[inline]
    pub fn rate(&self, lr: f64, steps: usize, t: usize, seen: PlateauState<f64>) -> f64 {
        if self.is_constant() {
            return lr;
        }
        self.factor(steps, t).applied(if self.learns() { seen.rate } else { lr })
    }

    /// What update `t`, counted from 0, in a run of `steps` updates makes of any base rate; for `plateau`, of the rate
    /// that the losses have left.
    // Apart, so that a constant rate costs a loop nothing.
    #[inline(never)]
    pub fn factor(&self, steps: usize, t: usize) -> Factor {
        let part = match &self.shape {
            Shape::Constant | Shape::Plateau(_) => Part::Times(1.0),
            &Shape::Step { every, gamma } => Part::Times(decay::exponential(gamma, t / every)),
            &Shape::Exponential { gamma } => Part::Times(decay::exponential(gamma, t)),
            &Shape::Linear { min_lr } => annealing::linear(min_lr, t, steps),
            &Shape::Polynomial { power } => Part::Times(decay::polynomial(power, t, steps)),
            &Shape::Cosine { min_lr } => annealing::cosine(min_lr, t, steps),
            &Shape::CosineRestarts { every, min_lr } => annealing::cosine(min_lr, t % every, every),
            Shape::OneCycle => annealing::one_cycle(t, steps),
            Shape::InverseSqrt => Part::Times(decay::inverse_sqrt(self.warmup.max(1), t)),
            Shape::Piecewise { points } => Part::Times(piecewise::factor(points, t)),
        };
        Factor { part, warmup: if t < self.warmup { (t + 1) as f64 / self.warmup as f64 } else { 1.0 } }
    }
}
