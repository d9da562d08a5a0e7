//! Every step of every run as text.

use std::fmt::{self, Write};
use std::iter;

use crate::config::Config;
use crate::number::shortest;
use crate::optimizer::Anatomy;

impl Config {
    /// Writes every step of every run as CSV: `run,step,lr,x,y,loss`, then what the update that led there was made of,
    /// along x and along y. Those are empty at step 0, and where the optimizer does not have such a thing. Lines end in LF.
    ///
    /// # Errors
    /// Where `out` fails.
    pub fn write_trace(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str("run,step,lr,x,y,loss")?;
        for part in Anatomy::PARTS {
            write!(out, ",{part}_x,{part}_y")?;
        }
        out.write_char('\n')?;
        for (number, run) in self.runs().iter().enumerate() {
            let trajectory = self.descend(run);
            let updates = self.anatomy(run, &trajectory, 1..=trajectory.last());
            let updates = iter::once(None).chain(updates.into_iter().map(Some));
            let mut rate = (f64::NAN, String::new());
            for (k, update) in updates.enumerate() {
                let step = trajectory.step(k);
                // A rate is the same for many steps.
                if let Some(lr) = step.lr.filter(|lr| *lr != rate.0) {
                    rate = (lr, shortest(lr));
                }
                write!(out, "{number},{k},{}", rate.1)?;
                let [along_x, along_y] = update.map_or([[None; 7]; 2], |update| update.map(|along| along.parts()));
                let parts = along_x.into_iter().zip(along_y).flat_map(|(x, y)| [x, y]);
                for value in [step.x, step.y, step.loss].map(Some).into_iter().chain(parts) {
                    out.write_char(',')?;
                    value.map_or(Ok(()), |value| write_number(value, out))?;
                }
                out.write_char('\n')?;
            }
        }
        Ok(())
    }
}

/// Writes a number as [`shortest`] has it, in a third of the time where the standard formatter has it the same. A page
/// has only the one.
fn write_number(value: f64, out: &mut dyn Write) -> fmt::Result {
    if cfg!(not(target_arch = "wasm32")) && (1e-6..1e21).contains(&value.abs()) {
        write!(out, "{value}")
    } else {
        out.write_str(&shortest(value))
    }
}
