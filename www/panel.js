// One run: its head in HTML, its plot on two canvases, the handle on its start.
import { html, svg } from "./dom.js";
import { observeSize } from "./observe.js";
import { hue, swatch } from "./swatch.js";
import { VerdictLine } from "./verdict.js";

/** Hands a panel's wishes to its element. */
/** @typedef {{ moveStart(panel: Panel, left: number, top: number): void, nudgeStart(right: number, up: number): void, settle(): void,
 *   writeRate(run: number, words: string): void, removeRate(run: number): void, resized(panel: Panel): void, draw(panel: Panel): void }} Owner */

/** Hundredths of the domain for each arrow key. */
const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
});

export class Panel {
  /** The list item that holds everything. */
  root = html("li", "panel");
  plotBox = html("div", "plot");
  start = html("button", "start");
  startWord = html("span", "word", ["start"]);
  minimumWord = html("span", "word", ["minimum"]);
  rate = html("input");
  #rateText = html("b", "rate");
  #remove = html("button", "icon");
  /** Optimizer and schedule, where runs differ in them. */
  #who = html("span", "who");
  #loss = html("b");
  #verdict = new VerdictLine();
  #evidence = html("span", "evidence");
  #position = html("span", "now at");
  #surfaceCanvas = html("canvas");
  #pathCanvas = html("canvas");
  #core;
  #run;
  #owner;
  /** @type {import("./pkg/adam_scope.js").Plot} */
  plot;
  #unobserve;
  /** Where the canvases lie against the plot, in CSS pixels. */
  #offset = [0, 0];
  /** How many device pixels the canvases have. */
  #size = [0, 0];
  /** The plot's width and height in CSS pixels: asked for while a hand moves, they would take a layout a panel. */
  #inner = [0, 0];
  placed = false;
  /** Whether ticks beside the plot say what it spans. */
  labelled = true;
  /** What the static layer was drawn for. */
  #drawn = "";

