// Charts over the steps, drawn by the core: loss, rate, distance, and the steps that the chosen run takes. A step pointed at
// in one of them is shown in all, in the panels and on the clock.
import { html } from "./dom.js";
import { figureOf } from "./explorer-core.js";
import { buildPoints } from "./points.js";
import { hue } from "./swatch.js";

/** How much of the window the clock covers at its lower edge, in CSS pixels. */
const CLOCK_HEIGHT = 60;

/** What is charted, in this order; the last ones stand back where there is no room. @type {string[]} */
const QUANTITIES = ["loss", "rate", "update", "distance"];

/** Pixels between the names at the ends of lines. */
const NAME_HEIGHT = 14;

/** Room in pixels left, above, right and below the frame of a chart: for labels. */
const ROOM = [46, 10, 54, 24];

/**
 * A finger or a mouse on a chart moves the clock; leaving gives it back to where it was.
 * @param {import("./element.js").AdamScope} scope
 * @param {HTMLElement} box
 * @param {(left: number) => number} stepAt the step at so many pixels from the left edge of the box
 */
export function followPointer(scope, box, stepAt) {
  const seek = (/** @type {MouseEvent} */ event) => scope.seek(stepAt(event.clientX - box.getBoundingClientRect().left));
  /** @type {number | undefined} */
  let before;
  box.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || !scope.paused) return;
    before ??= scope.currentStep;
    seek(event);
  });
  box.addEventListener("pointerleave", () => {
    if (before !== undefined && scope.paused) scope.seek(before);
    before = undefined;
  });
  box.addEventListener("click", (event) => {
    scope.pause();
    seek(event);
    before = undefined;
  });
}

export class ChartView {
  root = html("figure", "chart");
  #title = html("h2");
  #caption = html("p");
  #box = html("div", "chart-box");
  #still = html("canvas");
  #live = html("canvas");
  #names = html("div", "names");
  #reading = html("p", "reading");
  #scope;
  #quantity;
  #plot;
  #sized = false;
  /** What was drawn, so that the clock alone draws nothing anew. */
  #drawn = "";

