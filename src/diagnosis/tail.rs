//! How a path stands to a minimum: near it, settled in it, thrown out of it.

use super::flow::Minimum;
use super::region::distance;
use super::survey::Survey;

/// A run is there once it has lost all but this part of what there was to lose. On a bowl that is a hundredth of the way.
const LEFT_TO_LOSE: f64 = 1e-4;

/// The same under noise, which keeps a run from resting: the running mean of its losses is compared.
const LEFT_TO_LOSE_IN_NOISE: f64 = 1e-2;

/// And it is this near to the minimum, as a part of the diagonal: its marker covers the cross. Where a start is high up,
/// a valley can be low all along.
pub(crate) const CLOSE: f64 = 0.01;

/// The same under noise.
pub(crate) const CLOSE_IN_NOISE: f64 = 0.03;

/// Nearer than this part of the diagonal, which is less than half a pixel of a panel, it is there whatever the loss:
/// beside a kink, or from a start that was almost there, the loss alone would ask for more than can be seen.
const TOUCHING: f64 = 1e-3;

/// The fewest steps that a run has to stay: less may be one swing across.
pub(crate) const STAY: usize = 10;

/// The fewest steps of rest before what follows is a burst: more than a swing takes across the minimum.
const REST: usize = 20;

/// How much of what there was to lose comes back in a burst: a hundred times what counts as there.
const BURST: f64 = 1e-2;

/// The same under noise, which throws every run about: ten times what counts as there.
const BURST_IN_NOISE: f64 = 1e-1;

/// The part of its steps that a noisy run has to be there: it may be kicked out for a while.
const MOSTLY: f64 = 0.7;

/// How many steps a run that is run on has to stay to have arrived.
const ARRIVED: usize = 200;

/// What counts as being in a minimum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Zone {
    pub(super) minimum: Minimum,
    /// The loss below which a run is there.
    pub(super) below: f64,
    /// The loss above which it has been thrown out.
    burst: f64,
    close: f64,
    touching: f64,
    /// The part of the steps that have to be in it for a run to stay.
    stays: f64,
}

impl Zone {
    pub(super) fn new(survey: &Survey, minimum: Minimum, noisy: bool) -> Self {
        let to_lose = survey.to_lose(Some(minimum));
        let (part, close, burst) =
            if noisy { (LEFT_TO_LOSE_IN_NOISE, CLOSE_IN_NOISE, BURST_IN_NOISE) } else { (LEFT_TO_LOSE, CLOSE, BURST) };
        Self {
            minimum,
            below: minimum.loss + part * to_lose,
            burst: minimum.loss + burst * to_lose,
            stays: if noisy { MOSTLY } else { 1.0 },
            close: close * survey.own.diagonal(),
            // The mean of a noisy run touches what it hovers about.
            touching: if noisy { f64::NEG_INFINITY } else { TOUCHING * survey.own.diagonal() },
        }
    }

    pub(super) fn holds(&self, point: [f64; 2], loss: f64) -> bool {
        let away = distance(point, self.minimum.point);
        away <= self.touching || away <= self.close && loss <= self.below
    }
}

/// A path to look at: as it is, or under noise its running means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path<'a> {
    /// Never empty, and as long as the losses.
    pub(super) points: &'a [[f64; 2]],
    pub(super) losses: &'a [f64],
}

impl Path<'_> {
    pub(super) fn last(&self) -> usize {
        self.points.len() - 1
    }

    pub(super) fn end(&self) -> [f64; 2] {
        self.points[self.last()]
    }

    /// The first step from which on all of them do.
    pub(super) fn since(&self, mut holds: impl FnMut(usize) -> bool) -> Option<usize> {
        let stays = (0..=self.last()).rev().take_while(|&k| holds(k)).count();
        (stays > 0).then(|| self.points.len() - stays)
    }

    /// The first step from which on the path stays in the zone, long enough to say so.
    pub(super) fn settled(&self, zone: &Zone) -> Option<usize> {
        let (mut at, mut inside) = (None, 0);
        for k in (0..=self.last()).rev() {
            let there = zone.holds(self.points[k], self.losses[k]);
            inside += usize::from(there);
            let length = self.points.len() - k;
            if there && inside as f64 >= zone.stays * length as f64 {
                at = Some(k);
            } else if zone.stays == 1.0 {
                break;
            }
        }
        let at = at?;
        // A run that is too short to stay long has to come to rest.
        let stays = at == 0 || self.last() + 1 - at >= STAY || self.coasts(zone);
        stays.then_some(at)
    }

    /// Whether the path has been near the minimum, at whatever loss, as long as a rest in all.
    pub(super) fn visits(&self, zone: &Zone) -> bool {
        let near = |point: &&[f64; 2]| distance(**point, zone.minimum.point) <= zone.close;
        self.points.iter().filter(near).count() >= REST
    }

    /// Whether another update like the last one would stay in the zone.
    fn coasts(&self, zone: &Zone) -> bool {
        let [.., [x0, y0], [x1, y1]] = *self.points else { return true };
        distance([x1 + (x1 - x0), y1 + (y1 - y0)], zone.minimum.point) <= zone.touching
    }

    /// The last step that threw the path out of one of the zones after a rest there, and how much
    /// the loss has risen since.
    pub(super) fn burst(&self, zones: &[Zone]) -> Option<(usize, f64)> {
        let (mut rest, mut resting, mut found) = (0, None::<&Zone>, None);
        let mut thrown: Option<(usize, f64, &Zone)> = None;
        for (k, (&point, &loss)) in self.points.iter().zip(self.losses).enumerate() {
            let same = resting.filter(|zone| zone.holds(point, loss));
            if let Some(zone) = same.or_else(|| zones.iter().find(|zone| zone.holds(point, loss))) {
                rest = if same.is_some() { rest + 1 } else { 1 };
                (resting, thrown) = (Some(zone), None);
                continue;
            }
            if let Some(zone) = resting.take().filter(|_| rest >= REST) {
                thrown = Some((k, loss, zone));
            }
            if let Some((at, peak, zone)) = &mut thrown {
                *peak = peak.max(loss);
                if *peak > zone.burst {
                    found = Some((*at, *peak - zone.minimum.loss));
                }
            }
        }
        found
    }

    /// The first step at which the path comes to stay in the zone, whatever it does long after.
    pub(super) fn arrival(&self, zone: &Zone) -> Option<usize> {
        let mut stays = 0;
        for (k, (&point, &loss)) in self.points.iter().zip(self.losses).enumerate() {
            stays = if zone.holds(point, loss) { stays + 1 } else { 0 };
            if stays == ARRIVED {
                return Some(k + 1 - stays);
            }
        }
        self.settled(zone)
    }
}