  /**
   * @param {import("./wasm.js").Core} core
   * @param {number} run
   * @param {Owner} owner
   */
  constructor(core, run, owner) {
    this.#core = core;
    this.#run = run;
    this.#owner = owner;
    this.#build();
    this.#listen();
    this.plot = new core.Plot(this.#surfaceCanvas, this.#pathCanvas);
    this.#unobserve = observeSize(this.#pathCanvas, (entry) => this.#resize(entry));
  }

  #build() {
    this.root.setAttribute("part", "panel");
    this.root.style.setProperty("--run", hue(this.#run));
    this.rate.inputMode = "decimal";
    this.rate.autocomplete = "off";
    this.rate.spellcheck = false;
    this.rate.setAttribute("aria-label", `Learning rate of run ${this.#run + 1}`);
    this.#remove.type = "button";
    this.#remove.append(
      svg("svg", { viewBox: "0 0 14 14", "aria-hidden": "true" }, [svg("path", { d: "M3 3l8 8M11 3l-8 8", class: "line" })]),
    );
    const name = html("div", "name", [
      swatch(this.#core, this.#run),
      this.#who,
      html("span", "unit", ["lr"]),
      this.rate,
      this.#rateText,
      this.#remove,
    ]);
    const now = html("div", "now", ["loss ", this.#loss]);
    const head = html("div", "head", [name, now, this.#verdict.root, this.#evidence, this.#position]);
    this.start.type = "button";
    this.start.tabIndex = this.#run === 0 ? 0 : -1;
    this.#pathCanvas.setAttribute("role", "img");
    this.#surfaceCanvas.setAttribute("aria-hidden", "true");
    for (const word of [this.startWord, this.minimumWord]) {
      word.hidden = true;
      word.setAttribute("aria-hidden", "true");
    }
    this.plotBox.append(this.#surfaceCanvas, this.#pathCanvas, this.minimumWord, this.startWord, this.start);
    this.root.append(html("div", "panel-head", [head]), this.plotBox);
  }

  #listen() {
    this.rate.addEventListener("change", () => this.#owner.writeRate(this.#run, this.rate.value));
    this.#remove.addEventListener("click", () => this.#owner.removeRate(this.#run));
    this.start.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.start.blur();
      const arrow = ARROWS[event.key];
      if (!arrow || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const size = event.shiftKey ? 5 : 1;
      this.#owner.nudgeStart(arrow[0] * size, arrow[1] * size);
      this.#owner.settle();
    });
    // A finger on the handle drags it; elsewhere it scrolls the page, and a tap moves the start. A mouse does both anywhere.
    this.plotBox.addEventListener("pointerdown", (event) => {
      const onHandle = event.target === this.start;
      if (event.button !== 0 || (event.pointerType === "touch" && !onHandle)) return;
      event.preventDefault();
      this.start.focus({ preventScroll: true });
      this.plotBox.setPointerCapture(event.pointerId);
      if (!onHandle) this.#moveTo(event);
    });
    this.plotBox.addEventListener("pointermove", (event) => {
      if (this.plotBox.hasPointerCapture(event.pointerId)) this.#moveTo(event);
    });
    this.plotBox.addEventListener("lostpointercapture", () => this.#owner.settle());
    this.plotBox.addEventListener("click", (event) => {
      const touched = event instanceof PointerEvent && event.pointerType === "touch";
      if (!touched || event.target === this.start) return;
      this.#moveTo(event);
      this.#owner.settle();
    });
  }

  /** @param {MouseEvent} event */
  #moveTo(event) {
    const box = this.plotBox.getBoundingClientRect();
    this.#owner.moveStart(this, event.clientX - box.left + this.#offset[0], event.clientY - box.top + this.#offset[1]);
  }

  /** @param {ResizeObserverEntry} [entry] */
  #resize(entry) {
    const plot = this.plotBox.getBoundingClientRect();
    const canvas = this.#pathCanvas.getBoundingClientRect();
    this.placed = plot.width > 0 && plot.height > 0;
    if (!this.placed) return;
    this.#inner = [this.plotBox.clientWidth, this.plotBox.clientHeight];
    let width = Math.round(canvas.width * devicePixelRatio);
    let height = Math.round(canvas.height * devicePixelRatio);
    // The observer knows to which side a broken pixel was rounded. Where it counts other pixels (an emulated display),
    // it is of no use.
    const exact = entry?.devicePixelContentBoxSize?.[0];
    if (exact && Math.abs(exact.inlineSize - width) <= 2) [width, height] = [exact.inlineSize, exact.blockSize];
    this.#offset = [plot.left - canvas.left, plot.top - canvas.top];
    // Narrow plots have no room for ticks beside them; the style sheet then leaves only a thin margin.
    this.labelled = this.#offset[0] > 20;
    this.plot.label(this.labelled);
    this.#size = [width, height];
    this.#place(this.#size, plot, canvas);
    this.#owner.resized(this);
  }

  /**
   * Sizes the canvases, which clears them.
   * @param {number[]} size in device pixels
   * @param {DOMRect} plot
   * @param {DOMRect} canvas
   */
  #place([width, height], plot, canvas) {
    this.plot.resize(width, height);
    this.plot.place(this.#offset[0], this.#offset[1], plot.width, plot.height, width / canvas.width);
    this.#drawn = "";
  }

  get canvases() {
    return [this.#surfaceCanvas, this.#pathCanvas];
  }

  /** @param {number} [dpr] device pixels in one of the page's; without it, as it was */
  drawAt(dpr) {
    const plot = this.plotBox.getBoundingClientRect();
    const canvas = this.#pathCanvas.getBoundingClientRect();
    if (!this.placed || plot.width === 0) return;
    this.#place(dpr ? [Math.round(canvas.width * dpr), Math.round(canvas.height * dpr)] : this.#size, plot, canvas);
    this.#owner.draw(this);
  }

  /**
   * Writes what does not change with the step.
   * @param {import("./pkg/adam_scope.js").Figure} figure
   * @param {boolean} editable
   */
  describe(figure, editable) {
    const [label, , , rate] = figure.words(this.#run);
    this.rate.hidden = !editable;
    this.#rateText.hidden = editable;
    this.#remove.hidden = !editable || figure.runs() === 1;
    this.#remove.setAttribute("aria-label", `Remove ${label}`);
    this.#remove.title = "Remove this run";
    const who = label.replace(/(, )?lr .*$/, "");
    if (this.#who.textContent !== who) this.#who.textContent = who;
    // Not left to the style sheet to find out: it would be asked anew at every change of the head.
    this.root.classList.toggle("named", who !== "");
    this.#rateText.textContent = rate;
    this.rate.value = rate;
    this.rate.size = Math.max(rate.length, 2);
    this.rate.removeAttribute("aria-invalid");
    this.judge(figure);
    this.start.setAttribute("aria-label", `Start of every run: ${figure.reading(this.#run, 0)[1]}. Arrow keys move it.`);
  }

  /**
   * Writes the verdict.
   * @param {import("./pkg/adam_scope.js").Figure} figure
   */
  judge(figure) {
    const [, rating, reason, evidence] = figure.judgement(this.#run);
    this.#verdict.write(rating, reason);
    this.#evidence.textContent = evidence;
  }

  /**
   * Writes loss and position of a step.
   * @param {import("./pkg/adam_scope.js").Figure} figure
   * @param {number} step
   */
  read(figure, step) {
    [this.#loss.textContent, this.#position.textContent] = figure.reading(this.#run, step);
  }

  /**
   * Draws what changed: the static layer only for another map, theme or size.
   * @param {import("./pkg/adam_scope.js").Figure} figure
   * @param {number} step
   * @param {string} theme
   */
  paint(figure, step, theme) {
    if (!this.placed) return;
    const drawn = `${figure.mapNumber()} ${theme}`;
    if (drawn !== this.#drawn) figure.drawSurface(this.plot, theme);
    this.#drawn = drawn;
    figure.drawPath(this.plot, this.#run, step, theme);
    this.#arrange(figure);
  }

  /** The labels at the ends of paths where this plot shows all runs, and how wide they are. */
  #ends = html("div", "ends");
  #endWidths = new Float64Array();

  /**
   * Draws all runs on this plot.
   * @param {import("./pkg/adam_scope.js").Figure} figure
   * @param {number} step
   * @param {string} theme
   */
  paintAll(figure, step, theme) {
    if (!this.placed) return;
    const drawn = `${figure.mapNumber()} ${theme}`;
    if (drawn !== this.#drawn) figure.drawSurface(this.plot, theme);
    this.#drawn = drawn;
    const places = figure.drawOverlay(this.plot, step, theme, this.#endWidths, 15);
    [...this.#ends.children].forEach((end, run) => {
      const [x, y, left] = places.subarray(3 * run, 3 * run + 3);
      const { style, classList } = /** @type {HTMLElement} */ (end);
      style.left = `${x - this.#offset[0]}px`;
      style.top = `${y - this.#offset[1]}px`;
      classList.toggle("flip", left === 1);
    });
    this.#arrange(figure);
  }

  /**
   * Writes the labels at the ends of all paths.
   * @param {import("./pkg/adam_scope.js").Figure} figure
   */
  describeAll(figure) {
    this.plotBox.append(this.#ends);
    this.#ends.replaceChildren(
      ...Array.from({ length: figure.runs() }, (_, run) => {
        const [label] = figure.words(run);
        const end = html("span", "", [label.replace(/^lr /, "")]);
        end.style.setProperty("--run", hue(run));
        return end;
      }),
    );
    this.#endWidths = Float64Array.from(this.#ends.children, (end) => /** @type {HTMLElement} */ (end).offsetWidth);
  }

  /** Takes the labels of other runs away. */
  forgetAll() {
    this.#ends.replaceChildren();
  }

  /**
   * Gives the picture its words.
   * @param {import("./pkg/adam_scope.js").Figure} figure
   * @param {number} step
   * @param {boolean} played whether the verdict may be told
   */
  name(figure, step, played) {
    const [loss, position] = figure.reading(this.#run, step);
    const [, rating, reason] = figure.judgement(this.#run);
    const where = `loss ${loss} at ${position}`;
    const verdict = played ? `; ${rating}: ${reason}` : "";
    const who = this.#ends.childElementCount > 0 ? `All runs in one plot, paths to step ${step}; ${figure.words(this.#run)[0]}` : `${figure.words(this.#run)[0]}, path to step ${step}`;
    this.#pathCanvas.setAttribute("aria-label", `${who}: ${where}${verdict}`);
  }

  /**
   * Puts the handle and, on the first panel, the words where they belong.
   * @param {import("./pkg/adam_scope.js").Figure} figure
   */
  #arrange(figure) {
    this.#put(this.start, figure.startPlace(this.plot));
    if (this.#run > 0) return;
    this.#put(this.startWord, figure.startPlace(this.plot));
    this.#put(this.minimumWord, figure.minimumPlace(this.plot));
  }

  /**
   * @param {HTMLElement} element
   * @param {Float64Array} place against the canvas; empty where there is none
   */
  #put(element, place) {
    const [left, top] = [place[0] - this.#offset[0], place[1] - this.#offset[1]];
    const [width, height] = this.#inner;
    // A start outside the domain keeps its handle within reach, at the frame.
    element.hidden = place.length === 0;
    if (element === this.startWord) element.hidden = left < 0 || top < 0 || left > width || top > height;
    if (element.hidden) return;
    element.style.left = `${Math.min(Math.max(left, 0), width)}px`;
    element.style.top = `${Math.min(Math.max(top, 0), height)}px`;
    element.classList.toggle("flip", left > width - 70);
  }

  free() {
    this.#unobserve();
    this.root.remove();
    this.plot.free();
  }
}
