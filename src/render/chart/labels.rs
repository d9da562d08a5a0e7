//! The labels at the ends of lines, pushed apart.

use super::Chart;
use crate::number::between;
use crate::render::frame::Frame;
use crate::trajectory::Trajectory;

/// What stands at the end of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The words.
    pub text: String,
    /// The middle of their left edge, in CSS pixels.
    pub place: [f64; 2],
    /// The run whose hue they have; ink where they are a limit's.
    pub run: Option<usize>,
}

/// The space between the end of a line and its label.
pub(super) const BESIDE: f64 = 8.0;

impl Chart {
    /// The labels at the right edge of a frame, at the heights at which the curves end, at least `height` apart. A curve
    /// that ends outside the scale, or has no step, is labelled at the edge or not at all.
    pub fn labels(&self, trajectories: &[Trajectory], frame: &Frame, height: f64) -> Vec<Label> {
        let (mut labels, mut tops) = (Vec::new(), Vec::new());
        for curve in self.curves.iter().filter(|curve| curve.first <= curve.last) {
            let value = self.scale.measure(curve.value(&trajectories[curve.run], curve.last));
            let [_, top] = frame.place([curve.last as f64, between(value, self.scale.low, self.scale.high)]);
            let run = (!curve.is_limit()).then_some(curve.run);
            labels.push(Label { text: curve.label.clone(), place: [frame.left + frame.width + BESIDE, top], run });
            tops.push(top);
        }
        let tops = apart(&tops, height, [frame.top, frame.top + frame.height]);
        labels.iter_mut().zip(tops).for_each(|(label, top)| label.place[1] = top);
        labels
    }
}

/// The places moved as little as possible so that they are `gap` apart and within the range, in their order; where they
/// have no room in it they are evenly spread over it. An isotonic regression of what each would leave to the first one,
/// by pooling neighbours that are out of order: R. E. Barlow et al. (1972), Statistical inference under order restrictions.
pub(in crate::render) fn apart(places: &[f64], gap: f64, [low, high]: [f64; 2]) -> Vec<f64> {
    // By insertion: there are few of them, and a general sort is four kilobytes to download.
    let mut order: Vec<usize> = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let before = order.iter().take_while(|&&other| places[other] <= *place).count();
        order.insert(before, index);
    }
    let gap = gap.min((high - low) / (places.len().max(2) - 1) as f64);
    // Pools: the mean of what their places leave to the first one, and how many they are.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (rank, &index) in order.iter().enumerate() {
        pools.push((places[index] - gap * rank as f64, 1));
        while let [.., (before, count), (mean, more)] = pools.as_mut_slice()
            && *mean < *before
        {
            *before = (*before * *count as f64 + *mean * *more as f64) / (*count + *more) as f64;
            *count += *more;
            pools.pop();
        }
    }
    let highest = high - gap * places.len().saturating_sub(1) as f64;
    let firsts = pools.into_iter().flat_map(|(mean, count)| std::iter::repeat_n(mean.min(highest).max(low), count));
    let mut moved = vec![0.0; places.len()];
    for (rank, (index, first)) in order.into_iter().zip(firsts).enumerate() {
        moved[index] = first + gap * rank as f64;
    }
    moved
}

// Native only: proptest does not build for wasm32.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::apart;
    use proptest::prelude::*;

    #[test]
    fn places_that_are_apart_stay_and_those_that_meet_share_the_way() {
        assert_eq!(apart(&[10.0, 40.0], 14.0, [0.0, 100.0]), [10.0, 40.0]);
        assert_eq!(apart(&[40.0, 40.0], 14.0, [0.0, 100.0]), [33.0, 47.0]);
        assert_eq!(apart(&[99.0, 98.0], 14.0, [0.0, 100.0]), [100.0, 86.0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn labels_never_meet_and_never_leave(places in prop::collection::vec(0.0..100.0_f64, 1..13)) {
            let moved = apart(&places, 14.0, [0.0, 100.0]);
            let mut sorted = moved.clone();
            sorted.sort_by(f64::total_cmp);
            let gap = 14.0_f64.min(100.0 / (places.len().max(2) - 1) as f64);
            prop_assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= gap - 1e-9), "{moved:?}");
            prop_assert!(sorted.iter().all(|place| (-1e-9..=100.0 + 1e-9).contains(place)), "{moved:?}");
        }
    }
}
