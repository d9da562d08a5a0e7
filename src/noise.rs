//! Noise in the gradient: seeded, and the same on every machine.

use std::f64::consts::TAU;

use crate::real::Real;

/// What makes a gradient stochastic. Update t sees, in each coordinate,
///
/// ```text
/// 0                               with probability sparsity, else
/// grad + deviation * normal
/// ```
///
/// so a coordinate that is left out has no gradient at all at that step, as an embedding whose word is not in the batch.
///
/// A draw depends on the seed, the step and the coordinate and on nothing else: runs at different rates, by different
/// optimizers or under different schedules see the same draws, and any step can be drawn again. Update t takes the
/// outputs 4t to 4t + 3, counted from 0, of SplitMix64 seeded with `seed`: two for the normals of x and y, one each for
/// whether x and y are zeroed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noise {
    /// Standard deviation of the Gaussian noise added to each coordinate, at least 0.
    pub deviation: f64,
    /// Probability that a coordinate is zero at a step, in [0, 1).
    pub sparsity: f64,
    /// The seed of all draws.
    pub seed: u64,
}

impl Noise {
    /// The exact gradient.
    pub const NONE: Self = Self { deviation: 0.0, sparsity: 0.0, seed: 0 };

    /// Whether it leaves every gradient as it is.
    #[inline]
    pub fn is_none(&self) -> bool {
        self.deviation == 0.0 && self.sparsity == 0.0
    }

    /// The gradient that update `t`, counted from 0, sees in place of the exact one.
    #[inline]
    pub fn applied(&self, t: usize, grad: [f64; 2]) -> [f64; 2] {
        if self.is_none() { grad } else { self.draw(t).applied(grad) }
    }

    /// What it does to any gradient at update `t`, counted from 0.
    // Apart, so that an exact gradient costs a loop nothing.
    #[inline(never)]
    pub fn draw(&self, t: usize) -> Draw {
        let uniform = |slot: u64| uniform(self.seed, 4 * t as u64 + slot);
        let added =
            (self.deviation > 0.0).then(|| normals(uniform(0), uniform(1)).map(|normal| self.deviation * normal));
        Draw { added, kept: [2, 3].map(|slot| uniform(slot) >= self.sparsity) }
    }
}

/// What noise does to the gradient at one step, whatever the gradient is: runs that are computed together share it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draw {
    /// What is added along x and y; `None` where there is no Gaussian noise.
    pub added: Option<[f64; 2]>,
    /// Whether x and y are kept; what is not is 0.
    pub kept: [bool; 2],
}

impl Draw {
    /// The gradient that an update sees in place of the exact one.
    #[inline]
    pub fn applied<R: Real>(&self, [x, y]: [R; 2]) -> [R; 2] {
        let [x, y] = self.added.map_or([x, y], |[of_x, of_y]| [x + of_x, y + of_y]);
        let kept = |kept: bool, value: R| if kept { value } else { R::constant(0.0) };
        [kept(self.kept[0], x), kept(self.kept[1], y)]
    }
}

/// Draw `n` of a seed, uniform in [0, 1), whatever it is for.
pub(crate) fn uniform(seed: u64, n: u64) -> f64 {
    unit(splitmix64(seed, n))
}

/// Output `n`, counted from 0, of SplitMix64 seeded with `seed`. Steele, Lea & Flood (2014), Fast splittable
/// pseudorandom number generators, OOPSLA; as in Java's `SplittableRandom`. Its state only counts in steps of the golden
/// gamma, so any output comes at once.
fn splitmix64(seed: u64, n: u64) -> u64 {
    const GOLDEN_GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
    let z = seed.wrapping_add(GOLDEN_GAMMA.wrapping_mul(n.wrapping_add(1)));
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The upper 53 bits as a multiple of 2^-53 in [0, 1).
fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// Two independent standard normals of two independent uniforms in [0, 1). Box & Muller (1958), with 1 - u for the
/// radius, which is never 0; so no normal exceeds sqrt(106 ln 2) = 8.57.
fn normals(u: f64, v: f64) -> [f64; 2] {
    let radius = (-2.0 * libm::log(1.0 - u)).sqrt();
    let (sin, cos) = Real::sin_cos(TAU * v);
    [radius * cos, radius * sin]
}

#[cfg(test)]
mod tests {
    use super::splitmix64;

    #[test]
    fn the_generator_is_splitmix64() {
        // The first outputs that the test `reference` of rand_xoshiro and Rosetta Code publish, from Vigna's splitmix64.c.
        let published: [(u64, [u64; 5]); 2] = [
            (
                1_477_776_061_723_855_037,
                [
                    1_985_237_415_132_408_290,
                    2_979_275_885_539_914_483,
                    13_511_426_838_097_143_398,
                    8_488_337_342_461_049_707,
                    15_141_737_807_933_549_159,
                ],
            ),
            (
                1_234_567,
                [
                    6_457_827_717_110_365_317,
                    3_203_168_211_198_807_973,
                    9_817_491_932_198_370_423,
                    4_593_380_528_125_082_431,
                    16_408_922_859_458_223_821,
                ],
            ),
        ];
        for (seed, outputs) in published {
            assert_eq!([0, 1, 2, 3, 4].map(|n| splitmix64(seed, n)), outputs);
        }
    }
}
