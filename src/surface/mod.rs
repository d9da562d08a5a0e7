//! The catalogue of loss surfaces: formula, domain, start, known minima.

use crate::real::{Dual, Lanes, Real};

/// A rectangle of the plane, x0 < x1 and y0 < y1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Domain {
    /// Left edge.
    pub x0: f64,
    /// Right edge.
    pub x1: f64,
    /// Lower edge.
    pub y0: f64,
    /// Upper edge.
    pub y1: f64,
}

impl Domain {
    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        self.x0 <= x && x <= self.x1 && self.y0 <= y && y <= self.y1
    }
}

/// What is known of a surface besides its formula.
#[derive(Debug)]
pub struct Facts {
    /// The word for it in a [`Config`](crate::Config), kebab-case.
    pub name: &'static str,
    /// The name for people, as it stands inside a sentence.
    pub title: &'static str,
    /// The part of the plane that is usually shown.
    pub domain: Domain,
    /// Where runs start unless told otherwise; inside the domain and not stationary.
    pub start: [f64; 2],
    /// Every global minimum in the domain, to 12 digits; empty where the surface has no lowest point.
    pub minima: &'static [[f64; 2]],
    /// Whether the loss is differentiable. If not, its minima are kinks: the gradient does not fade towards them, so
    /// that Adam at a constant rate keeps leaping about them.
    pub smooth: bool,
}

/// One surface a file: its formula and its facts. A new surface is one more file and one more line here: its module,
/// its variant, and its name once more, for the documentation.
macro_rules! catalogue {
    ($($module:ident $variant:ident $name:literal,)*) => {
        mod quadratic;
        $(mod $module;)*

        /// A loss surface: a function of two parameters, to be made small; differentiable but for kinks.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub enum Surface {
            /// `quadratic`: 0.5 (x^2 + c y^2).
            Quadratic {
                /// Condition number c of the Hessian, at least 1.
                condition: f64,
            },
            $(
                #[doc = concat!("`", $name, "`.")]
                $variant,
            )*
        }

        #[cfg(test)]
        const DOCUMENTED: &[&str] = &["quadratic", $($name,)*];

        impl Surface {
            /// Every surface of the catalogue, with the defaults of its parameters.
            pub const ALL: &[Self] = &[Self::Quadratic { condition: quadratic::CONDITION }, $(Self::$variant,)*];

            /// What is known of it besides its formula.
            pub fn facts(&self) -> &'static Facts {
                match self {
                    Self::Quadratic { .. } => &quadratic::FACTS,
                    $(Self::$variant => &$module::FACTS,)*
                }
            }

            /// The loss at a point.
            #[inline]
            pub fn loss<R: Real>(&self, x: R, y: R) -> R {
                match *self {
                    Self::Quadratic { condition } => quadratic::loss(condition, x, y),
                    $(Self::$variant => $module::loss(x, y),)*
                }
            }

            /// Fills in the loss and its gradient at many points: the one compiled copy of every formula for lanes.
            #[inline]
            pub fn fill(&self, spots: &mut [Spot<Lanes>]) {
                match *self {
                    Self::Quadratic { condition } => fill(|x, y| quadratic::loss(condition, x, y), spots),
                    $(Self::$variant => fill($module::loss, spots),)*
                }
            }
        }
    };
}

catalogue! {
    sphere Sphere "sphere",
    booth Booth "booth",
    matyas Matyas "matyas",
    rosenbrock Rosenbrock "rosenbrock",
    beale Beale "beale",
    mccormick Mccormick "mccormick",
    goldstein_price GoldsteinPrice "goldstein-price",
    three_hump_camel ThreeHumpCamel "three-hump-camel",
    six_hump_camel SixHumpCamel "six-hump-camel",
    himmelblau Himmelblau "himmelblau",
    styblinski_tang StyblinskiTang "styblinski-tang",
    rastrigin Rastrigin "rastrigin",
    ackley Ackley "ackley",
    griewank Griewank "griewank",
    levy13 Levy13 "levy13",
    easom Easom "easom",
    bukin6 Bukin6 "bukin6",
    ravine Ravine "ravine",
    plateau Plateau "plateau",
    two_wells TwoWells "two-wells",
    saddle Saddle "saddle",
    monkey_saddle MonkeySaddle "monkey-saddle",
}

/// A point with the loss and its gradient there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot<R> {
    /// The point (x, y).
    pub point: [R; 2],
    /// The loss.
    pub loss: R,
    /// Its gradient.
    pub grad: [R; 2],
}

/// In a function of its own for each surface: browsers compile small functions better.
#[inline(never)]
fn fill(loss: impl Fn(Dual<Lanes>, Dual<Lanes>) -> Dual<Lanes>, spots: &mut [Spot<Lanes>]) {
    for spot in spots {
        let (x, y) = Dual::variables(spot.point[0], spot.point[1]);
        let loss = loss(x, y);
        (spot.loss, spot.grad) = (loss.value, [loss.dx, loss.dy]);
    }
}

/// The step of a difference of gradients, relative to the place: the cube root of the rounding error, for which
/// truncation and cancellation are alike. A power of two, so that nothing is lost in adding it.
const CURVATURE_STEP: f64 = 1.0 / 131_072.0;

impl Surface {
    /// The surface of that name, with the defaults of its parameters.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|surface| surface.facts().name == name)
    }

    /// The loss at a point, and its gradient by forward differentiation: exact to rounding.
    #[inline]
    pub fn loss_and_grad<R: Real>(&self, x: R, y: R) -> (R, [R; 2]) {
        let (x, y) = Dual::variables(x, y);
        let loss = self.loss(x, y);
        (loss.value, [loss.dx, loss.dy])
    }

    /// The loss and its gradient at a point: the one compiled copy of every formula for single numbers, which everything
    /// calls that does not compute many points at once. A second copy would cost each visitor ten kilobytes.
    #[inline]
    pub fn slope(&self, [x, y]: [f64; 2]) -> (f64, [f64; 2]) {
        self.slope_at(x, y)
    }

    /// Apart, so that the coordinates are passed in registers.
    #[inline(never)]
    fn slope_at(&self, x: f64, y: f64) -> (f64, [f64; 2]) {
        self.loss_and_grad(x, y)
    }

    /// The second derivatives at a point, [[xx, xy], [yx, yy]], by central differences of the exact gradient: to about
    /// nine digits where the third derivatives are moderate.
    pub fn curvature(&self, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
        let step = |at: f64| CURVATURE_STEP * at.abs().max(1.0);
        let (dx, dy) = (step(x), step(y));
        let difference = |(_, plus): (f64, [f64; 2]), (_, minus): (f64, [f64; 2]), step: f64| {
            [0, 1].map(|i| (plus[i] - minus[i]) / (2.0 * step))
        };
        let [xx, yx] = difference(self.slope([x + dx, y]), self.slope([x - dx, y]), dx);
        let [xy, yy] = difference(self.slope([x, y + dy]), self.slope([x, y - dy]), dy);
        let mixed = (xy + yx) / 2.0;
        [[xx, mixed], [mixed, yy]]
    }

    /// The loss at the known global minima; `None` where there are none.
    pub fn lowest(&self) -> Option<f64> {
        self.facts().minima.first().map(|&minimum| self.slope(minimum).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surfaces_are_documented_by_their_names() {
        let names: Vec<_> = Surface::ALL.iter().map(|surface| surface.facts().name).collect();
        assert_eq!(names, DOCUMENTED);
    }
}
