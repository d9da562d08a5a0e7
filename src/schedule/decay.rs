//! Rates that fall as a power: of a factor, of what is left of the run, of the step.

/// gamma^n.
pub(super) fn exponential(gamma: f64, n: usize) -> f64 {
    libm::pow(gamma, n as f64)
}

/// (1 - t / steps)^power, held from t = steps on.
pub(super) fn polynomial(power: f64, t: usize, steps: usize) -> f64 {
    libm::pow(1.0 - t.min(steps) as f64 / steps as f64, power)
}

/// 1 until t = w, then sqrt(w / (t + 1)).
pub(super) fn inverse_sqrt(w: usize, t: usize) -> f64 {
    if t < w { 1.0 } else { (w as f64 / (t + 1) as f64).sqrt() }
}
