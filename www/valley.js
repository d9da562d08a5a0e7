// The valley of good rates: the loss after a run against its learning rate, and on it the rates of the panels as handles,
// each a native slider, tied to its panel by a line.
import { html, svg } from "./dom.js";
import { isWhole } from "./explorer-core.js";
import { hue, marker } from "./swatch.js";

/** From this width on, in CSS pixels, labels have room beside the frame and between two powers of ten. */
const ROOMY = 900;

/** So many letters do not fit beside the frame. */
const GUTTER = 8;

/** From this width on, lines tie a single row of panels to the markers. */
const LEADERS = 1000;

/** How far up the axis an arrow key moves a rate, as a part of a decade; the page keys move ten times as far. */
const PRESS = 0.05;

/** Heights in pixels: the curve, its distance from the axis, the room above it for flags. */
const CURVE = 108;
const LIFT = 5;
const FLAGS = 30;

/** Where the axis lies, from the top, and its labels and words below it. */
const AXIS = FLAGS + CURVE + LIFT;
const LABELS = 22;
const ZONES = 38;

/** More steps than this in all are left to the workers: the page has other things to do in a frame. */
const OWN_STEPS = 130_000;

/** What a zone is called, by its number. */
const RATINGS = ["too low", "about right", "too high"];

/** The dashes of further curves; the first is solid. */
const DASHES = ["", "7 4", "2 3", "10 3 2 3", "5 3", "12 3 2 3 2 3"];

/**
 * @param {import("./explorer-core.js").ExplorerCore} core
 * @param {import("./element.js").AdamScope} scope
 * @param {HTMLElement} section
 * @param {() => Promise<import("./pool.js").Pool>} hands gets the workers
 */
