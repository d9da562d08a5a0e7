// The axis of learning rates: a marker a rate, each a native slider, tied to its panel by a line.
import { html, svg } from "./dom.js";
import { hue, marker } from "./swatch.js";

/** From this width on, lines tie a single row of panels to the markers. */
const LEADERS = 1000;

/** How far up the axis an arrow key moves a rate, as a part of a decade; the page keys move ten times as far. */
const PRESS = 0.05;

/** Where things lie, in pixels from the top of the axis. */
const SPINE = 16;
const DECADE_LABEL = 40;

/**
 * @param {import("./explorer-core.js").ExplorerCore} core
 * @param {import("./element.js").AdamScope} scope
 * @param {HTMLElement} section
 */
export function buildRates(core, scope, section) {
  const axis = /** @type {HTMLElement} */ (section.querySelector(".axis"));
  const handles = /** @type {HTMLElement} */ (section.querySelector(".handles"));
  const add = /** @type {HTMLButtonElement} */ (section.querySelector("#add-rate"));
  const picture = svg("svg", { "aria-hidden": "true" });
  axis.prepend(picture);

  add.addEventListener("click", () => edit((rates) => rates.extended()));
  new ResizeObserver(draw).observe(section);
  new ResizeObserver(draw).observe(scope);
  let drawn = "";
  scope.addEventListener("adam-scope-change", () => {
    const rates = scope.figure?.value("lr") ?? "";
    if (rates !== drawn) draw();
    drawn = rates;
  });

  /** @param {(rates: import("./pkg/explorer.js").Rates) => string} act */
  function edit(act) {
    const rates = core.Rates.of(scope.config);
    try {
      scope.config = act(rates);
    } finally {
      rates.free();
    }
  }

  function draw() {
    if (!scope.figure) return;
    const rates = core.Rates.of(scope.config);
    const width = axis.clientWidth;
    const { low, high } = rates;
    const place = (/** @type {number} */ exponent) => ((exponent - low) / (high - low)) * width;
    const exponents = rates.exponents();
    const places = Array.from(exponents, place);
    const words = rates.words();
    add.disabled = rates.full;
    while (handles.children.length > words.length) handles.lastElementChild?.remove();
    while (handles.children.length < words.length) handles.append(handle(handles.children.length));
    exponents.forEach((exponent, run) => {
      const input = /** @type {HTMLInputElement} */ (handles.children[run]);
      input.min = String(low);
      input.max = String(high);
      input.value = String(exponent);
      input.setAttribute("aria-valuetext", words[run]);
    });

    /** @type {SVGElement[]} */
    const parts = [svg("line", { class: "spine", x1: 0, x2: width, y1: SPINE, y2: SPINE })];
    const labels = rates.labels();
    labels.forEach((label, i) => {
      const x = (i * width) / (labels.length - 1);
      const anchor = i === 0 ? "start" : i === labels.length - 1 ? "end" : "middle";
      // Long positional labels do not fit side by side on a phone.
      if (width < 560 && label.length > 5) return;
      parts.push(svg("line", { class: "spine", x1: x, x2: x, y1: SPINE, y2: SPINE + 5 }), text(x, DECADE_LABEL, label, anchor));
    });
    const usual = place(-3);
    parts.push(svg("line", { class: "usual", x1: usual, x2: usual, y1: SPINE - 14, y2: SPINE + 24 }));
    parts.push(text(usual, DECADE_LABEL + 16, "the usual default", usual < 60 ? "start" : "middle"));
    const tied = leaders(places);
    section.toggleAttribute("data-leaders", tied.length > 0);
    parts.push(...tied);
    if (tied.length === 0) parts.push(...flags(places, words));
    places.forEach((x, run) => {
      const mark = marker(core, run, x, SPINE, 8);
      mark.style.setProperty("--run", hue(run));
      parts.push(mark);
    });
    picture.replaceChildren(...parts);
    rates.free();
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {string} words
   * @param {string} anchor
   */
  function text(x, y, words, anchor) {
    const element = svg("text", { x, y, "text-anchor": anchor });
    element.textContent = words;
    return element;
  }

  /**
   * Lines from the panels to the markers, where the panels stand in one row in the order of their rates.
   * @param {number[]} places
   */
  function leaders(places) {
    const boxes = scope.plotBoxes;
    const inOrder = places.every((x, i) => i === 0 || x > places[i - 1]);
    const inOneRow = boxes.every((box) => Math.abs(box.top - boxes[0].top) < 4);
    if (axis.clientWidth < LEADERS || !inOrder || !inOneRow || boxes.length !== places.length) return [];
    const origin = axis.getBoundingClientRect();
    return places.map((x, run) => {
      const box = boxes[run];
      const [from, top] = [box.left + box.width / 2 - origin.left, box.bottom + 24 - origin.top];
      const middle = (top + SPINE) / 2 - 6;
      const d = `M${from} ${top}C${from} ${middle} ${x} ${top + (middle - top) * 0.4} ${x} ${middle + 12}V${SPINE}`;
      const line = svg("path", { class: "leader", d });
      line.style.setProperty("--run", hue(run));
      return line;
    });
  }

  /**
   * The rate above each marker, in two rows where they would touch.
   * @param {number[]} places
   * @param {string[]} words
   */
  function flags(places, words) {
    const order = places.map((_, run) => run).sort((a, b) => places[a] - places[b]);
    const ends = [-Infinity, -Infinity];
    return order.flatMap((run) => {
      const half = words[run].length * 3.6 + 3;
      const x = Math.min(Math.max(places[run], half), axis.clientWidth - half);
      const row = ends.findIndex((end) => end < x - half);
      if (row < 0) return [];
      ends[row] = x + half;
      const flag = text(x, -2 - 14 * row, words[run], "middle");
      flag.setAttribute("class", "flag");
      flag.style.setProperty("--run", hue(run));
      return [flag];
    });
  }

  /** @param {number} run */
  function handle(run) {
    const input = html("input");
    input.type = "range";
    input.step = "any";
    input.setAttribute("aria-label", `Learning rate of run ${run + 1}`);
    const move = () => edit((rates) => rates.moved(run, Number(input.value)));
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
}
