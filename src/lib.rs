//! Adam Scope shows what the learning rate does to Adam.
//!
//! A [`Config`] (one line of text) names a surface, optimizers, schedules and learning rates; [`descend`] turns each
//! run of it into a [`Trajectory`]; `render` draws it on any plotters backend.
//!
//! ```
//! use adam_scope::Config;
//!
//! let config: Config = "surface=quadratic&lr=0.01,0.1&steps=100".parse()?;
//! let runs = config.runs();
//! let path = config.descend(&runs[1]);
//! assert!(path.losses()[100] < path.losses()[0]);
//! # Ok::<(), adam_scope::Error>(())
//! ```

mod batch;
mod config;
mod diagnosis;
mod error;
mod inspection;
mod noise;
mod number;
mod optimizer;
mod real;
pub mod render;
mod replay;
mod schedule;
mod surface;
mod table;
mod trace;
mod trajectory;
#[cfg(target_arch = "wasm32")]
mod web;

pub use batch::{
    Axis, Basin, Best, Grid, Landing, Losses, MOST_CELLS, MOST_STARTS, Place, Scale, Sounding, Spacing, Span, Spread,
    Starts, best_rates, candidate_rates, soundings, soundings_in_turn, sweep,
};
pub use config::{
    Config, Draft, Key, MOST_RATES, MOST_RUNS, MOST_STEPS, Page, Preset, RateAxis, Run, Scheme, View, check_rates,
    check_words, rates_between, read_rates, three_digits,
};
pub use diagnosis::{Diagnosis, Needed, Rating, Survey, Verdict, diagnose};
pub use error::Error;
pub use inspection::{Inspection, Sum};
pub use noise::{Draw, Noise};
pub use number::{fixed, short, shortest, significant, whole};
pub use optimizer::{
    AdaBelief, AdaDelta, AdaGrad, AdaMax, Adam, AdamMoments, AdamW, AmsGrad, Anatomy, Corrections, Hyperparameter,
    Line, Lion, Momentum, NAdam, Nesterov, Optimizer, RAdam, RmsProp, Rule, Sgd, Terms, When, WithRule, Yogi,
};
pub use real::{Dual, LANES, Lanes, Real};
pub use replay::Checkpoints;
pub use schedule::{Factor, Plateau, PlateauState, Schedule, Shape};
pub use surface::{Domain, Facts, Spot, Surface};
pub use table::{COLUMNS, Format};
pub use trajectory::{Objective, Step, Trajectory, descend};
