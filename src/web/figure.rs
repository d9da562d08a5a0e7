//! One figure: a config with its runs.

use std::cell::{OnceCell, RefCell};

use plotters::style::RGBColor;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::plot::{Plot, css, painted};
use super::thrown;
use crate::config::{Config, Draft, Key, Run};
use crate::diagnosis::{Diagnosis, Verdict};
use crate::number::{fixed, short, shortest};
use crate::render::{
    Frame, LivePath, Map, Marker, PathLabel, Theme, Thinned, decimals, dot_spacing, extent, path_labels,
};
use crate::trajectory::Trajectory;

/// What an element shows: the words it was given, and the last config that they made.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Figure {
    words: Draft,
    shown: Option<Shown>,
    /// Whether it is drawn for a projector, light or dark.
    #[cfg(feature = "explorer")]
    projected: bool,
}

/// A config, run. There is always at least one run.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) config: Config,
    pub(super) runs: Vec<Run>,
    pub(super) trajectories: Vec<Trajectory>,
    /// A diagnosis a run, made when it is asked for; extrapolated until `settle` has run on those that are on their way.
    diagnoses: OnceCell<Vec<Diagnosis>>,
    map: Map,
    /// Counts the maps of this figure, so that a static layer is drawn only when its map is another one.
    map_number: u32,
    raster: Option<Painted>,
    /// What is drawn of each trajectory, once it has been.
    thinned: RefCell<Vec<Option<Thinned>>>,
}

/// A raster on its canvas, and what it was painted for: its size, and the theme, which the paper tells.
#[derive(Debug)]
struct Painted {
    size: (usize, usize),
    paper: RGBColor,
    canvas: HtmlCanvasElement,
}

impl Shown {
    /// Runs a config; the map of `before` serves again where surface and domain are the same.
    fn new(config: Config, before: Option<Self>) -> Self {
        let runs = config.runs();
        let trajectories: Vec<_> = runs.iter().map(|run| config.descend(run)).collect();
        let same =
            |shown: &Self| shown.config.surface() == config.surface() && shown.config.domain() == config.domain();
        let (map, map_number, raster) = match before {
            Some(before) if same(&before) => (before.map, before.map_number, before.raster),
            before => {
                let number = before.map_or(0, |before| before.map_number + 1);
                (Map::new(config.surface(), &config.domain()), number, None)
            }
        };
        let thinned = RefCell::new(vec![None; runs.len()]);
        Self { config, runs, trajectories, diagnoses: OnceCell::new(), map, map_number, raster, thinned }
    }
}

impl Shown {
    /// The path of a run on a frame. What is worth drawing of it is found once for each scale.
    #[inline(never)]
    fn live<'a>(&self, run: usize, step: usize, frame: &'a Frame, theme: &'a Theme) -> LivePath<'a> {
        let trajectory = &self.trajectories[run];
        let kept = &mut self.thinned.borrow_mut()[run];
        let fits = |thinned: &Thinned| thinned.fits(frame, dot_spacing(theme));
        let thinned = kept.take().filter(fits);
        let thinned = thinned.unwrap_or_else(|| Thinned::new(trajectory.points(), frame, dot_spacing(theme)));
        LivePath::new(trajectory, kept.insert(thinned), step, run, frame, theme)
    }

    fn live_all<'a>(&self, step: usize, frame: &'a Frame, theme: &'a Theme) -> Vec<LivePath<'a>> {
        (0..self.runs.len()).map(|run| self.live(run, step, frame, theme)).collect()
    }
}

impl Figure {
    pub(super) fn theme(&self, dark: bool) -> &'static Theme {
        #[cfg(feature = "explorer")]
        if self.projected {
            return &Theme::PROJECTOR;
        }
        if dark { &Theme::DARK } else { &Theme::LIGHT }
    }

    #[inline(never)]
    pub(super) fn shown(&self) -> Result<&Shown, JsError> {
        self.shown.as_ref().ok_or_else(|| JsError::new("nothing is shown yet"))
    }

    #[inline(never)]
    pub(super) fn trajectory(&self, run: usize) -> Result<&Trajectory, JsError> {
        let shown = self.shown()?;
        shown.trajectories.get(run).ok_or_else(|| JsError::new("there is no such run"))
    }

    fn show(&mut self, config: Config) {
        self.shown = Some(Shown::new(config, self.shown.take()));
    }

    /// Shows a config and takes its words for those given.
    pub(super) fn adopt(&mut self, config: Config) {
        self.words = config.draft();
        self.show(config);
    }
}

