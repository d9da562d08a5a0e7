// What an element shows: its figure, from the words that it is told to the picture, on its clock.
import { Clock } from "./clock.js";
import { isNear } from "./observe.js";
import { Stage } from "./stage.js";
import { turn } from "./turns.js";
import { loadCore } from "./wasm.js";
import { Words } from "./words.js";

/** @typedef {import("./pkg/adam_scope.js").Figure} Figure */
/** @typedef {import("./wasm.js").Core} Core */

/** How long a hand has to rest before verdicts are made exact, in milliseconds. */
const REST = 200;

const reducedMotion = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

export class Showing {
  #scope;
  stage;
  clock = new Clock(() => this.#stepped(), () => this.#ended());
  #words;
  /** The core; undefined until it is loaded. @type {Core | undefined} */
  core;
  /** @type {Figure | undefined} */
  #figure;
  /** Whether there was a first figure. */
  #shown = false;
  /** Resolves at the first figure. @type {Promise<void>} */
  ready;
  #settle = { resolve: () => {}, reject: (/** @type {Error} */ _) => {} };
  #loading = false;
  /** Whether an error is waiting to be put right. */
  #failed = false;
  /** Whether what was written is about to be taken over. */
  #due = false;
  /** The step that the config asked for last. @type {number | undefined} */
  #asked;
  /** A config that was set before the core was there. @type {string | undefined} */
  #pendingConfig;
  /** What was asked of the clock before there was a figure. @type {{ play: boolean, step: number | undefined }} */
  #pending = { play: false, step: undefined };

  /** @param {import("./element.js").AdamScope} scope */
  constructor(scope) {
    this.#scope = scope;
    this.#words = new Words(scope);
    this.ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // A page that does not ask for `ready` is told by the event; nobody has to catch the promise.
    this.ready.catch(() => {});
    this.stage = new Stage(scope, (error) => {
      this.clock.pause();
      this.#fail(error);
    });
  }

  /** The core's view of the figure; undefined before the first one. */
  get figure() {
    return this.#shown ? this.#figure : undefined;
  }

  /** The step shown first where the config asks for none. */
  get openingStep() {
    return reducedMotion.matches ? this.clock.steps : 0;
  }

  // ---- from words to a figure

  /** @param {boolean} isNear whether the element is near the window */
  approach(isNear) {
    this.stage.isNear = isNear;
    if (isNear) {
      this.load();
      this.clock.wake();
      this.stage.restyle();
      this.stage.catchUp();
      // The page's clock and charts are in sight where its figure is not.
    } else if (!this.#scope.hasAttribute("editable")) {
      this.clock.rest();
      this.#figure?.rest();
    }
  }

  /** Loads the core and shows the first figure; a load that failed is tried again. */
  async load() {
    if (this.#figure || this.#loading) return;
    this.#loading = true;
    try {
      if (!document.createElement("canvas").getContext("2d")) throw new Error("the browser gives no 2-D canvas to draw on");
      this.core = await loadCore();
      if (await turn(() => this.#isWanted)) this.#open(new this.core.Figure());
      // The observer tells later that it is not near any more, or it is, after all.
      else if (this.stage.isNear) requestAnimationFrame(() => this.stage.isNear && this.load());
    } catch (error) {
      this.#fail(error);
    }
    this.#loading = false;
  }

  /** Not where it was taken out meanwhile, or the figures above have moved it away. */
  get #isWanted() {
    return this.#scope.isConnected && ((this.stage.isNear && isNear(this.#scope)) || this.#scope.getAttribute("loading") === "eager");
  }

  /** @param {Figure} figure */
  #open(figure) {
    this.#figure = figure;
    if (this.#scope.hasAttribute("autoplay") && !reducedMotion.matches) this.#pending.play = true;
    const config = this.#pendingConfig;
    if (config === undefined) {
      this.#words.forget();
      this.#words.note("config");
      this.#obey(true);
      return;
    }
    this.edit((figure, core) => {
      this.#words.check(core);
      figure.replace(config);
    });
    if (this.#words.wait) this.#obey();
  }

  /** An attribute was written. @param {string} name */
  note(name) {
    this.#words.note(name);
    if (this.#figure && !this.#due) queueMicrotask(() => this.#obey());
    this.#due = this.#figure !== undefined;
  }

  get config() {
    return this.figure ? this.figure.text() : this.#pendingConfig ?? "";
  }

  set config(text) {
    this.#words.forget();
    if (this.#figure) this.edit((figure) => figure.replace(text));
    else this.#pendingConfig = text;
  }

  /** Takes over the attributes that were written. */
  #obey(keysLast = false) {
    this.#due = false;
    this.edit((figure, core) => this.#words.apply(core, figure, keysLast));
  }

  /**
   * Does something to the figure and shows what came of it; an error leaves the last good picture.
   * @param {(figure: Figure, core: Core) => void} act
   * @returns {string} the message of what is wrong, or nothing
   */
  edit(act) {
    const [figure, core] = [this.#figure, this.core];
    if (!figure || !core) return "nothing is shown yet";
    const before = this.#shown ? figure.text() : undefined;
    try {
      act(figure, core);
      this.#show(figure, core, before);
      return "";
    } catch (error) {
      return this.#fail(error);
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    const message = error instanceof Error ? error.message : String(error);
    this.stage.complain(message);
    this.#failed = true;
    this.#emit("error", { message });
    if (!this.#shown) this.#settle.reject(new Error(message));
    return message;
  }

  /**
   * @param {Figure} figure
   * @param {Core} core
   * @param {string | undefined} before the canonical text that was shown until now
   */
  #show(figure, core, before) {
    const text = figure.text();
    const first = !this.#shown;
    // Asked before anything is laid out anew: the answer takes a style pass over what has changed.
    if (first) this.stage.look(figure);
    this.#shown = true;
    const wasStill = this.stage.open(core, figure.runs());
    this.clock.steps = figure.steps();
    const asked = this.#pending.step ?? figure.step();
    if ((first && !this.clock.joined) || (asked !== undefined && asked !== this.#asked)) this.clock.seek(asked ?? this.openingStep);
    else this.clock.follow(true);
    this.#asked = figure.step();
    this.#pending.step = undefined;
    this.#judged = false;
    clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => this.judge(), REST);
    this.stage.draw();
    this.announce();
    this.stage.name();
    if (wasStill) this.stage.fit();
    if (first) {
      if (this.#pending.play) this.play();
      this.#pending.play = false;
      this.#settle.resolve();
      this.ready = Promise.resolve();
      this.#emit("ready", {});
    }
    if (text !== before || this.#failed) this.#emit("change", { config: text });
    this.#failed = false;
  }

  /** Whether the verdicts are final: while a hand moves they are extrapolated. */
  #judged = false;
  #rest = 0;

  /** Finds out when runs get there that are on their way: when a hand has come to rest, or somebody asks. */
  judge() {
    const figure = this.figure;
    if (!figure || this.#judged) return;
    this.#judged = true;
    figure.settle();
    this.stage.judge(figure);
    this.stage.name();
    this.#scope.dispatchEvent(new CustomEvent("adam-scope-judged"));
  }

  // ---- the clock

  get paused() {
    return !this.clock.playing && !this.#pending.play;
  }

  play() {
    if (!this.#shown) {
      this.#pending.play = true;
      return;
    }
    this.clock.play();
    this.announce();
  }

  pause() {
    this.#pending.play = false;
    this.clock.pause();
    this.announce();
    this.stage.name();
  }

  /** @param {number} step */
  seek(step) {
    if (!this.#shown) this.#pending.step = Number(step) || 0;
    this.clock.seek(step);
    if (this.paused) this.stage.name();
  }

  /** Back to the opening step, as if nothing had been played: verdicts are to be guessed again. */
  rewind() {
    this.clock.seek(this.#figure?.step() ?? this.openingStep);
    this.stage.conceal();
    this.stage.reveal(this.clock.step);
    this.stage.name();
    this.announce();
  }

  /** Draws what a step changes. */
  #stepped() {
    const figure = this.figure;
    if (!figure) return;
    this.stage.step(figure);
    this.announce();
    this.#emit("step", { step: this.clock.step });
  }

  #ended() {
    this.stage.name();
    this.announce();
    this.#emit("end", { step: this.clock.step });
  }

  /** Tells the controls, which listen to themselves being told. */
  announce() {
    this.#scope.dispatchEvent(new CustomEvent("adam-scope-clock"));
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #emit(name, detail) {
    this.#scope.dispatchEvent(new CustomEvent(`adam-scope-${name}`, { bubbles: true, composed: true, detail }));
  }
}
