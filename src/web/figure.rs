//! One figure: a config with its runs.

use std::cell::{OnceCell, RefCell};

use plotters::style::RGBColor;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::plot::{Plot, css, painted};
use super::thrown;
use crate::config::{Config, Draft, Key, Page, Run, check_words as checked};
use crate::diagnosis::{Diagnosis, Verdict};
use crate::number::{self, fixed, short, shortest};
use crate::render::{Frame, LivePath, Map, Marker, Theme, Thinned, decimals, dot_spacing, end_labels, extent};
#[cfg(feature = "explorer")]
use crate::replay::Checkpoints;
use crate::trajectory::Trajectory;

/// What an element shows: the words it was given, and the last config that they made.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Figure {
    words: Draft,
    shown: Option<Shown>,
    /// What it is drawn in where the host page has colours of its own.
    dyed: Option<Theme>,
}

/// A config, run. There is always at least one run.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) config: Config,
    pub(super) runs: Vec<Run>,
    pub(super) trajectories: Vec<Trajectory>,
    /// A diagnosis a run, made when it is asked for; extrapolated until `settle` has run on those that are on their way.
    diagnoses: OnceCell<Vec<Diagnosis>>,
    /// Made when it is first drawn: who asks for numbers only does not wait for it.
    map: OnceCell<Map>,
    /// Counts the maps of this figure, so that a static layer is drawn only when its map is another one.
    map_number: u32,
    raster: Option<Painted>,
    /// What is drawn of each trajectory, once it has been.
    thinned: RefCell<Vec<Option<Thinned>>>,
    /// What each run is taken apart from, once it has been.
    #[cfg(feature = "explorer")]
    pub(super) checkpoints: RefCell<Vec<Checkpoints>>,
}

/// A raster on its canvas, and what it was painted for.
#[derive(Debug)]
struct Painted {
    size: (usize, usize),
    theme: String,
    canvas: HtmlCanvasElement,
}

/// The theme of that name: `light`, `dark` or `projector`.
pub(super) fn look(theme: &str) -> &'static Theme {
    match theme {
        "dark" => &Theme::DARK,
        "projector" => &Theme::PROJECTOR,
        _ => &Theme::LIGHT,
    }
}

impl Shown {
    /// Runs a config; the map of `before` serves again where surface and domain are the same.
    fn new(config: Config, before: Option<Self>) -> Self {
        // What was shown goes first: two times twelve long runs are eighty megabytes.
        let kept = before.map(|before| (before.config, before.map, before.map_number, before.raster));
        let runs = config.runs();
        let trajectories: Vec<_> = runs.iter().map(|run| config.descend(run)).collect();
        let (map, map_number, raster) = match kept {
            Some((old, map, number, raster))
                if old.surface() == config.surface() && old.domain() == config.domain() =>
            {
                (map, number, raster)
            }
            kept => {
                let number = kept.map_or(0, |(_, _, number, _)| number + 1);
                (OnceCell::new(), number, None)
            }
        };
        let thinned = RefCell::new(vec![None; runs.len()]);
        #[cfg(feature = "explorer")]
        let checkpoints = RefCell::new(runs.iter().map(|_| Checkpoints::default()).collect());
        Self {
            config,
            runs,
            trajectories,
            diagnoses: OnceCell::new(),
            map,
            map_number,
            raster,
            thinned,
            #[cfg(feature = "explorer")]
            checkpoints,
        }
    }

    /// The path of a run on a frame; the points that can be seen there are kept.
    fn live_path<'a>(
        &self,
        kept: &mut Option<Thinned>,
        run: usize,
        step: usize,
        frame: &'a Frame,
        theme: &'a Theme,
    ) -> LivePath<'a> {
        let trajectory = &self.trajectories[run];
        let fitting = kept.take().filter(|thinned| thinned.fits(frame, dot_spacing(theme)));
        let thinned =
            kept.insert(fitting.unwrap_or_else(|| Thinned::new(trajectory.points(), frame, dot_spacing(theme))));
        LivePath::new(trajectory, thinned, step, run, frame, theme)
    }

    fn map(&self) -> &Map {
        self.map.get_or_init(|| Map::new(self.config.surface(), &self.config.domain()))
    }
}

