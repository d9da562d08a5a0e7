// Inside one step: the update of the chosen run from near by and line by line, with its numbers filled in by the core.
import { html, svg } from "./dom.js";
import { figureOf } from "./explorer-core.js";
import { hue, swatch } from "./swatch.js";

/** Words a line: name, help, rule, then for x and for y the arithmetic and what comes of it. */
const WORDS = 7;

/** The last line is the new point. */
const KEY = /** @type {[string, string][]} */ ([
  ["update", "update, true to scale"],
  ["downhill", "downhill, direction only"],
  ["momentum", "momentum, direction only"],
]);

/**
 * @param {import("./explorer-core.js").ExplorerCore} core
 * @param {import("./element.js").AdamScope} scope
 * @param {HTMLElement} section
 * @param {(run: number) => void} onChoose told which run is looked into
 */
export function buildInspector(core, scope, section, onChoose) {
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (section.querySelector(name));
  const title = find("h2");
  const tabs = find(".runs-pick");
  const box = find(".closeup-box");
  const lines = find(".lines");
  const [still, live] = [html("canvas"), html("canvas")];
  still.setAttribute("aria-hidden", "true");
  live.setAttribute("role", "img");
  live.setAttribute("aria-label", "The step from near by");
  const rateWord = html("span", "word", ["±lr"]);
  box.append(still, live, rateWord);
  const plot = new core.Plot(still, live);
  const key = find(".closeup figcaption");
  key.append(...KEY.map(([name, words]) => html("span", name, [arrow(name), words])));
  let chosen = 0;
  let visible = false;
  let sized = false;
  let drawn = "";

  /** @param {string} name */
  function arrow(name) {
    const line = svg("line", { x1: 1, y1: 6, x2: 24, y2: 6, class: "shaft" });
    const head = svg("path", { d: name === "update" ? "M22 1.5L31 6L22 10.5Z" : "M23 2L30 6L23 10", class: "tip" });
    const picture = svg("svg", { width: 32, height: 12, viewBox: "0 0 32 12", "aria-hidden": "true" });
    picture.append(line, head);
    return picture;
  }

  new ResizeObserver(() => {
    const side = box.clientWidth;
    if (side === 0) return;
    plot.resize(Math.round(side * devicePixelRatio), Math.round(side * devicePixelRatio));
    plot.place(1, 1, side - 2, side - 2, devicePixelRatio);
    sized = true;
    drawn = "";
    draw();
  }).observe(box);
  new IntersectionObserver(
    (entries) => {
      visible = entries[entries.length - 1].isIntersecting;
      draw();
    },
    { rootMargin: "100px" },
  ).observe(section);

  /** A tab a run. */
  function list() {
    const figure = figureOf(scope);
    if (!figure) return;
    const count = figure.runs();
    if (chosen >= count) choose(count - 1);
    tabs.replaceChildren(
      ...Array.from({ length: count }, (_, run) => {
        const input = html("input");
        input.type = "radio";
        input.name = "inspected";
        input.checked = run === chosen;
        input.addEventListener("change", () => choose(run));
        return html("label", "", [input, swatch(core, run), figure.words(run)[0].replace(/^lr /, "")]);
      }),
    );
  }

  /** @param {number} run */
  function choose(run) {
    chosen = run;
    onChoose(run);
    draw();
  }

  function draw() {
    const figure = figureOf(scope);
    if (!figure || !visible || !sized) return;
    const step = scope.currentStep;
    const now = `${figure.text()} ${chosen} ${step} ${scope.themeInForce}`;
    if (now === drawn) return;
    drawn = now;
    title.textContent = step === 0 ? "Inside a step" : `Inside step ${core.whole(step)}`;
    section.style.setProperty("--run", hue(chosen));
    const words = figure.inspect(chosen, step);
    section.toggleAttribute("data-empty", words.length === 0);
    const corner = figure.drawCloseup(plot, chosen, step, scope.themeInForce);
    rateWord.hidden = corner.length === 0;
    if (corner.length > 0) {
      rateWord.style.left = `${corner[0]}px`;
      rateWord.style.top = `${corner[1]}px`;
      key.toggleAttribute("data-no-momentum", corner[2] === 0);
    }
    write(words, step);
  }

  /**
   * @param {string[]} words
   * @param {number} step
   */
  function write(words, step) {
    if (words.length === 0) {
      const why = step === 0 ? "Step 0 is the start: no update led to it. Move the clock on." : "This run ended before that step.";
      lines.replaceChildren(html("p", "help", [why]));
      return;
    }
    const head = html("tr", "", ["line", "rule", "in x", "in y"].map((name) => Object.assign(html("th", "", [name]), { scope: "col" })));
    const rows = [];
    for (let i = 0; i < words.length; i += WORDS) {
      const [name, help, rule, ...sums] = words.slice(i, i + WORDS);
      const title = html("th", "", [name, html("small", "", [help])]);
      title.scope = "row";
      const cells = [0, 1].map((axis) => {
        const [filled, result] = sums.slice(2 * axis, 2 * axis + 2);
        const cell = html("td", "fill", filled === "" ? [html("b", "", [result])] : [`${filled} = `, html("b", "", [result])]);
        cell.dataset.c = axis === 0 ? "x" : "y";
        return cell;
      });
      const last = i + WORDS >= words.length;
      rows.push(html("tr", last ? "total" : "", [title, html("td", "rule", [math(rule)]), ...cells]));
    }
    lines.replaceChildren(html("table", "", [html("thead", "", [head]), html("tbody", "", rows)]));
  }

  const follow = () => {
    list();
    draw();
  };
  scope.addEventListener("adam-scope-change", follow);
  scope.addEventListener("adam-scope-restyle", draw);
  scope.addEventListener("adam-scope-step", () => scope.paused && draw());
  scope.addEventListener("adam-scope-end", draw);
  scope.addEventListener("adam-scope-clock", () => scope.paused && draw());
  follow();
}

/** A rule, which the core writes, as an element. @param {string} rule */
function math(rule) {
  const parsed = new DOMParser().parseFromString(`<math xmlns="http://www.w3.org/1998/Math/MathML">${rule}</math>`, "application/xml");
  return document.importNode(parsed.documentElement, true);
}
