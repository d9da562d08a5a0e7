//! Rates that fall as a power: of a factor, of what is left of the run, of the step.

/// lr * gamma^n.
pub(super) fn exponential(lr: f64, gamma: f64, n: usize) -> f64 {
    lr * libm::pow(gamma, n as f64)
}

/// lr * (1 - t / steps)^power, held from t = steps on.
pub(super) fn polynomial(lr: f64, power: f64, t: usize, steps: usize) -> f64 {
    lr * libm::pow(1.0 - t.min(steps) as f64 / steps as f64, power)
}

/// lr until t = w, then lr * sqrt(w / (t + 1)).
pub(super) fn inverse_sqrt(lr: f64, w: usize, t: usize) -> f64 {
    if t < w { lr } else { lr * (w as f64 / (t + 1) as f64).sqrt() }
}
