//! Whole numbers of any size, for the exact parts of reading and printing.

use std::cmp::Ordering;
use std::iter::repeat_n;

/// A whole number, least significant part first, the last part not zero.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Big(Vec<u32>);

impl From<u64> for Big {
    fn from(value: u64) -> Self {
        Self(vec![value as u32, (value >> 32) as u32]).trimmed()
    }
}

impl Big {
    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    /// Becomes self x factor + more.
    pub(super) fn times(&mut self, factor: u32, more: u32) {
        let mut carry = u64::from(more);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    pub(super) fn times_power(&mut self, base: u32, exponent: u64) {
        (0..exponent).for_each(|_| self.times(base, 0));
    }

    pub(super) fn times_two_to(&mut self, exponent: u64) {
        self.times(1 << (exponent % 32), 0);
        if !self.0.is_empty() {
            self.0.splice(0..0, repeat_n(0, (exponent / 32) as usize));
        }
    }

    /// self + factor x other, the factor 1 or -1; never below zero.
    pub(super) fn plus(&self, factor: i64, other: &Self) -> Self {
        let mut carry = 0_i64;
        let length = self.0.len().max(other.0.len()) + 1;
        let part = |big: &Self, i: usize| i64::from(big.0.get(i).copied().unwrap_or(0));
        let parts = (0..length).map(|i| {
            carry += part(self, i) + factor * part(other, i);
            let part = carry as u32;
            carry >>= 32;
            part
        });
        Self(parts.collect()).trimmed()
    }
}

impl PartialOrd for Big {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Big {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

/// A finite number, not negative, as mantissa x 2^power.
pub(super) fn parts(value: f64) -> (u64, i64) {
    let bits = value.to_bits();
    let (biased, fraction) = ((bits >> 52) as i64, bits & ((1 << 52) - 1));
    if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) }
}
