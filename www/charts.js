// Charts over the steps, drawn by the core: loss, rate, distance, and the steps that the chosen run takes. A step pointed at
// in one of them is shown in all, in the panels and on the clock.
import { isBeside } from "./beside.js";
import { html } from "./dom.js";
import { EndNames, NAME_HEIGHT } from "./end-names.js";
import { figureOf } from "./explorer-core.js";
import { buildPoints } from "./points.js";

/** How much of the window the clock covers at its lower edge, in CSS pixels. */
const CLOCK_HEIGHT = 60;

/** What is charted, in this order. @type {string[]} */
const QUANTITIES = ["loss", "rate", "update", "distance"];

/** The charts that stand beside the panels where there is room. */
const FIRST = ["loss", "rate"];

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
  #names = new EndNames();
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
    this.#box.append(this.#still, this.#live, this.#names.root);
    this.root.append(html("figcaption", "", [this.#title, this.#caption]), this.#box, this.#reading);
    this.#plot = new core.ChartPlot(this.#still, this.#live);
    new ResizeObserver(() => this.#resize()).observe(this.#box);
    followPointer(scope, this.#box, (left) => this.#plot.stepAt(left));
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.#box;
    if (width === 0 || height === 0) return;
    this.#plot.resize(Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio));
    this.#sized = true;
    this.#drawn = "";
    this.draw();
  }

  /** Puts the frame where it leaves the names at its right as much room as they take. */
  #place() {
    const { clientWidth: width, clientHeight: height } = this.#box;
    const [left, top, least, bottom] = ROOM;
    const right = this.#names.room(least, width);
    this.#plot.place(left, top, width - left - right, height - top - bottom, devicePixelRatio);
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
      const paint = () => {
        this.#place();
        return figure.drawChart(this.#plot, this.#quantity, run, NAME_HEIGHT, theme);
      };
      const shown = paint();
      this.root.hidden = !shown;
      this.#drawn = drawn;
      if (!shown) return;
      [this.#title.textContent, this.#caption.textContent] = this.#plot.words();
      if (this.#names.write(this.#plot.labels(), theme)) paint();
      this.#names.spread(this.#plot.labelPlaces());
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
 * @param {import("./beside.js").Beside} beside
 * @returns {{ choose(run: number): void }}
 */
export function buildCharts(core, scope, section, beside) {
  const views = QUANTITIES.map((quantity) => new ChartView(core, scope, quantity));
  section.append(...views.map(({ root }) => root));
  const rate = /** @type {ChartView} */ (views.find(({ quantity }) => quantity === "rate"));
  const points = buildPoints(scope, rate, () => chosen);
  for (const { root, quantity } of views) if (FIRST.includes(quantity)) beside.addChart(root, section, quantity === "loss");
  let chosen = 0;
  let visible = false;
  let stale = true;
  /** Those that can be seen. */
  const seen = () => views.filter(({ root }) => visible || isBeside(root));
  const draw = () => {
    const runs = scope.figure?.runs() ?? 1;
    chosen = Math.min(chosen, runs - 1);
    stale = !visible;
    for (const view of seen()) view.draw(chosen);
    points.refresh();
  };
  const describe = () => seen().forEach((view) => view.describe());
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
  scope.addEventListener("adam-scope-view", draw);
  scope.addEventListener("adam-scope-step", () => {
    for (const view of seen()) view.now();
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
