//! The numbers that tune optimizers.

/// The table of hyperparameters, in the order of the keys: a rule's field, the variant, the word in a text.
macro_rules! hyperparameters {
    ($($(#[doc = $doc:literal])* $field:ident $variant:ident $name:literal,)*) => {
        /// A number that tunes an optimizer, besides the learning rate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Hyperparameter {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Hyperparameter {
            /// Every hyperparameter, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word for it in a [`Config`](crate::Config), kebab-case.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }

        /// The hyperparameter that a rule's field of this name is.
        macro_rules! held_in {
            $(($field) => { Hyperparameter::$variant };)*
        }
    };
}

hyperparameters! {
    /// Decay rate of the first moment.
    beta1 Beta1 "beta1",
    /// Decay rate of the second moment.
    beta2 Beta2 "beta2",
    /// Added to the root that the update is divided by.
    eps Eps "eps",
    /// Weight decay: L2 in the gradient, or decoupled from it where the rule says so.
    weight_decay WeightDecay "weight-decay",
    /// Decay rate of the running sum of gradients.
    momentum Momentum "momentum",
    /// RMSProp's decay rate of the second moment.
    alpha Alpha "alpha",
    /// AdaDelta's decay rate of both of its moments.
    rho Rho "rho",
    /// How soon NAdam's beta1 reaches its value.
    momentum_decay MomentumDecay "momentum-decay",
    /// Whether the moments are corrected for their start at 0.
    bias_correction BiasCorrection "bias-correction",
}

/// What a field of a rule holds: a number, or a switch, which is 1 or 0.
pub(super) trait Setting: Copy {
    fn number(self) -> f64;
    fn of(number: f64) -> Self;
}

impl Setting for f64 {
    fn number(self) -> f64 {
        self
    }

    fn of(number: f64) -> Self {
        number
    }
}

impl Setting for bool {
    fn number(self) -> f64 {
        f64::from(self)
    }

    fn of(number: f64) -> Self {
        number != 0.0
    }
}
