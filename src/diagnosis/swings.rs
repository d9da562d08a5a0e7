//! Swings: how often, how widely and how regularly a path turns back.

/// How far a coordinate has to come back before it has turned, as a part of its whole range: less is a wobble.
const TURN: f64 = 0.05;

/// The fewest turns that make an oscillation: two whole periods. Any curved path turns once or twice.
const FEWEST_TURNS: usize = 4;

/// The fewest turns that make a cycle: fewer cannot tell it from swings that die away slowly.
const FEWEST_OF_A_CYCLE: usize = 8;

/// Late swings of at least this part of the early ones do not die away.
const STEADY: f64 = 0.9;

/// Swings that differ from their mean by less than this part of it, on average, repeat one cycle.
const REGULAR: f64 = 0.25;

/// An oscillation of one coordinate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Swings {
    /// How many times it turned back.
    pub(super) turns: usize,
    /// Steps from a turn to the next but one.
    pub(super) period: f64,
    /// Half of the last swings' width.
    pub(super) amplitude: f64,
    /// Steps since the last turn.
    pub(super) since: usize,
    /// Whether it repeats one cycle, no narrower than it was.
    pub(super) cycle: bool,
}

/// The turns of a coordinate along a path: where it was when it turned, by index; the start and the end are none.
fn turns(values: &[f64]) -> Vec<(usize, f64)> {
    let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), &v| (l.min(v), h.max(v)));
    let back = TURN * (high - low);
    let mut turns = Vec::new();
    let Some(&first) = values.first() else { return turns };
    // The lowest and the highest value since the last turn; before the first one either may become a turn.
    let (mut bottom, mut top) = ((0, first), (0, first));
    let mut rising = None;
    for (i, &value) in values.iter().enumerate() {
        if value < bottom.1 {
            bottom = (i, value);
        }
        if value > top.1 {
            top = (i, value);
        }
        if rising != Some(false) && top.1 - value > back {
            if rising.is_some() {
                turns.push(top);
            }
            (rising, bottom) = (Some(false), (i, value));
        } else if rising != Some(true) && value - bottom.1 > back {
            if rising.is_some() {
                turns.push(bottom);
            }
            (rising, top) = (Some(true), (i, value));
        }
    }
    turns
}

/// The oscillation of a coordinate, if it is one.
pub(super) fn swings(values: &[f64]) -> Option<Swings> {
    let turns = turns(values);
    let (&(first, _), &(last, _)) = (turns.first()?, turns.last()?);
    if turns.len() < FEWEST_TURNS {
        return None;
    }
    let widths: Vec<f64> = turns.windows(2).map(|pair| (pair[1].1 - pair[0].1).abs()).collect();
    let mean = |widths: &[f64]| widths.iter().sum::<f64>() / widths.len() as f64;
    let (early, late) = widths.split_at(widths.len() / 2);
    let whole = mean(&widths);
    let spread = widths.iter().map(|width| (width - whole).abs()).sum::<f64>() / (widths.len() as f64 * whole);
    let trend = mean(late) / mean(early);
    Some(Swings {
        turns: turns.len(),
        period: 2.0 * (last - first) as f64 / widths.len() as f64,
        since: values.len() - 1 - last,
        amplitude: mean(&widths[widths.len().saturating_sub(FEWEST_TURNS)..]) / 2.0,
        cycle: turns.len() >= FEWEST_OF_A_CYCLE && spread < REGULAR && (STEADY..=1.0 / STEADY).contains(&trend),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(count: usize, shrink: f64) -> Vec<f64> {
        let mut size = 1.0;
        (0..count)
            .map(|i| {
                size *= shrink;
                if i % 10 < 5 { size } else { -size }
            })
            .collect()
    }

    #[test]
    fn a_wave_has_its_period_and_amplitude() {
        let swings = swings(&wave(100, 1.0)).expect("it swings");
        assert_eq!((swings.turns, swings.period, swings.amplitude, swings.cycle), (18, 10.0, 1.0, true));
    }

    #[test]
    fn a_wave_that_dies_away_is_no_cycle() {
        assert_eq!(swings(&wave(100, 0.99)).map(|swings| swings.cycle), Some(false));
    }

    #[test]
    fn a_curve_that_turns_thrice_is_no_oscillation_and_one_that_turns_four_times_is() {
        assert_eq!(swings(&[0.0, 1.0, 0.0, 1.0, 0.0]), None);
        assert_eq!(swings(&[0.0, 1.0, 0.0, 1.0, 0.0, 1.0]).map(|swings| swings.turns), Some(4));
    }

    #[test]
    fn a_wobble_is_no_turn() {
        let path = |back: f64| [0.0, 10.0, 10.0 - back, 20.0];
        assert_eq!((turns(&path(0.9)).len(), turns(&path(1.1)).len()), (0, 2));
        assert_eq!((turns(&[]).len(), turns(&[1.0]).len(), turns(&[1.0, 1.0]).len()), (0, 0, 0));
    }
}