impl Figure {
    #[inline(never)]
    pub(super) fn shown(&self) -> Result<&Shown, JsError> {
        self.shown.as_ref().ok_or_else(|| JsError::new("nothing is shown yet"))
    }

    #[inline(never)]
    pub(super) fn trajectory(&self, run: usize) -> Result<&Trajectory, JsError> {
        let shown = self.shown()?;
        shown.trajectories.get(run).ok_or_else(|| JsError::new("there is no such run"))
    }

    pub(super) fn look(&self, theme: &str) -> &Theme {
        self.dyed.as_ref().unwrap_or(look(theme))
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
        Self { words: Draft::default(), shown: None, dyed: None }
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

    /// Replaces the words of a run's rate; every run of that rate follows, as rates are what runs repeat fastest. Throws
    /// where the words are wrong and changes nothing.
    #[wasm_bindgen(js_name = writeRate)]
    pub fn write_rate(&mut self, run: usize, words: &str) -> Result<(), JsError> {
        let config = self.shown()?.config.with_rate(self.run(run)?.rate, words).map_err(thrown)?;
        self.adopt(config);
        Ok(())
    }

    /// Takes the rate of a run away, unless it is the only one; its optimizer too, where that had no other of its own.
    #[wasm_bindgen(js_name = removeRate)]
    pub fn remove_rate(&mut self, run: usize) -> Result<(), JsError> {
        let config = &self.shown()?.config;
        // The weight of what an optimizer leaves behind is the page's alone: an embed has no list of optimizers.
        #[cfg(feature = "explorer")]
        let config = config.without_run(run).map_err(thrown)?;
        #[cfg(not(feature = "explorer"))]
        let config = config.without_rate(self.run(run)?.rate).map_err(thrown)?;
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
        let Run { label, optimizer, schedule, lr, .. } = self.run(run)?;
        Ok(vec![label.clone(), optimizer.name().into(), schedule.name().into(), shortest(*lr)])
    }

    /// The points of a run: x0, y0, x1, y1, ...
    pub fn path(&self, run: usize) -> Result<Vec<f64>, JsError> {
        Ok(self.trajectory(run)?.points().as_flattened().to_vec())
    }

    /// The loss after a run's last step; infinite where it stopped before.
    #[wasm_bindgen(js_name = lastLoss)]
    pub fn last_loss(&self, run: usize) -> Result<f64, JsError> {
        let trajectory = self.trajectory(run)?;
        let last = trajectory.losses()[trajectory.last()];
        Ok(if trajectory.stopped().is_some() { f64::INFINITY } else { last })
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
        Ok(self.shown()?.map().bands().labels().map(|label| label.unwrap_or_default().to_owned()).collect())
    }

    /// The colours of the bands, from low to high loss.
    #[wasm_bindgen(js_name = scaleColors)]
    pub fn scale_colors(&self, theme: &str) -> Result<Vec<String>, JsError> {
        let bands = self.look(theme).bands(self.shown()?.map().bands().count());
        Ok(bands.into_iter().map(css).collect())
    }

    /// What the caption says: the runs, the scale of the shade, what is plotted.
    pub fn caption(&self) -> Result<Vec<String>, JsError> {
        let shown = self.shown()?;
        let config = &shown.config;
        Ok(vec![config.summary(), shown.map().bands().caption(), extent(&config.domain())])
    }

    /// Takes over the colours of the host page, red, green, blue and opacity of each: paper, ink, the map's three stops, the
    /// six runs. What is transparent keeps the theme's colour, and so does all where there are none.
    pub fn dye(&mut self, theme: &str, colors: &[u8]) {
        let colors: Vec<_> = colors.chunks_exact(4).map(|c| (c[3] > 0).then(|| RGBColor(c[0], c[1], c[2]))).collect();
        self.dyed = colors.iter().any(Option::is_some).then(|| look(theme).dyed(&colors));
        if let Some(shown) = &mut self.shown {
            shown.map_number += 1;
            shown.raster = None;
        }
    }

    /// Lets go of what can be made again, as nobody sees the figure: what is drawn is on its canvases.
    pub fn rest(&mut self) {
        if let Some(shown) = &mut self.shown {
            shown.map = OnceCell::new();
            shown.raster = None;
        }
    }

    /// The part of an address after `#` that shows this, at a step, on the page of Adam Scope.
    pub fn address(&self, step: usize) -> Result<String, JsError> {
        let config = self.shown()?.config.with(Key::Step.name(), &step.to_string()).map_err(thrown)?;
        Ok(Page { config, ..Page::default() }.fragment())
    }

    /// Draws the static layer of a panel.
    #[wasm_bindgen(js_name = drawSurface)]
    pub fn draw_surface(&mut self, plot: &Plot, theme: &str) -> Result<(), JsError> {
        let look = self.dyed.as_ref().unwrap_or(look(theme));
        let shown = self.shown.as_mut().ok_or_else(|| JsError::new("nothing is shown yet"))?;
        shown.map();
        let Shown { config, map, raster, .. } = shown;
        let Some(map) = map.get() else { return Ok(()) };
        let size = plot.frame(*map.domain()).device_size();
        let fits = |painted: &Painted| painted.size == size && painted.theme == theme;
        let kept = match raster.take().filter(fits) {
            Some(kept) => kept,
            None => Painted { size, theme: theme.to_owned(), canvas: painted(&map.raster(size.0, size.1), map, look)? },
        };
        plot.draw_surface(config.surface(), map, &raster.insert(kept).canvas, look)
    }

    /// Draws the live layer of a panel: the path of a run up to a step.
    #[wasm_bindgen(js_name = drawPath)]
    pub fn draw_path(&self, plot: &Plot, run: usize, step: usize, theme: &str) -> Result<(), JsError> {
        self.trajectory(run)?;
        let shown = self.shown()?;
        let (frame, theme) = (plot.frame(shown.config.domain()), self.look(theme));
        let mut thinned = shown.thinned.borrow_mut();
        plot.draw_path(&shown.live_path(&mut thinned[run], run, step, &frame, theme), theme.run(run))
    }

    /// Draws all paths on one plot, up to a step. `widths` are those of the labels at their ends, in CSS pixels, and `height`
    /// is the least distance between two of them. Gives where each label belongs: its left edge, or its right edge where
    /// it stands on the left, and its middle, in CSS pixels from the canvas's corner, and 1 where it stands on the left.
    #[wasm_bindgen(js_name = drawOverlay)]
    pub fn draw_overlay(
        &self,
        plot: &Plot,
        step: usize,
        theme: &str,
        widths: &[f64],
        height: f64,
    ) -> Result<Vec<f64>, JsError> {
        let shown = self.shown()?;
        let (frame, theme) = (plot.frame(shown.config.domain()), self.look(theme));
        let mut thinned = shown.thinned.borrow_mut();
        let kept = thinned.iter_mut().enumerate();
        let paths: Vec<_> = kept.map(|(run, kept)| shown.live_path(kept, run, step, &frame, theme)).collect();
        plot.draw_overlay(&paths)?;
        let labels = end_labels(&paths, widths, &frame, height);
        Ok(labels.iter().flat_map(|label| [label.place[0], label.place[1], f64::from(u8::from(label.left))]).collect())
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

/// Checks the words of an attribute that is no key of a config: `theme`, `loading`, `speed`. Throws where they are wrong.
#[wasm_bindgen(js_name = checkWords)]
pub fn check_words(name: &str, words: &str) -> Result<(), JsError> {
    checked(name, words).map_err(thrown)
}

/// A whole number for people, thousands set apart.
#[wasm_bindgen]
pub fn whole(value: usize) -> String {
    number::whole(value)
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
