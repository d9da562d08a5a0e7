// The <adam-scope> element: a config in attributes, its runs as panels on one clock.
import { Clock } from "./clock.js";
import { liesOnDark, readColors } from "./colors.js";
import { html } from "./dom.js";
import { sheets } from "./element-style.js";
import { home } from "./home.js";
import { drawKey } from "./key.js";
import { Panel } from "./panel.js";
import { runFacts } from "./runs.js";
import { observeSize } from "./observe.js";
import { fit } from "./still.js";
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

/** Attributes with a choice of words that are no keys of a config. */
const PRESENTATION = ["theme", "loading", "speed"];

/** How long a hand has to rest before verdicts are made exact, in milliseconds. */
const REST = 200;

/** Properties that a page may set before the element is defined. */
const SETTABLE = /** @type {const} */ (["config", "speed", "steps", "currentStep"]);

const reducedMotion = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

/** On a server there are no elements; there the module can be imported, and that is all. @type {typeof HTMLElement} */
const Base = globalThis.HTMLElement ?? class {};

export class AdamScope extends Base {
  static observedAttributes = [...KEYS, ...PRESENTATION, "config", "loop", "clock", "explorer", "editable", "controls"];

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
    link: html("a", "", ["Open in Adam Scope"]),
    foot: html("div", "foot"),
    message: html("p", "message"),
    probe: html("span", "probe"),
    stage: html("div", "stage"),
    still: html("div", "still", [html("slot")]),
  };

  constructor() {
    super();
    this.#ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // A page that does not ask for `ready` is told by the event; nobody has to catch the promise.
    this.#ready.catch(() => {});
    const { figbar, hint, key, panels, extent, line, link, foot, message, probe, stage, still } = this.#parts;
    const bar = html("slot");
    bar.name = "bar";
    const beside = html("slot");
    beside.name = "beside";
    figbar.append(bar, hint, key);
    foot.append(line, link);
    stage.append(figbar, html("div", "plates", [panels, beside]), extent, foot, probe);
    const names = { figure: stage, panels, caption: line, link, error: message };
    for (const [name, part] of Object.entries(names)) part.setAttribute("part", name);
    // Out of a frame, as nothing but a frame of its own has room for the page.
    if (window.top !== window) link.target = "_blank";
    for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, () => this.#point());
    // The colours of the page changed.
    probe.addEventListener("transitionend", () => this.#restyle());
    message.setAttribute("role", "alert");
    stage.hidden = true;
    message.hidden = true;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = sheets().ours;
    root.append(html("div", "both", [still, stage]), message);
    observeSize(this, () => this.#fit());
  }

  connectedCallback() {
    // Properties that were set before the element was defined.
    for (const name of SETTABLE) {
      if (!Object.hasOwn(this, name)) continue;
      const value = /** @type {any} */ (this)[name];
      delete /** @type {any} */ (this)[name];
      /** @type {any} */ (this)[name] = value;
    }
    this.#share();
    if (typeof IntersectionObserver === "function") {
      this.#near = new IntersectionObserver((entries) => this.#approach(entries[entries.length - 1].isIntersecting), {
        rootMargin: NEAR,
      });
      this.#near.observe(this);
    } else this.#approach(true);
    if (this.getAttribute("loading") === "eager") this.#load();
  }

  disconnectedCallback() {
    this.#near?.disconnect();
    this.#clock.rest();
    this.#clock.leave();
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (name === "speed") this.#clock.speed = this.#speed;
    else if (name === "loop") this.#clock.loop = this.hasAttribute("loop");
    else if (name === "clock") this.isConnected && this.#share();
    else if (name === "theme") this.#restyle();
    if (["editable", "controls", "explorer"].includes(name)) this.#draw();
    else if (name !== "loop" && name !== "clock") {
      // Last write last, also where the same attribute is written twice.
      this.#written.delete(name);
      this.#written.add(name);
      if (this.#figure && !this.#due) queueMicrotask(() => this.#obey());
      this.#due = this.#figure !== undefined;
    }
  }

  /** Whether what was written is about to be taken over. */
  #due = false;

  /** Steps a second, as the attribute says; a wrong one is told where all words are checked. */
  get #speed() {
    const speed = Number(this.getAttribute("speed"));
    return speed > 0 && speed < Infinity ? speed : SPEED;
  }

  /** Takes the clock that the attribute names. */
  #share() {
    this.#clock.share(this.getAttribute("clock") ?? "");
    if (this.hasAttribute("speed")) this.#clock.speed = this.#speed;
  }

  // ---- what others use

  /** The canonical text of the config. Setting it replaces everything; a bad one fires `adam-scope-error`. */
  get config() {
    return this.#shown && this.#figure ? this.#figure.text() : this.#pendingConfig ?? "";
  }

  set config(text) {
    // It replaces what was written until now.
    this.#written.clear();
    if (this.#figure) this.#try((figure) => figure.replace(String(text)));
    else this.#pendingConfig = String(text);
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

  /** How many steps the figure has; setting it writes the attribute. */
  get steps() {
    return this.#clock.steps;
  }

  set steps(steps) {
    this.setAttribute("steps", String(steps));
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
    return !this.#clock.playing && !this.#pending.play;
  }

  /** What was asked of the clock before there was a figure. @type {{ play: boolean, step: number | undefined }} */
  #pending = { play: false, step: undefined };

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

  /** The canvases of the plots that are shown: surface and path. @returns {HTMLCanvasElement[][]} */
  get plotCanvases() {
    return this.#panels.filter(({ placed }) => placed).map((panel) => panel.canvases);
  }

  /** Draws every plot for so many device pixels in one of the page's. @param {number} dpr */
  drawAt(dpr) {
    for (const panel of this.#panels) panel.drawAt(dpr);
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
    if (!this.#shown) {
      this.#pending.play = true;
      return;
    }
    this.#clock.play();
    this.#announce();
  }

  pause() {
    this.#pending.play = false;
    this.#clock.pause();
    this.#announce();
    this.#name();
  }

  /** @param {number} step any number; clamped, as media elements do */
  seek(step) {
    if (!this.#shown) this.#pending.step = Number(step) || 0;
    this.#clock.seek(step);
    if (this.paused) this.#name();
  }

  /**
   * Does something to the core's view of this figure and shows what came of it; what is wrong leaves the last good picture.
   * @param {(figure: any) => void} act
   * @returns {string} the message of what is wrong, or nothing
   */
  edit(act) {
    return this.#try(act);
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
      this.#restyle();
      // The page's clock and charts are in sight where its figure is not.
    } else if (!this.hasAttribute("editable")) this.#clock.rest();
  }

  #loading = false;

  async #load() {
    if (this.#figure || this.#loading) return;
    this.#loading = true;
    try {
      if (!document.createElement("canvas").getContext("2d")) throw new Error("the browser gives no 2-D canvas to draw on");
      this.#core = await loadCore();
      // Taken out meanwhile: it begins anew when it is put back.
      if (this.isConnected) this.#open(new this.#core.Figure());
    } catch (error) {
      this.#fail(error);
    }
    this.#loading = false;
  }

  /** @param {import("./pkg/adam_scope.js").Figure} figure */
  #open(figure) {
    this.#figure = figure;
    if (this.hasAttribute("autoplay") && !reducedMotion.matches) this.#pending.play = true;
    const config = this.#pendingConfig;
    if (config === undefined) {
      this.#written = new Set(["config"]);
      this.#obey(true);
      return;
    }
    this.#try(() => {
      this.#checkWords();
      figure.replace(config);
    });
    if (this.#written.size > 0) this.#obey();
  }

  /** Throws where an attribute that is no key of a config is wrong. */
  #checkWords() {
    for (const name of PRESENTATION) {
      const words = this.getAttribute(name);
      if (words !== null) this.#core?.checkWords(name, words);
    }
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

  /**
   * Takes over the attributes that were written, all at once. A `config` that cannot be read stays written, so that
   * nothing is shown without it before it is put right.
   * @param {boolean} [keysLast] whether single keys also win over what `config` names
   */
  #obey(keysLast = false) {
    this.#due = false;
    this.#try((figure) => {
      for (const name of this.#written) {
        if (name === "config") this.#writeConfig(figure, keysLast);
        else if (!PRESENTATION.includes(name)) figure.write(name, this.getAttribute(name) ?? undefined);
      }
      this.#written.clear();
      this.#checkWords();
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
    if (first) this.#look(figure);
    this.#shown = true;
    const wasStill = this.#parts.stage.hidden;
    this.#parts.message.hidden = true;
    this.#parts.stage.hidden = false;
    this.#populate(figure.runs());
    this.#clock.steps = figure.steps();
    const asked = this.#pending.step ?? figure.step();
    if ((first && !this.#clock.joined) || (asked !== undefined && asked !== this.#asked)) this.#clock.seek(asked ?? this.openingStep);
    else this.#clock.follow(true);
    this.#asked = figure.step();
    this.#pending.step = undefined;
    this.#judged = false;
    clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => this.#judge(), REST);
    this.#draw();
    this.#announce();
    this.#name();
    if (wasStill) this.#fit();
    if (first) {
      if (this.#pending.play) this.play();
      this.#pending.play = false;
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
    // What is said now may take another line.
    this.#fit();
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

  #looked = "";

  /**
   * Finds out in which colours the figure is drawn.
   * @param {import("./pkg/adam_scope.js").Figure} figure
   * @returns {boolean} whether they are others than before
   */
  #look(figure) {
    const { theme, dyes } = readColors(this.#parts.probe, this.getAttribute("theme"));
    const framed = !this.hasAttribute("editable") && liesOnDark(this) !== (theme === "dark");
    const looked = `${theme} ${framed} ${dyes}`;
    if (looked === this.#looked) return false;
    this.#looked = looked;
    this.#theme = theme;
    this.#parts.stage.classList.toggle("framed", framed);
    if (this.shadowRoot) this.shadowRoot.adoptedStyleSheets = dyes[3] || dyes[7] ? sheets().dyed : sheets().ours;
    figure.dye(theme, new Uint8Array(dyes));
    return true;
  }

  #restyle() {
    if (!this.figure || !this.#look(this.figure)) return;
    this.#draw();
    this.dispatchEvent(new CustomEvent("adam-scope-restyle"));
  }

  /** Leaves the height of the still picture as it is, where the figure is about as high. */
  #fit() {
    const { still, stage } = this.#parts;
    if (!this.#shown || stage.hidden) return;
    still.classList.add("under");
    still.hidden = this.hasAttribute("editable");
    if (!still.hidden) fit(still, stage, this.#panels.map(({ plotBox }) => plotBox));
  }

  /** Brings the link to the page up to date, when somebody is about to follow it. */
  #point() {
    const { link } = this.#parts;
    const page = this.getAttribute("explorer") ?? home;
    link.hidden = page === "";
    if (this.figure && page !== "") link.href = `${page}#${this.figure.address(this.currentStep)}`;
  }

  /** Draws everything: after a change of config, theme or size. */
  #draw() {
    const figure = this.figure;
    if (!figure) return;
    const editable = this.hasAttribute("editable");
    const { figbar, key, extent, foot, line } = this.#parts;
    figbar.hidden = !editable;
    this.#control();
    const [summary, scale, range] = figure.caption();
    const map = `${figure.mapNumber()} ${this.#theme}`;
    if (map !== this.#keyed) {
      this.#keyed = map;
      drawKey(key, figure, scale, this.#theme);
      extent.textContent = range;
    }
    foot.hidden = editable;
    this.#point();
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
      this.#parts.foot.before(this.#transport);
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
      this.#withdraw(error);
    }
  }

  /**
   * Gives the place back to the still picture: nothing can be drawn.
   * @param {unknown} error
   */
  #withdraw(error) {
    const { stage, still } = this.#parts;
    if (stage.hidden) return;
    stage.hidden = true;
    still.hidden = false;
    still.classList.remove("under");
    this.#clock.pause();
    this.#fail(error);
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