#[wasm_bindgen]
impl Figure {
    /// A figure that was given no words yet and shows nothing.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self {
            words: Draft::default(),
            shown: None,
            #[cfg(feature = "explorer")]
            projected: false,
        }
    }

    /// Replaces all words by those of a query. Throws where they cannot be told apart.
    pub fn read(&mut self, query: &str) -> Result<(), JsError> {
        self.words = Draft::read(query).map_err(thrown)?;
        Ok(())
    }

    /// Writes the words of one key; `undefined` takes it back to its default.
    pub fn write(&mut self, key: &str, words: Option<String>) -> Result<(), JsError> {
        match words {
            Some(words) => self.words.set(key, &words),
            None => self.words.unset(key),
        }
        .map_err(thrown)
    }

    /// Whether words were given for a key.
    pub fn names(&self, key: &str) -> bool {
        Key::by_name(key).is_some_and(|key| self.words.get(key).is_some())
    }

    /// Checks the words and runs what they say. Throws where they are wrong; what was shown stays.
    pub fn apply(&mut self) -> Result<(), JsError> {
        let config = self.words.check().map_err(thrown)?;
        self.show(config);
        Ok(())
    }

    /// Replaces everything by the config that a query says, or throws and changes nothing.
    pub fn replace(&mut self, query: &str) -> Result<(), JsError> {
        let config: Config = query.parse().map_err(thrown)?;
        self.adopt(config);
        Ok(())
    }

    /// Changes one key of what is shown as a hand on a control means it, dropping keys that nothing uses any more.
    /// Throws where the words are wrong and changes nothing.
    pub fn change(&mut self, key: &str, words: &str) -> Result<(), JsError> {
        let config = self.shown()?.config.with(key, words).map_err(thrown)?;
        self.adopt(config);
        Ok(())
    }

    /// The canonical text of what is shown.
    pub fn text(&self) -> Result<String, JsError> {
        Ok(self.shown()?.config.to_string())
    }

    /// The value in force for a key, given or default; empty where nothing uses it.
    pub fn value(&self, key: &str) -> Result<String, JsError> {
        let key = Key::by_name(key).ok_or_else(|| JsError::new("there is no such key"))?;
        Ok(self.shown()?.config.text(key))
    }

    /// How many runs there are.
    pub fn runs(&self) -> Result<usize, JsError> {
        Ok(self.shown()?.runs.len())
    }

    /// How many steps the clock has.
    pub fn steps(&self) -> Result<usize, JsError> {
        Ok(self.shown()?.config.steps())
    }

    /// The step to show first, where the config says one.
    pub fn step(&self) -> Result<Option<usize>, JsError> {
        Ok(self.shown()?.config.step())
    }

    /// The words for a run: label, optimizer, schedule, rate as text that reads back.
    pub fn words(&self, run: usize) -> Result<Vec<String>, JsError> {
        let Run { label, optimizer, schedule, lr } = self.run(run)?;
        Ok(vec![label.clone(), optimizer.name().into(), schedule.name().into(), shortest(*lr)])
    }

    /// The points of a run: x0, y0, x1, y1, ...
    pub fn path(&self, run: usize) -> Result<Vec<f64>, JsError> {
        Ok(self.trajectory(run)?.points().as_flattened().to_vec())
    }

    /// A run's loss at a step, for reading at a glance, and its position, to the digits that the plot tells apart.
    pub fn reading(&self, run: usize, step: usize) -> Result<Vec<String>, JsError> {
        let domain = self.shown()?.config.domain();
        let step = self.trajectory(run)?.step(step);
        let x = fixed(step.x, decimals(domain.x1 - domain.x0));
        let y = fixed(step.y, decimals(domain.y1 - domain.y0));
        Ok(vec![short(step.loss), format!("({x}, {y})")])
    }

    /// Runs on those runs that are on their way, to say when they get there. What was extrapolated until then is cheap
    /// enough for every frame of a drag; this is not.
    pub fn settle(&mut self) -> Result<(), JsError> {
        let shown = self.shown.as_mut().ok_or_else(|| JsError::new("nothing is shown yet"))?;
        let runs = shown.runs.iter().zip(&shown.trajectories);
        let diagnoses: Vec<_> = runs.map(|(run, trajectory)| shown.config.diagnose(run, trajectory)).collect();
        shown.diagnoses = diagnoses.into();
        Ok(())
    }

    /// What is said of a run: verdict (a word such as `left-frame`), rating (`too low`, `about right`, `too high`),
    /// reason (a few words), evidence (a number that shows it), all of it in one sentence, and the step at which the run
    /// converged, empty where it did not.
    pub fn judgement(&self, run: usize) -> Result<Vec<String>, JsError> {
        let Diagnosis { verdict, rating, reason, evidence, message } = self.diagnosis(run)?;
        let converged = match verdict {
            Verdict::Converged { at } => at.to_string(),
            _ => String::new(),
        };
        let [verdict, rating] = [verdict.name(), rating.words()].map(String::from);
        Ok(vec![verdict, rating, reason.clone(), evidence.clone(), message.clone(), converged])
    }

    /// Whether a key has a say in what is shown, so that a page should offer it.
    pub fn offers(&self, key: &str) -> Result<bool, JsError> {
        let key = Key::by_name(key).ok_or_else(|| JsError::new("there is no such key"))?;
        Ok(!self.shown()?.config.text(key).is_empty())
    }

    /// Which of the maps that this figure has had is shown: the static layers change when this does.
    #[wasm_bindgen(js_name = mapNumber)]
    pub fn map_number(&self) -> Result<u32, JsError> {
        Ok(self.shown()?.map_number)
    }

    /// The labels between the bands of the key, from low to high loss; empty where there is none.
    #[wasm_bindgen(js_name = scaleLabels)]
    pub fn scale_labels(&self) -> Result<Vec<String>, JsError> {
        Ok(self.shown()?.map.bands().labels().map(|label| label.unwrap_or_default().to_owned()).collect())
    }

    /// The colours of the bands, from low to high loss.
    #[wasm_bindgen(js_name = scaleColors)]
    pub fn scale_colors(&self, dark: bool) -> Result<Vec<String>, JsError> {
        let bands = self.theme(dark).bands(self.shown()?.map.bands().count());
        Ok(bands.into_iter().map(css).collect())
    }

    /// What the caption says: the runs, the scale of the shade, what is plotted.
    pub fn caption(&self) -> Result<Vec<String>, JsError> {
        let Shown { config, map, .. } = self.shown()?;
        Ok(vec![config.summary(), map.bands().caption(), extent(&config.domain())])
    }

    /// Whether everything is drawn for a projector from now on: black on white and thicker, light or dark. What was
    /// drawn has to be drawn again.
    #[cfg(feature = "explorer")]
    pub fn project(&mut self, projected: bool) {
        self.projected = projected;
    }

    /// Draws the static layer of a panel.
    #[wasm_bindgen(js_name = drawSurface)]
    pub fn draw_surface(&mut self, plot: &Plot, dark: bool) -> Result<(), JsError> {
        let theme = self.theme(dark);
        let shown = self.shown.as_mut().ok_or_else(|| JsError::new("nothing is shown yet"))?;
        let size = plot.frame(*shown.map.domain()).device_size();
        let fits = |painted: &Painted| painted.size == size && painted.paper == theme.paper;
        let raster = match shown.raster.take().filter(fits) {
            Some(raster) => raster,
            None => {
                let canvas = painted(&shown.map.raster(size.0, size.1), &shown.map, theme)?;
                Painted { size, paper: theme.paper, canvas }
            }
        };
        let raster = shown.raster.insert(raster);
        plot.draw_surface(shown.config.surface(), &shown.map, &raster.canvas, theme)
    }

    /// Draws the live layer of a panel: the path of a run up to a step.
    #[wasm_bindgen(js_name = drawPath)]
    pub fn draw_path(&self, plot: &Plot, run: usize, step: usize, dark: bool) -> Result<(), JsError> {
        self.trajectory(run)?;
        let (shown, theme) = (self.shown()?, self.theme(dark));
        plot.draw_path(&shown.live(run, step, &plot.frame(shown.config.domain()), theme))
    }

    /// Draws the live layer of a plot that all runs share: their paths up to a step, dashed instead of dotted.
    #[wasm_bindgen(js_name = drawOverlay)]
    pub fn draw_overlay(&self, plot: &Plot, step: usize, dark: bool) -> Result<(), JsError> {
        let (shown, theme) = (self.shown()?, self.theme(dark));
        let frame = plot.frame(shown.config.domain());
        plot.draw_paths(&shown.live_all(step, &frame, theme))
    }

    /// The labels at the ends of the paths on such a plot, in letters `size` CSS pixels high: for each the run, the middle
    /// of the edge next to the path, in CSS pixels from the canvas's corner, and 1 where it stands on the left of that, 0
    /// where on the right: run, left, top, side, run, ... No label is where there is no room.
    #[wasm_bindgen(js_name = overlayLabels)]
    pub fn overlay_labels(&self, plot: &Plot, step: usize, size: f64, dark: bool) -> Result<Vec<f64>, JsError> {
        let (shown, theme) = (self.shown()?, self.theme(dark));
        let frame = plot.frame(shown.config.domain());
        let paths = shown.live_all(step, &frame, theme);
        let characters: Vec<usize> = shown.runs.iter().map(|run| run.short_label().chars().count()).collect();
        let labels = path_labels(&paths, &characters, size, &frame);
        let numbers = |label: &PathLabel| {
            let PathLabel { run, place: [left, top], on_left } = *label;
            [run as f64, left, top, f64::from(u8::from(on_left))]
        };
        Ok(labels.iter().flat_map(numbers).collect())
    }

    /// What tells a run from the others in as few words as can be: the rate alone where only that differs.
    #[wasm_bindgen(js_name = shortLabel)]
    pub fn short_label(&self, run: usize) -> Result<String, JsError> {
        Ok(self.run(run)?.short_label().to_owned())
    }

    /// Where the start lies on a plot, in CSS pixels from the canvas's corner.
    #[wasm_bindgen(js_name = startPlace)]
    pub fn start_place(&self, plot: &Plot) -> Result<Vec<f64>, JsError> {
        let config = &self.shown()?.config;
        Ok(plot.frame(config.domain()).place(config.start()).to_vec())
    }

    /// Where the first known minimum inside the plot lies, in CSS pixels from the canvas's corner; empty if there is
    /// none.
    #[wasm_bindgen(js_name = minimumPlace)]
    pub fn minimum_place(&self, plot: &Plot) -> Result<Vec<f64>, JsError> {
        let config = &self.shown()?.config;
        let domain = config.domain();
        let minimum = config.surface().facts().minima.iter().find(|minimum| domain.contains(**minimum));
        Ok(minimum.map(|&minimum| plot.frame(domain).place(minimum).to_vec()).unwrap_or_default())
    }

    /// The words for a start at a place on a plot, in CSS pixels from the canvas's corner.
    #[wasm_bindgen(js_name = pointAt)]
    pub fn point_at(&self, plot: &Plot, left: f64, top: f64) -> Result<String, JsError> {
        Ok(plot.frame(self.shown()?.config.domain()).point([left, top]).map(shortest).join(","))
    }

    /// The words for a start moved by hundredths of the domain, inside which it stays.
    pub fn nudged(&self, right: f64, up: f64) -> Result<String, JsError> {
        Ok(self.shown()?.config.nudged_start(right, up).map(shortest).join(","))
    }

    #[inline(never)]
    pub(super) fn diagnosis(&self, run: usize) -> Result<&Diagnosis, JsError> {
        let Shown { config, trajectories, diagnoses, .. } = self.shown()?;
        let diagnoses = diagnoses.get_or_init(|| {
            let survey = config.survey();
            trajectories.iter().map(|trajectory| survey.diagnose(trajectory, config.is_noisy())).collect()
        });
        diagnoses.get(run).ok_or_else(|| JsError::new("there is no such run"))
    }

    #[inline(never)]
    fn run(&self, run: usize) -> Result<&Run, JsError> {
        self.shown()?.runs.get(run).ok_or_else(|| JsError::new("there is no such run"))
    }
}

/// The corners of a run's marker about the origin, x0, y0, x1, y1, ...; empty for the circle.
#[wasm_bindgen(js_name = markerCorners)]
pub fn marker_corners(run: usize) -> Vec<f64> {
    Marker::of(run).corners().as_flattened().to_vec()
}

/// Whether a run's marker is an outline only.
#[wasm_bindgen(js_name = markerIsHollow)]
pub fn marker_is_hollow(run: usize) -> bool {
    Marker::of(run).hollow()
}
