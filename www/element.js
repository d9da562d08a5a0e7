// The <adam-scope> element: a config in attributes, its runs as panels on one clock.
import { Clock } from "./clock.js";
import { html } from "./dom.js";
import { sheet } from "./element-style.js";
import { drawKey } from "./key.js";
import { Panel } from "./panel.js";
import { runFacts } from "./runs.js";
import { bindTransport, transport } from "./transport.js";
import { loadCore } from "./wasm.js";

/** The keys of a config; each is an attribute. The core's own list is the same (a test holds them together). */
export const KEYS = [
  "surface", "condition", "domain", "start", "steps", "optimizer", "lr", "schedule",
  "beta1", "beta2", "eps", "weight-decay", "momentum", "alpha", "rho", "momentum-decay", "bias-correction",
  "warmup", "gamma", "every", "power", "min-lr", "patience", "points", "noise", "sparsity", "seed", "view", "step",
];

/** How far outside the window an element is loaded, and how fast it plays where nothing else is said. */
const NEAR = "300px";
const SPEED = 20;

/** How long a hand has to rest before verdicts are made exact, in milliseconds. */
const REST = 200;

const darkScheme = matchMedia("(prefers-color-scheme: dark)");
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

export class AdamScope extends HTMLElement {
  static observedAttributes = [...KEYS, "config", "speed", "loop", "theme", "editable", "controls"];

  /** @type {import("./wasm.js").Core | undefined} */
  #core;
  /** @type {import("./pkg/adam_scope.js").Figure | undefined} */
  #figure;
  /** @type {Panel[]} */
  #panels = [];
  #clock = new Clock(() => this.#stepped(), () => this.#ended());
  #shown = false;
  /** The theme in force: light, dark or projector. */
  #theme = "light";
  /** Attributes that changed since the last figure, in the order in which they were written. @type {Set<string>} */
  #written = new Set();
  #frame = 0;
  /** @type {IntersectionObserver | undefined} */
  #near;
  #settle = { resolve: () => {}, reject: (/** @type {Error} */ _) => {} };
  /** @type {Promise<void>} */
  #ready;

