// The <adam-scope> element: a config in attributes, its runs as panels on one clock.
import { leaveAlone, observeNear } from "./observe.js";
import { runFacts } from "./runs.js";
import { Showing } from "./showing.js";
import { KEYS, PRESENTATION } from "./words.js";

/** How fast an element plays where nothing else is said, in steps a second. */
const SPEED = 20;

/** Properties that a page may set before the element is defined. */
const SETTABLE = /** @type {const} */ (["config", "speed", "steps", "currentStep"]);

/** On a server there are no elements; there the module can be imported, and that is all. @type {typeof HTMLElement} */
const Base = globalThis.HTMLElement ?? class {};

export class AdamScope extends Base {
  static observedAttributes = [...KEYS, ...PRESENTATION, "config", "loop", "clock", "explorer", "editable", "controls"];

  #showing = new Showing(this);

  connectedCallback() {
    // Properties that were set before the element was defined.
    for (const name of SETTABLE) {
      if (!Object.hasOwn(this, name)) continue;
      const value = /** @type {any} */ (this)[name];
      delete /** @type {any} */ (this)[name];
      /** @type {any} */ (this)[name] = value;
    }
    this.#share();
    observeNear(this, (isNear) => this.#showing.approach(isNear));
    if (this.getAttribute("loading") === "eager") this.#showing.load();
  }

  disconnectedCallback() {
    leaveAlone(this);
    this.#showing.approach(false);
    this.#showing.clock.leave();
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    const { clock, stage } = this.#showing;
    if (name === "speed") clock.speed = this.#speed;
    else if (name === "loop") clock.loop = this.hasAttribute("loop");
    else if (name === "clock") this.isConnected && this.#share();
    else if (name === "theme") stage.restyle();
    if (["editable", "controls", "explorer"].includes(name)) {
      stage.draw();
      this.#showing.announce();
    } else if (name !== "loop" && name !== "clock") this.#showing.note(name);
  }

  /** Steps a second, as the attribute says; a wrong one is told where all words are checked. */
  get #speed() {
    const speed = Number(this.getAttribute("speed"));
    return speed > 0 && speed < Infinity ? speed : SPEED;
  }

  /** Takes the clock that the attribute names. */
  #share() {
    const { clock } = this.#showing;
    clock.share(this.getAttribute("clock") ?? "");
    if (this.hasAttribute("speed")) clock.speed = this.#speed;
  }

  // ---- what a page uses

  /** The canonical text of the config. Setting it replaces everything; a bad one fires `adam-scope-error`. */
  get config() {
    return this.#showing.config;
  }

  set config(text) {
    this.#showing.config = String(text);
  }

  get currentStep() {
    return this.#showing.clock.step;
  }

  set currentStep(step) {
    this.seek(step);
  }

  /** How many steps the figure has; setting it writes the attribute. */
  get steps() {
    return this.#showing.clock.steps;
  }

  set steps(steps) {
    this.setAttribute("steps", String(steps));
  }

  /** Steps a second while playing. */
  get speed() {
    return this.#showing.clock.speed;
  }

  set speed(speed) {
    this.setAttribute("speed", String(speed));
  }

  get paused() {
    return this.#showing.paused;
  }

  /** Resolves at the first figure. */
  get ready() {
    return this.#showing.ready;
  }

  /** What was run. @returns {import("./runs.js").RunFacts[]} */
  get runs() {
    const { figure } = this;
    if (!figure) return [];
    this.#showing.judge();
    return runFacts(figure);
  }

  play() {
    this.#showing.play();
  }

  pause() {
    this.#showing.pause();
  }

  /** @param {number} step any number; clamped, as media elements do */
  seek(step) {
    this.#showing.seek(step);
  }

  /**
   * The figure at the step that is shown as SVG text, as the command line draws it.
   * @param {{ width?: number, height?: number }} [size] in CSS pixels; 960, and as tall as suits that
   */
  async toSVG(size) {
    return (await this.#output()).svg(this, size);
  }

  /** Every step of every run as CSV text, as the command line prints it. */
  async toCSV() {
    return (await this.#output()).csv(this);
  }

  /**
   * The plots as they stand as a PNG, the config in its `Description`.
   * @param {{ scale?: number }} [options] device pixels in a CSS pixel, the screen's where nothing is said
   */
  async toPNG(options) {
    return (await this.#output()).png(this, options);
  }

  /** What writes figures, loaded when it is first needed. */
  #output() {
    if (!this.figure) throw new Error("nothing is shown yet; await ready first");
    return import("./output.js");
  }

  // ---- what the page of Adam Scope uses besides

  /** The core itself; undefined until it is loaded. */
  get core() {
    return this.#showing.core;
  }

  /** The core's view of this figure, for a page that offers controls; undefined before the first figure. */
  get figure() {
    return this.#showing.figure;
  }

  /**
   * Does something to the core's view of this figure and shows what came of it; what is wrong leaves the last good picture.
   * @param {(figure: any) => void} act
   * @returns {string} the message of what is wrong, or nothing
   */
  edit(act) {
    return this.#showing.edit(act);
  }

  /**
   * Changes one key as a hand on a control means it: what no longer fits is dropped.
   * @param {string} key
   * @param {string} words
   * @returns {string} the message of what is wrong, or nothing
   */
  change(key, words) {
    return this.edit((figure) => figure.change(key, words));
  }

  /** Back to the opening step, as if nothing had been played: verdicts are to be guessed again. */
  rewind() {
    this.#showing.rewind();
  }

  /** Whether a step besides the first was seen: before that, verdicts are not told. */
  get played() {
    return this.#showing.stage.played;
  }

  /** The step shown first where the config asks for none. */
  get openingStep() {
    return this.#showing.openingStep;
  }

  /** What the figure is drawn in: light, dark or projector. */
  get themeInForce() {
    return this.#showing.stage.theme;
  }

  /** The canvases of the plots that are shown: surface and path. @returns {HTMLCanvasElement[][]} */
  get plotCanvases() {
    return this.#showing.stage.plotCanvases;
  }

  /** Draws every plot for so many device pixels in one of the page's; without a number, as they were. @param {number} [dpr] */
  drawAt(dpr) {
    this.#showing.stage.drawAt(dpr);
  }

  /** The boxes of the plots in the window, one a run. */
  get plotBoxes() {
    return this.#showing.stage.plotBoxes;
  }
}
