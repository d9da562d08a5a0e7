// What becomes of every run from other starts: median and middle half step by step, and the end as a table.
import { followPointer } from "./charts.js";
import { html } from "./dom.js";
import { EndNames, NAME_HEIGHT } from "./end-names.js";
import { swatch } from "./swatch.js";

/** More steps than this in all are left to the workers. */
const OWN_STEPS = 200_000;

/** Room in pixels left, above, right and below the frame of the chart: for labels. */
const ROOM = [46, 10, 54, 24];

/** Words in a row of the table. */
const CELLS = 6;

/** The columns, and whether they hold numbers. @type {[string, boolean][]} */
const COLUMNS = [["optimizer", false], ["rate", true], ["median loss", true], ["middle half", true], ["reach the minimum", true]];

/**
 * @param {import("./explorer-core.js").ExplorerCore} core
 * @param {import("./element.js").AdamScope} scope
 * @param {HTMLElement} section
 * @param {import("./pool.js").Pool} pool
 */
export function buildStarts(core, scope, section, pool) {
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (section.querySelector(name));
  const [count, seed] = ["count", "seed"].map((name) => /** @type {HTMLInputElement} */ (find(`[data-starts="${name}"]`)));
  const [what, box] = [find(".what"), find(".chart-box")];
  const canvas = html("canvas");
  canvas.setAttribute("role", "img");
  const names = new EndNames();
  const now = html("div", "playhead");
  box.append(canvas, now, names.root);
  const body = html("tbody");
  const heads = COLUMNS.map(([name, isNumber]) => {
    const head = html("th", isNumber ? "n" : "", [name]);
    head.scope = "col";
    return head;
  });
  const caption = html("caption", "sr", ["Loss after the last step, from other starts"]);
  find(".scroll").append(html("table", "", [caption, html("thead", "", [html("tr", "", heads)]), body]));

  const plot = new core.SpreadPlot(canvas);
  let visible = false;
  /** What was computed last, or is being computed. */
  let known = "";
  /** @type {ReturnType<import("./pool.js").Pool["order"]> | undefined} */
  let order;

  new IntersectionObserver(
    (entries) => {
      visible = entries[entries.length - 1].isIntersecting;
      if (visible) update();
    },
    { rootMargin: "100px 0px" },
  ).observe(section);
  new ResizeObserver(draw).observe(box);
  followPointer(scope, box, (left) => plot.stepAt(left));
  scope.addEventListener("adam-scope-change", update);
  scope.addEventListener("adam-scope-restyle", draw);
  scope.addEventListener("adam-scope-step", point);
  for (const input of [count, seed]) input.addEventListener("change", update);

  /** Computes anew where something changed that matters; the start does not. */
  function update() {
    if (!visible || !scope.figure) return;
    const config = core.spreadConfig(scope.config);
    const words = /** @type {[string, string]} */ ([count.value, seed.value]);
    const wanted = [config, ...words].join(" ");
    if (wanted === known) {
      point();
      return;
    }
    known = wanted;
    order?.cancel();
    let steps = 0;
    try {
      steps = core.spreadSteps(config, ...words);
      mark("");
    } catch (error) {
      mark(/** @type {Error} */ (error).message);
      return;
    }
    const runs = Array.from({ length: scope.figure.runs() }, (_, run) => run);
    /** @type {Float64Array[]} */
    const results = [];
    const finish = () => {
      const numbers = new Float64Array(results.reduce((sum, { length }) => sum + length, 0));
      results.reduce((at, result) => (numbers.set(result, at), at + result.length), 0);
      plot.take(config, ...words, numbers);
      draw();
    };
    if (steps <= OWN_STEPS) {
      runs.forEach((run) => (results[run] = core.spread(config, run, ...words)));
      finish();
      return;
    }
    section.setAttribute("aria-busy", "true");
    const mine = (order = pool.order(
      runs.map((run) => ({ call: "spread", words: [config, run, ...words] })),
      (result, run) => (results[run] = result),
    ));
    mine.done.then(() => !mine.cancelled && finish(), (error) => mark(error.message));
  }

  /** @param {string} message what is wrong with the words, which are then marked; the last good chart stays */
  function mark(message) {
    for (const input of [count, seed]) {
      const wrong = message.startsWith(input === count ? "starts:" : "seed:");
      if (wrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    what.classList.toggle("wrong", message !== "");
    what.textContent = message || plot.caption();
    section.removeAttribute("aria-busy");
  }

  /** Puts the frame where it leaves the names at its right as much room as they take. */
  function place() {
    const { clientWidth: width, clientHeight: height } = box;
    const [left, top, least, bottom] = ROOM;
    const right = names.room(least, width);
    const size = Uint32Array.of(Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio));
    plot.place(left, top, width - left - right, height - top - bottom, devicePixelRatio, size);
  }

  function draw() {
    if (plot.caption() === "" || box.clientWidth === 0) return;
    mark("");
    const paint = () => {
      place();
      plot.draw(scope.themeInForce, NAME_HEIGHT);
    };
    paint();
    if (names.write(plot.labels(), scope.themeInForce)) paint();
    names.spread(plot.labelPlaces());
    tell();
    point();
  }

  /** The table, and its words for the picture. */
  function tell() {
    const cells = plot.rows();
    const rows = Array.from({ length: cells.length / CELLS }, (_, run) => cells.slice(run * CELLS, (run + 1) * CELLS));
    body.replaceChildren(
      ...rows.map(([who, rate, median, lower, upper, reached], run) => {
        const head = html("th", "", [swatch(core, run), who]);
        head.scope = "row";
        return html("tr", "", [head, ...[rate, median, `${lower} to ${upper}`, reached].map((cell) => html("td", "n", [cell]))]);
      }),
    );
    const medians = rows.map(([who, rate, median]) => `${who} at ${rate}: ${median}`);
    canvas.setAttribute("aria-label", `Loss from other starts at each step. Medians at the end: ${medians.join("; ")}`);
  }

  /** The clock's step. */
  function point() {
    if (visible) now.style.transform = `translateX(${plot.stepPlace(scope.currentStep)}px)`;
  }
}
