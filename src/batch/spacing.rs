//! Values at even distances, such as the columns and rows of a map.

use crate::number::scientific;

/// What it is that is even about the distances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Each value is as much larger than the one before it.
    Linear,
    /// Each value is as many times the one before it.
    Log,
    /// What is left to 1 is logarithmic, as the memory of a decay rate is 1 / (1 - beta): 0, 0.9, 0.99, 0.999.
    LogToOne,
}

/// Values from one end to the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spacing {
    /// What is even.
    pub scale: Scale,
    /// The first value.
    pub from: f64,
    /// The last value.
    pub to: f64,
    /// How many there are, at least 2.
    pub count: usize,
}

/// The part of the way to its neighbours by which a value may be moved to make it short. No cell of a map shows the
/// difference.
const SLACK: f64 = 0.1;

impl Spacing {
    /// Value `i`: both ends exactly, and between them a number near the even one that is short to write, as a map's cell
    /// opens as a config.
    pub fn value(&self, i: usize) -> f64 {
        match i {
            0 => return self.from,
            _ if i + 1 == self.count => return self.to,
            _ => {}
        }
        let even = self.even(i as f64);
        // Rounding moves a value by half a unit of its last digit.
        let room = 2.0 * SLACK * (self.even(i as f64 + 0.5) - self.even(i as f64 - 0.5)).abs();
        let digit = libm::log10(room).floor();
        scientific((even / libm::pow(10.0, digit)).round(), digit as i32)
    }

    /// All values.
    pub fn values(&self) -> Vec<f64> {
        (0..self.count).map(|i| self.value(i)).collect()
    }

    fn even(&self, i: f64) -> f64 {
        let part = i / (self.count - 1) as f64;
        let log = |from: f64, to: f64| {
            let (a, b) = (libm::log10(from), libm::log10(to));
            libm::pow(10.0, a + (b - a) * part)
        };
        match self.scale {
            Scale::Linear => self.from + (self.to - self.from) * part,
            Scale::Log => log(self.from, self.to),
            Scale::LogToOne => 1.0 - log(1.0 - self.from, 1.0 - self.to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::shortest;

    #[test]
    fn values_are_short_between_exact_ends() {
        let texts = |scale, from, to, count| {
            let values = Spacing { scale, from, to, count }.values();
            values.into_iter().map(shortest).collect::<Vec<_>>()
        };
        assert_eq!(texts(Scale::Log, 1e-5, 1e-3, 5), ["0.00001", "0.000032", "0.0001", "0.00032", "0.001"]);
        assert_eq!(texts(Scale::LogToOne, 0.0, 0.999, 4), ["0", "0.9", "0.99", "0.999"]);
        assert_eq!(texts(Scale::Linear, -1.0, 2.0, 4), ["-1", "0", "1", "2"]);
        assert_eq!(texts(Scale::Linear, 0.123456789, 2.0, 3), ["0.123456789", "1.1", "2"]);
    }

    #[test]
    fn values_rise_and_keep_close_to_even_ones() {
        for scale in [Scale::Linear, Scale::Log, Scale::LogToOne] {
            for (from, to) in [(0.1, 0.9), (1e-6, 0.9999), (0.5, 0.501)] {
                let spacing = Spacing { scale, from, to, count: 512 };
                let values = spacing.values();
                assert!(values.windows(2).all(|pair| pair[0] < pair[1]), "{spacing:?}");
                for (i, value) in values.iter().enumerate() {
                    let next = spacing.even(i as f64 + 0.5) - spacing.even(i as f64 - 0.5);
                    let off = (value - spacing.even(i as f64)).abs();
                    assert!(off <= SLACK * next * 1.001, "{spacing:?}: {value}");
                }
            }
        }
    }
}