  #parts = {
    figbar: html("div", "figbar"),
    hint: html("p", "hint", ["Drag the open circle to move the start of every panel."]),
    key: html("div", "key"),
    panels: html("ol", "panels"),
    extent: html("p", "extent"),
    line: html("p", "caption"),
    message: html("p", "message"),
    probe: html("span", "probe"),
    fallback: html("slot"),
    stage: html("div", "stage"),
  };

  constructor() {
    super();
    this.#ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // A page that does not ask for `ready` is told by the event; nobody has to catch the promise.
    this.#ready.catch(() => {});
    const { figbar, hint, key, panels, extent, line, message, probe, stage } = this.#parts;
    const bar = html("slot");
    bar.name = "bar";
    const beside = html("slot");
    beside.name = "beside";
    figbar.append(bar, hint, key);
    stage.append(figbar, html("div", "plates", [panels, beside]), extent, line, probe);
    stage.setAttribute("part", "figure");
    panels.setAttribute("part", "panels");
    line.setAttribute("part", "caption");
    message.setAttribute("part", "error");
    message.setAttribute("role", "alert");
    stage.hidden = true;
    message.hidden = true;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(stage, this.#parts.fallback, message);
  }

  connectedCallback() {
    // Properties that were set before the element was defined.
    for (const name of ["config", "currentStep"]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = /** @type {any} */ (this)[name];
      delete /** @type {any} */ (this)[name];
      /** @type {any} */ (this)[name] = value;
    }
    darkScheme.addEventListener("change", this.#restyle);
    this.#near = new IntersectionObserver((entries) => this.#approach(entries[entries.length - 1].isIntersecting), {
      rootMargin: NEAR,
    });
    this.#near.observe(this);
    if (this.getAttribute("loading") === "eager") this.#load();
  }

  disconnectedCallback() {
    darkScheme.removeEventListener("change", this.#restyle);
    this.#near?.disconnect();
    this.#clock.rest();
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (name === "speed") this.#clock.speed = Number(this.getAttribute("speed")) || SPEED;
    else if (name === "loop") this.#clock.loop = this.hasAttribute("loop");
    else if (name === "theme") this.#restyle();
    else if (!this.#figure) return;
    else if (name === "editable" || name === "controls") this.#draw();
    else {
      // Last write last, also where the same attribute is written twice.
      this.#written.delete(name);
      if (this.#written.add(name).size === 1) queueMicrotask(() => this.#obey());
    }
  }

  // ---- what others use

  /** The canonical text of the config. Setting it replaces everything; a bad one fires `adam-scope-error`. */
  get config() {
    return this.#shown && this.#figure ? this.#figure.text() : this.#pendingConfig ?? "";
  }

  set config(text) {
    if (!this.#figure) {
      this.#pendingConfig = String(text);
      return;
    }
    this.#try((figure) => figure.replace(String(text)));
  }

  /** Whether an error is waiting to be put right. */
  #failed = false;

  /** The step that the config asked for last. @type {number | undefined} */
  #asked;

  /** A config that was set before the core was there. @type {string | undefined} */
  #pendingConfig;

  get currentStep() {
    return this.#clock.step;
  }

  set currentStep(step) {
    this.seek(step);
  }

  /** How many steps the clock has. */
  get steps() {
    return this.#clock.steps;
  }

  /** Whether a step besides the first was seen: before that, verdicts are not told. */
  get played() {
    return this.#played;
  }

  /** The step shown first where the config asks for none. */
  get openingStep() {
    return reducedMotion.matches ? this.steps : 0;
  }

  get paused() {
    return !this.#clock.playing;
  }

  /** Steps a second while playing. */
  get speed() {
    return this.#clock.speed;
  }

  set speed(speed) {
    this.setAttribute("speed", String(speed));
  }

  /** Resolves at the first figure. */
  get ready() {
    return this.#ready;
  }

  /** What was run. @returns {import("./runs.js").RunFacts[]} */
  get runs() {
    const figure = this.#figure;
    if (!this.#shown || !figure) return [];
    this.#judge();
    return runFacts(figure);
  }

  /** The boxes of the plots in the window, one a run. */
  get plotBoxes() {
    return this.#panels.map((panel) => panel.plotBox.getBoundingClientRect());
  }

  /** What the figure is drawn in: light, dark or projector. */
  get themeInForce() {
    return this.#theme;
  }

  /** The core itself; undefined until it is loaded. */
  get core() {
    return this.#core;
  }

  /** The core's view of this figure, for a page that offers controls; undefined before the first figure. */
  get figure() {
    return this.#shown ? this.#figure : undefined;
  }

  play() {
    if (!this.#shown) return;
    this.#clock.play();
    this.#announce();
  }

  pause() {
    this.#clock.pause();
    this.#announce();
    this.#name();
  }

  /** @param {number} step any number; clamped, as media elements do */
  seek(step) {
    this.#clock.seek(step);
    if (this.paused) this.#name();
  }

  /** Back to the opening step, as if nothing had been played: verdicts are to be guessed again. */
  rewind() {
    this.#clock.seek(this.#figure?.step() ?? this.openingStep);
    this.#played = false;
    this.#parts.stage.classList.remove("played");
    this.#reveal(this.#clock.step);
    this.#name();
    this.#announce();
  }

  /**
   * Changes one key as a hand on a control means it: what no longer fits is dropped.
   * @param {string} key
   * @param {string} words
   * @returns {string} the message of what is wrong, or nothing
   */
  change(key, words) {
    return this.#try((figure) => figure.change(key, words));
  }

  // ---- from words to a figure

  /** @param {boolean} isNear */
  #approach(isNear) {
    if (isNear) {
      this.#load();
      this.#clock.wake();
    } else this.#clock.rest();
  }

  async #load() {
    if (this.#core) return;
    try {
      this.#core = await loadCore();
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (this.#figure) return;
    this.#figure = new this.#core.Figure();
    this.#clock.loop = this.hasAttribute("loop");
    this.#written.clear();
    const message = this.#try((figure) => {
      if (this.#pendingConfig !== undefined) figure.replace(this.#pendingConfig);
      else {
        this.#writeConfig(figure);
        figure.apply();
      }
    });
    if (message || !this.hasAttribute("autoplay") || reducedMotion.matches) return;
    this.play();
  }

  /**
   * The words of the `config` attribute, then those of single keys that it does not name.
   * @param {import("./pkg/adam_scope.js").Figure} figure
   * @param {boolean} [keysLast] whether single keys also win over what `config` names
   */
  #writeConfig(figure, keysLast = true) {
    figure.read(this.getAttribute("config") ?? "");
    for (const key of KEYS) {
      const words = this.getAttribute(key);
      if (words !== null && (keysLast || !figure.names(key))) figure.write(key, words);
    }
  }

  /** Takes over the attributes that were written, all at once. */
  #obey() {
    const written = [...this.#written];
    this.#written.clear();
    this.#try((figure) => {
      for (const name of written) {
        if (name === "config") this.#writeConfig(figure, false);
        else figure.write(name, this.getAttribute(name) ?? undefined);
      }
      figure.apply();
    });
  }

  /**
   * Does something to the figure and shows what came of it; an error leaves the last good picture.
   * @param {(figure: import("./pkg/adam_scope.js").Figure) => void} act
   * @returns {string} the message of what is wrong, or nothing
   */
  #try(act) {
    const figure = this.#figure;
    if (!figure) return "nothing is shown yet";
    const before = this.#shown ? figure.text() : undefined;
    try {
      act(figure);
      this.#show(before);
      return "";
    } catch (error) {
      return this.#fail(error);
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    const message = error instanceof Error ? error.message : String(error);
    this.#parts.message.textContent = message;
    this.#parts.message.hidden = this.hasAttribute("editable");
    this.#failed = true;
    this.#emit("error", { message });
    if (!this.#shown) this.#settle.reject(new Error(message));
    return message;
  }

  /** @param {string | undefined} before the canonical text that was shown until now */
  #show(before) {
    const figure = /** @type {import("./pkg/adam_scope.js").Figure} */ (this.#figure);
    const text = figure.text();
    const first = !this.#shown;
    // Asked before anything is laid out anew: the answer takes a style pass over what has changed.
    this.#theme = this.#themeInForce();
    this.#shown = true;
    this.#parts.message.hidden = true;
    this.#parts.stage.hidden = false;
    this.#parts.fallback.hidden = true;
    this.#populate(figure.runs());
    this.#clock.steps = figure.steps();
    const asked = figure.step();
    if (first || (asked !== undefined && asked !== this.#asked)) this.#clock.seek(asked ?? this.openingStep);
    else if (this.#clock.step > figure.steps()) this.#clock.seek(figure.steps());
    this.#asked = asked;
    this.#judged = false;
    clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => this.#judge(), REST);
    this.#draw();
    this.#announce();
    this.#name();
    if (first) {
      this.#settle.resolve();
      this.#ready = Promise.resolve();
      this.#emit("ready", {});
    }
    if (text !== before || this.#failed) this.#emit("change", { config: text });
    this.#failed = false;
  }

  /** Whether the verdicts are final: while a hand moves they are extrapolated. */
  #judged = false;
  #rest = 0;

  /** Finds out when runs get there that are on their way: when a hand has come to rest, or somebody asks. */
  #judge() {
    const figure = this.figure;
    if (!figure || this.#judged) return;
    this.#judged = true;
    figure.settle();
    for (const panel of this.#panels) panel.judge(figure);
    this.#name();
    this.dispatchEvent(new CustomEvent("adam-scope-judged"));
  }

  /** @param {number} count */
  #populate(count) {
    const core = /** @type {import("./wasm.js").Core} */ (this.#core);
    while (this.#panels.length > count) this.#panels.pop()?.free();
    while (this.#panels.length < count) {
      const panel = new Panel(core, this.#panels.length, this.#owner);
      this.#panels.push(panel);
      this.#parts.panels.append(panel.root);
    }
  }

  /** @type {import("./panel.js").Owner} */
  #owner = {
    moveStart: (panel, left, top) => {
      this.#drag = { panel, left, top };
      this.#soon();
    },
    nudgeStart: (right, up) => this.change("start", this.#figure?.nudged(right, up) ?? ""),
    settle: () => this.#flush(),
    writeRate: (run, words) => {
      const message = this.#try((figure) => figure.writeRate(run, words));
      if (message) this.#panels[run]?.rate.setAttribute("aria-invalid", "true");
    },
    removeRate: (run) => this.#try((figure) => figure.removeRate(run)),
    resized: (panel) => {
      this.#parts.stage.classList.toggle("bare", this.#panels.some(({ labelled }) => !labelled));
      this.#paint(panel);
    },
  };

  /** The last place to which the start was dragged, until the next frame. @type {{ panel: Panel, left: number, top: number } | undefined} */
  #drag;

  #soon() {
    this.#frame ||= requestAnimationFrame(() => this.#flush());
  }

  #flush() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const drag = this.#drag;
    this.#drag = undefined;
    if (drag && this.#figure) this.change("start", this.#figure.pointAt(drag.panel.plot, drag.left, drag.top));
  }

  // ---- from a figure to the picture

  #themeInForce() {
    const theme = this.getAttribute("theme");
    if (theme === "light" || theme === "dark" || theme === "projector") return theme;
    // The probe's colour says which side of light-dark() is in force here.
    const color = getComputedStyle(this.#parts.probe).color;
    return color === "rgb(0, 0, 2)" || (color !== "rgb(0, 0, 1)" && darkScheme.matches) ? "dark" : "light";
  }

  #restyle = () => {
    if (!this.#shown) return;
    this.#theme = this.#themeInForce();
    this.#draw();
    this.dispatchEvent(new CustomEvent("adam-scope-restyle"));
  };

  /** Draws everything: after a change of config, theme or size. */
  #draw() {
    const figure = this.figure;
    if (!figure) return;
    const editable = this.hasAttribute("editable");
    const { figbar, key, extent, line } = this.#parts;
    figbar.hidden = !editable;
    this.#control();
    const [summary, scale, range] = figure.caption();
    const map = `${figure.mapNumber()} ${this.#theme}`;
    if (map !== this.#keyed) {
      this.#keyed = map;
      drawKey(key, figure, scale, this.#theme);
      extent.textContent = range;
    }
    line.hidden = editable;
    line.textContent = `${summary}. Shade is ${scale}.`;
    const overlay = figure.value("view") === "overlay";
    this.#overlay = overlay;
    this.#parts.stage.classList.toggle("overlay", overlay);
    for (const panel of this.#panels) {
      panel.describe(figure, editable);
      panel.read(figure, this.#clock.step);
    }
    if (overlay) this.#panels[0].describeAll(figure);
    else this.#panels[0].forgetAll();
    for (const panel of this.#panels) this.#paint(panel);
  }

  /** Whether all runs share the first panel's plot. */
  #overlay = false;

  /** The controls below the figure, made when they are first asked for. @type {HTMLElement | undefined} */
  #transport;

  #control() {
    const wanted = this.hasAttribute("controls");
    if (wanted && !this.#transport) {
      this.#transport = transport();
      this.#parts.line.before(this.#transport);
      bindTransport(this.#transport, this);
      this.#announce();
    }
    if (this.#transport) this.#transport.hidden = !wanted;
  }

  /** The map and theme that the key was drawn for. */
  #keyed = "";

  /** @param {Panel} panel */
  #paint(panel) {
    if (!this.figure) return;
    try {
      if (!this.#overlay) panel.paint(this.figure, this.#clock.step, this.#theme);
      else if (panel === this.#panels[0]) panel.paintAll(this.figure, this.#clock.step, this.#theme);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Whether the visitor has seen a step besides the first; verdicts are told only then. */
  #played = false;

  /** Draws what a step changes. */
  #stepped() {
    const figure = this.figure;
    if (!figure) return;
    const step = this.#clock.step;
    this.#reveal(step);
    this.#panels.forEach((panel, run) => {
      panel.read(figure, step);
      if (panel.placed && !this.#overlay) figure.drawPath(panel.plot, run, step, this.#theme);
    });
    if (this.#overlay) this.#panels[0].paintAll(figure, step, this.#theme);
    this.#announce();
    this.#emit("step", { step });
  }

  #ended() {
    this.#name();
    this.#announce();
    this.#emit("end", { step: this.#clock.step });
  }

  /** @param {number} step */
  #reveal(step) {
    if (this.#played || step === 0) return;
    this.#played = true;
    this.#parts.stage.classList.add("played");
  }

  /** Gives the pictures their words: at rest only, since they change with every step. */
  #name() {
    const figure = this.figure;
    if (figure) this.#panels.forEach((panel) => panel.name(figure, this.#clock.step, this.#played));
  }

  /** Tells the controls, which listen to themselves being told. */
  #announce() {
    this.dispatchEvent(new CustomEvent("adam-scope-clock"));
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(`adam-scope-${name}`, { bubbles: true, composed: true, detail }));
  }
}