export function buildValley(core, scope, section, hands) {
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (section.querySelector(name));
  const plot = find(".valley-plot");
  const handles = find(".handles");
  const caption = find(".what");
  const add = /** @type {HTMLButtonElement} */ (find("#add-rate"));
  const best = find("#best");
  best.querySelector("button")?.addEventListener("click", () => (best.dataset.asked = ""));
  const picture = svg("svg", { "aria-hidden": "true" });
  plot.prepend(picture);

  add.addEventListener("click", () => edit((rates) => rates.extended()));
  new ResizeObserver(draw).observe(section);
  new ResizeObserver(draw).observe(scope);
  scope.addEventListener("adam-scope-change", update);
  scope.addEventListener("adam-scope-view", draw);

  /** The chart of the config that is shown, or of the one before it. @type {import("./pkg/explorer.js").Valley | undefined} */
  let valley;
  /** What it was computed for. */
  let known = "";
  /** @type {ReturnType<import("./pool.js").Pool["order"]> | undefined} */
  let order;

  /** @param {(rates: import("./pkg/explorer.js").Rates) => string} act */
  function edit(act) {
    const rates = core.Rates.of(scope.config);
    try {
      scope.config = act(rates);
    } finally {
      rates.free();
    }
  }

  /** Computes the curve anew where the config changed in more than its rates. */
  function update() {
    const config = scope.config;
    const sounding = core.soundingOf(config);
    if (sounding === known) {
      draw();
      return;
    }
    known = sounding;
    order?.cancel();
    /** @param {Float64Array} soundings */
    const take = (soundings) => {
      valley?.free();
      valley = core.Valley.of(sounding, soundings);
      draw();
    };
    if (core.soundingSteps(sounding) <= OWN_STEPS) take(isWhole() ? core.soundings(sounding) : core.soundingsInTurn(sounding));
    else {
      draw();
      hands().then((pool) => {
        if (sounding === known) order = pool.order([{ call: "soundings", words: [sounding] }], take);
      }, () => (known = ""));
    }
  }

  function draw() {
    const figure = scope.figure;
    if (!figure) return;
    const rates = core.Rates.of(scope.config);
    const width = plot.clientWidth;
    const { low, high } = rates;
    const place = (/** @type {number} */ exponent) => ((exponent - low) / (high - low)) * width;
    const exponents = rates.exponents();
    const places = Array.from(exponents, place);
    const words = rates.words();
    const runs = rates.runs();
    const own = figure.value("lr").includes(":");
    add.disabled = rates.full;
    // What finds the best rates comes with the rest of the core; a press that it was not there for is kept.
    best.hidden = !figure.value("optimizer").includes(",") || figure.value("schedule").includes(",");
    while (handles.children.length > words.length) handles.lastElementChild?.remove();
    while (handles.children.length < words.length) handles.append(handle(handles.children.length));
    exponents.forEach((exponent, position) => {
      const input = /** @type {HTMLInputElement} */ (handles.children[position]);
      const [label] = figure.words(runs[position]);
      const whose = own ? label.replace(/, lr .*$/, "") : `run ${runs[position] + 1}`;
      input.setAttribute("aria-label", `Learning rate of ${whose}`);
      input.min = String(low);
      input.max = String(high);
      input.value = String(exponent);
      input.setAttribute("aria-valuetext", words[position]);
    });

    const tied = leaders(places, runs);
    // On what is around it too: a style that looked for it there would be asked anew at every change.
    for (const element of [section, section.parentElement]) element?.toggleAttribute("data-leaders", tied.length > 0);
    /** @type {SVGElement[]} */
    const parts = [...grid(width), ...curves(width), ...zones(width)];
    parts.push(svg("line", { class: "spine", x1: 0, x2: width, y1: AXIS, y2: AXIS }));
    const labels = rates.labels();
    labels.forEach((label, i) => {
      const x = (i * width) / (labels.length - 1);
      const anchor = i === 0 ? "start" : i === labels.length - 1 ? "end" : "middle";
      parts.push(svg("line", { class: "spine", x1: x, x2: x, y1: AXIS, y2: AXIS + 5 }));
      // Long positional labels do not fit side by side on a phone.
      if (width < 560 && label.length > 5) return;
      parts.push(text(x, AXIS + LABELS, label, anchor));
    });
    const usual = place(-3);
    parts.push(svg("line", { class: "usual", x1: usual, x2: usual, y1: FLAGS + CURVE / 2, y2: AXIS }));
    const beside = words.includes("0.001") ? 16 : 6;
    if (width < ROOMY) parts.push(text(usual - beside, AXIS - 24, "usual default", "end", "halo"));
    else parts.push(text(usual + beside, AXIS - 9, "0.001, the usual default", "start", "halo"));
    parts.push(...tied);
    if (tied.length === 0) parts.push(...flags(places, words, runs));
    places.forEach((x, position) => {
      const run = runs[position];
      const height = valley ? valley.height(figure.lastLoss(run)) : NaN;
      const mark = marker(core, run, x, AXIS, 8);
      mark.style.setProperty("--run", hue(run));
      if (height <= 1) {
        const dot = svg("circle", { class: "dot", cx: x, cy: up(height), r: 4 });
        dot.style.setProperty("--run", hue(run));
        parts.push(dot);
      }
      parts.push(mark);
    });
    picture.replaceChildren(...parts);
    caption.textContent = valley ? valley.caption() : "";
    // The heading takes the corner that the curve leaves free.
    section.toggleAttribute("data-low-start", (valley?.startsLow() ?? false) && tied.length > 0);
    rates.free();
  }

  /** @param {number} height a part of the chart, from its bottom */
  function up(height) {
    return FLAGS + (1 - height) * CURVE;
  }

  /** @param {number} width */
  function grid(width) {
    if (!valley) return [];
    const places = valley.tickPlaces();
    return valley.tickLabels().flatMap((label, i) => {
      const y = up(places[i]);
      const line = svg("line", { class: "grid", x1: 0, x2: width, y1: y, y2: y });
      // In the gutter where there is room, else on the line.
      return width >= ROOMY && label.length < GUTTER ? [line, text(-7, y + 4, label, "end")] : [line, text(0, y - 3, label, "start", "halo")];
    });
  }

  /** @param {number} width */
  function curves(width) {
    if (!valley) return [];
    const { length } = valley.labels();
    return Array.from({ length }, (_, i) => {
      const d = /** @type {import("./pkg/explorer.js").Valley} */ (valley).path(i, width, CURVE);
      return svg("path", { class: "curve", d, transform: `translate(0 ${FLAGS})`, "stroke-dasharray": DASHES[i % DASHES.length] });
    }).concat(length > 1 ? /** @type {any} */ (curveNames(width)) : []);
  }

  /** The name of each curve where it begins, pushed apart. @param {number} width */
  function curveNames(width) {
    if (!valley) return [];
    const names = valley.labels();
    const heights = valley.labelHeights(14 / CURVE);
    return names.map((name, i) => text(width - 4, up(heights[i]) - 4, name, "end", "halo"));
  }

  /** What is said of the rates under the axis, by the first curve: a thick bar under those that are about right. @param {number} width */
  function zones(width) {
    if (!valley) return [];
    const zones = valley.zones();
    /** @type {SVGElement[]} */
    const parts = [];
    /** The widest zone of each rating has its words. @type {Map<number, [number, number]>} */
    const widest = new Map();
    for (let i = 0; i < zones.length; i += 3) {
      const [from, to, rating] = [zones[i] * width, zones[i + 1] * width, zones[i + 2]];
      if (rating === 1) parts.push(svg("line", { class: "right", x1: from, x2: to, y1: AXIS, y2: AXIS }));
      const before = widest.get(rating);
      if (!before || to - from > before[1] - before[0]) widest.set(rating, [from, to]);
    }
    for (const [rating, [from, to]] of widest) {
      const half = RATINGS[rating].length * 3.4;
      const middle = Math.min(Math.max((from + to) / 2, half), width - half);
      if (to - from > 24) parts.push(text(middle, AXIS + ZONES, RATINGS[rating], "middle", rating === 1 ? "zone right" : "zone"));
    }
    return parts;
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {string} words
   * @param {string} anchor
   * @param {string} [className]
   */
  function text(x, y, words, anchor, className = "") {
    const element = svg("text", { x, y, "text-anchor": anchor, class: className });
    element.textContent = words;
    return element;
  }

  /**
   * Lines from the panels to the markers, where the panels stand in one row in the order of their rates.
   * @param {number[]} places
   * @param {Uint32Array} runs
   */
  function leaders(places, runs) {
    const plots = scope.plotBoxes;
    if (plots.length !== places.length) return [];
    const boxes = Array.from(runs, (run) => plots[run]);
    const inOrder = places.every((x, i) => i === 0 || (x > places[i - 1] && runs[i] > runs[i - 1]));
    const inOneRow = boxes.every((box) => box.width > 0 && Math.abs(box.top - boxes[0].top) < 4);
    if (plot.clientWidth < LEADERS || !inOrder || !inOneRow) return [];
    const origin = plot.getBoundingClientRect();
    return places.map((x, position) => {
      const [box, run] = [boxes[position], runs[position]];
      const [from, top] = [box.left + box.width / 2 - origin.left, box.bottom + 24 - origin.top];
      const bottom = FLAGS + 10;
      const middle = (top + bottom) / 2;
      const d = `M${from} ${top}C${from} ${middle + 8} ${x} ${middle - 8} ${x} ${bottom}V${AXIS}`;
      const line = svg("path", { class: "leader", d });
      line.style.setProperty("--run", hue(run));
      return line;
    });
  }

  /**
   * The rate above each marker with its stem, in two rows where they would touch.
   * @param {number[]} places
   * @param {string[]} words
   * @param {Uint32Array} runs
   */
  function flags(places, words, runs) {
    const order = places.map((_, position) => position).sort((a, b) => places[a] - places[b]);
    const ends = [-Infinity, -Infinity];
    return order.flatMap((position) => {
      const [place, word, run] = [places[position], words[position], runs[position]];
      const half = word.length * 3.6 + 3;
      const x = Math.min(Math.max(place, half), plot.clientWidth - half);
      const row = ends.findIndex((end) => end < x - half);
      const stem = svg("line", { class: "leader", x1: place, x2: place, y1: row < 0 ? FLAGS : FLAGS - 4 - 14 * row, y2: AXIS });
      stem.style.setProperty("--run", hue(run));
      if (row < 0) return [stem];
      ends[row] = x + half;
      const flag = text(x, FLAGS - 8 - 14 * row, word, "middle", "flag");
      flag.style.setProperty("--run", hue(run));
      return [stem, flag];
    });
  }

  /** @param {number} position */
  function handle(position) {
    const input = html("input");
    input.type = "range";
    input.step = "any";
    const move = () => edit((rates) => rates.moved(position, Number(input.value)));
    input.addEventListener("input", move);
    input.addEventListener("keydown", (event) => {
      const up = { ArrowRight: 1, ArrowUp: 1, PageUp: 10, ArrowLeft: -1, ArrowDown: -1, PageDown: -10 }[event.key];
      if (!up) return;
      event.preventDefault();
      input.value = String(Number(input.value) + up * PRESS);
      move();
    });
    return input;
  }

  update();
}
