//! Update rules: how a gradient becomes a step.

#[macro_use]
mod hyperparameter;
#[macro_use]
mod lines;
mod moments;
mod rule;

use hyperparameter::Setting;

pub use hyperparameter::Hyperparameter;
pub(crate) use lines::NEW_POINT;
pub use lines::{Line, When};
pub use moments::{AdamMoments, Corrections};
pub use rule::{Anatomy, Rule, Terms};

/// Something to do with a rule, whichever it is: compiled once for each.
pub trait WithRule {
    /// What comes of it.
    type Output;

    /// Does it with this rule.
    fn with<U: Rule>(self, rule: &U) -> Self::Output;
}

/// One optimizer a file: its rule and its defaults. A new optimizer is one more file and one more line here: the file,
/// whose name is also the word in a config, the rule, the name for people, the fields that a config may set.
macro_rules! catalogue {
    ($($module:ident $variant:ident $title:literal [$($field:ident)*],)*) => {
        $(
            mod $module;
            pub use $module::$variant;
        )*

        /// An optimizer with its hyperparameters.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub enum Optimizer {
            $(
                #[doc = concat!("`", stringify!($module), "`.")]
                $variant($variant),
            )*
        }

        impl Optimizer {
            /// Every optimizer of the catalogue, with the reference library's defaults.
            pub const ALL: &[Self] = &[$(Self::$variant($variant::DEFAULT),)*];

            /// The word for it in a [`Config`](crate::Config).
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => stringify!($module),)*
                }
            }

            /// The name for people.
            pub fn title(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $title,)*
                }
            }

            /// The value of a hyperparameter, 1 or 0 for a switch; `None` where the optimizer does not have it.
            #[inline(never)]
            pub fn get(&self, hyperparameter: Hyperparameter) -> Option<f64> {
                match self {
                    $(Self::$variant(rule) => match hyperparameter {
                        $(held_in!($field) => Some(rule.$field.number()),)*
                        _ => None,
                    },)*
                }
            }

            /// The optimizer with another value of a hyperparameter; the same one where it does not have it.
            #[inline(never)]
            pub fn with(mut self, hyperparameter: Hyperparameter, value: f64) -> Self {
                match &mut self {
                    $(Self::$variant(rule) => match hyperparameter {
                        $(held_in!($field) => rule.$field = Setting::of(value),)*
                        _ => {}
                    },)*
                }
                self
            }

            /// The most that an update can be, in learning rates, whatever the gradients; `None` where no such bound is
            /// known.
            pub fn bound(&self) -> Option<f64> {
                match self {
                    $(Self::$variant(rule) => rule.bound(),)*
                }
            }

            /// Does something with its rule.
            pub fn with_rule<W: WithRule>(&self, task: W) -> W::Output {
                match self {
                    $(Self::$variant(rule) => task.with(rule),)*
                }
            }
        }
    };
}

catalogue! {
    sgd Sgd "SGD" [weight_decay],
    momentum Momentum "Momentum" [weight_decay momentum],
    nesterov Nesterov "Nesterov" [weight_decay momentum],
    adagrad AdaGrad "AdaGrad" [eps weight_decay],
    rmsprop RmsProp "RMSProp" [eps weight_decay momentum alpha],
    adadelta AdaDelta "AdaDelta" [eps weight_decay rho],
    adam Adam "Adam" [beta1 beta2 eps weight_decay bias_correction],
    adamw AdamW "AdamW" [beta1 beta2 eps weight_decay bias_correction],
    amsgrad AmsGrad "AMSGrad" [beta1 beta2 eps weight_decay bias_correction],
    adamax AdaMax "AdaMax" [beta1 beta2 eps weight_decay],
    nadam NAdam "NAdam" [beta1 beta2 eps weight_decay momentum_decay],
    radam RAdam "RAdam" [beta1 beta2 eps weight_decay],
    adabelief AdaBelief "AdaBelief" [beta1 beta2 eps weight_decay],
    yogi Yogi "Yogi" [beta1 beta2 eps weight_decay],
    lion Lion "Lion" [beta1 beta2 weight_decay],
}

impl Optimizer {
    /// The optimizer of that name, with its defaults.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|optimizer| optimizer.name() == name)
    }
}