  /**
   * @param {import("./explorer-core.js").ExplorerCore} core
   * @param {import("./element.js").AdamScope} scope
   * @param {string} quantity
   */
  constructor(core, scope, quantity) {
    this.#scope = scope;
    this.#quantity = quantity;
    this.#live.setAttribute("role", "img");
    this.#live.setAttribute("aria-label", `Chart of the ${quantity}`);
    this.#still.setAttribute("aria-hidden", "true");
    this.#box.append(this.#still, this.#live, this.#names);
    this.root.append(html("figcaption", "", [this.#title, this.#caption]), this.#box, this.#reading);
    this.#plot = new core.ChartPlot(this.#still, this.#live);
    new ResizeObserver(() => this.#resize()).observe(this.#box);
    followPointer(scope, this.#box, (left) => this.#plot.stepAt(left));
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.#box;
    if (width === 0 || height === 0) return;
    const dpr = devicePixelRatio;
    const [left, top, right, bottom] = ROOM;
    this.#plot.resize(Math.round(width * dpr), Math.round(height * dpr));
    this.#plot.place(left, top, width - left - right, height - top - bottom, dpr);
    this.#sized = true;
    this.#drawn = "";
    this.draw();
  }

  /**
   * @param {number} [run] the chosen one
   */
  draw(run = this.#run) {
    this.#run = run;
    const figure = figureOf(this.#scope);
    if (!figure || !this.#sized) return;
    const theme = this.#scope.themeInForce;
    const drawn = `${figure.text()} ${run} ${theme}`;
    if (drawn !== this.#drawn) {
      const shown = figure.drawChart(this.#plot, this.#quantity, run, NAME_HEIGHT, theme);
      this.root.hidden = !shown;
      this.#drawn = drawn;
      if (!shown) return;
      [this.#title.textContent, this.#caption.textContent] = this.#plot.words();
      this.#name();
      this.describe();
    }
    if (!this.root.hidden) this.now();
  }

  #run = 0;

  get box() {
    return this.#box;
  }

  get plot() {
    return this.#plot;
  }

  get quantity() {
    return this.#quantity;
  }

  /** Names at the ends of the lines. */
  #name() {
    const places = this.#plot.labelPlaces();
    this.#names.replaceChildren(
      ...this.#plot.labels().map((label, i) => {
        const name = html("span", "", [label]);
        const run = places[3 * i + 2];
        name.style.left = `${places[3 * i] + 4}px`;
        name.style.top = `${places[3 * i + 1]}px`;
        if (run >= 0) name.style.setProperty("--run", hue(run));
        return name;
      }),
    );
  }

  /** Draws what the clock moves. */
  now() {
    const figure = figureOf(this.#scope);
    if (figure && !this.root.hidden && this.#sized) figure.drawChartNow(this.#plot, this.#scope.currentStep, this.#scope.themeInForce);
  }

  /** Says what it shows, for those who cannot see it: at rest only. */
  describe() {
    const figure = figureOf(this.#scope);
    if (!figure || this.root.hidden || !this.#sized) return;
    const labels = this.#plot.labels();
    const readings = figure.chartReading(this.#plot, this.#scope.currentStep);
    const told = labels.flatMap((label, i) => (readings[i] ? [`${label}: ${readings[i]}`] : []));
    this.#live.setAttribute("aria-label", `${this.#title.textContent}, at step ${this.#scope.currentStep}: ${told.join("; ")}`);
  }
}

/**
 * @param {import("./explorer-core.js").ExplorerCore} core
 * @param {import("./element.js").AdamScope} scope
 * @param {HTMLElement} section
 * @returns {{ choose(run: number): void }}
 */
export function buildCharts(core, scope, section) {
  const views = QUANTITIES.map((quantity) => new ChartView(core, scope, quantity));
  section.append(...views.map(({ root }) => root));
  const rate = /** @type {ChartView} */ (views.find(({ quantity }) => quantity === "rate"));
  const points = buildPoints(scope, rate, () => chosen);
  /** Where all runs are in one plot, the loss stands beside it. */
  const place = () => {
    const [{ root }] = views;
    const beside = scope.figure?.value("view") === "overlay";
    if (beside === (root.slot === "beside")) return;
    root.slot = beside ? "beside" : "";
    if (beside) scope.append(root);
    else section.prepend(root);
  };
  let chosen = 0;
  let visible = false;
  let stale = true;
  const draw = () => {
    place();
    const runs = scope.figure?.runs() ?? 1;
    chosen = Math.min(chosen, runs - 1);
    stale = !visible;
    if (visible) for (const view of views) view.draw(chosen);
    else if (views[0].root.slot === "beside") views[0].draw(chosen);
    points.refresh();
  };
  const describe = () => visible && views.forEach((view) => view.describe());
  // Charts off the screen wait, and those that the clock's bar hides: a drag above them has the frame to itself.
  new IntersectionObserver(
    (entries) => {
      visible = entries[entries.length - 1].isIntersecting;
      if (visible && stale) draw();
      if (visible) for (const view of views) view.now();
    },
    { rootMargin: `100px 0px -${CLOCK_HEIGHT}px` },
  ).observe(section);
  scope.addEventListener("adam-scope-change", draw);
  scope.addEventListener("adam-scope-restyle", draw);
  scope.addEventListener("adam-scope-step", () => {
    if (visible) for (const view of views) view.now();
    else if (views[0].root.slot === "beside") views[0].now();
    if (scope.paused) {
      describe();
      points.refresh();
    }
  });
  scope.addEventListener("adam-scope-end", describe);
  scope.addEventListener("adam-scope-change", describe);
  draw();
  return {
    choose(run) {
      chosen = run;
      draw();
    },
  };
}
