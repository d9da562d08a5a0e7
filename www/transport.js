// The buttons, the scrubber and the count of steps; in an embed and on the page.
import { html, svg } from "./dom.js";
import { hue, marker } from "./swatch.js";

const PLAY = "M6 4l11 6-11 6z";
const PAUSE = "M5 4h3.6v12H5zM11.4 4H15v12h-3.6z";

/** The compact controls of an embed: play, scrubber, count. */
export function transport() {
  const bar = html("div", "transport");
  bar.setAttribute("part", "controls");
  const play = html("button", "play");
  play.type = "button";
  play.dataset.act = "play";
  play.append(svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, [svg("path", { d: PLAY, fill: "currentColor" })]));
  const scrubber = html("input");
  scrubber.type = "range";
  scrubber.min = "0";
  scrubber.dataset.act = "scrub";
  const count = html("p", "count", [html("b"), html("span", "of")]);
  count.dataset.act = "count";
  bar.append(play, html("div", "scrub", [scrubber]), count);
  return bar;
}

/**
 * Binds controls, found by their data-act, to a figure: play, first, back, on, loop, scrub, speed, count.
 * @param {HTMLElement} bar
 * @param {import("./element.js").AdamScope} scope
 */
export function bindTransport(bar, scope) {
  /** @param {string} name */
  const find = (name) => /** @type {HTMLElement | null} */ (bar.querySelector(`[data-act="${name}"]`));
  const play = find("play");
  const scrubber = /** @type {HTMLInputElement | null} */ (find("scrub"));
  const speed = /** @type {HTMLSelectElement | null} */ (find("speed"));
  const loop = find("loop");
  const count = find("count");
  const marks = find("marks");

  play?.addEventListener("click", () => (scope.paused ? scope.play() : scope.pause()));
  /** @type {[string, () => number][]} */
  const jumps = [
    ["first", () => 0],
    ["back", () => scope.currentStep - 1],
    ["on", () => scope.currentStep + 1],
  ];
  for (const [name, target] of jumps) {
    find(name)?.addEventListener("click", () => {
      scope.pause();
      scope.seek(target());
    });
  }
  loop?.addEventListener("click", () => {
    loop.setAttribute("aria-pressed", String(scope.toggleAttribute("loop")));
  });
  speed?.addEventListener("change", () => (scope.speed = Number(speed.value)));
  scrubber?.addEventListener("input", () => {
    const step = Number(scrubber.value);
    scope.pause();
    scope.seek(step);
  });

  const follow = () => {
    const { currentStep: step, steps, paused } = scope;
    if (play) {
      const picture = play.querySelector("path");
      const d = paused ? PLAY : PAUSE;
      if (picture?.getAttribute("d") !== d) {
        picture?.setAttribute("d", d);
        play.setAttribute("aria-label", paused ? "Play" : "Pause");
      }
    }
    if (scrubber) {
      scrubber.max = String(steps);
      scrubber.value = String(step);
      scrubber.setAttribute("aria-label", "Step");
      scrubber.setAttribute("aria-valuetext", `step ${step} of ${steps}`);
      bar.style.setProperty("--done", steps > 0 ? String(step / steps) : "0");
    }
    const [now, of] = [count?.querySelector("b"), count?.querySelector(".of")];
    const { core } = scope;
    if (now && of && core) [now.textContent, of.textContent] = [core.whole(step), ` of ${core.whole(steps)}`];
    for (const [name, dead] of /** @type {[string, boolean][]} */ ([["first", step === 0], ["back", step === 0], ["on", step === steps]])) {
      find(name)?.toggleAttribute("disabled", dead);
    }
  };
  /** A run's marker over the step at which it converged, once it may be told. */
  const mark = () => {
    const { figure, steps, core } = scope;
    if (!marks || !figure || !core) return;
    if (!scope.played) {
      marks.replaceChildren();
      return;
    }
    const flags = Array.from({ length: figure.runs() }, (_, run) => {
      const step = figure.judgement(run)[5];
      if (step === "") return [];
      const place = svg("svg", { x: `${(100 * Number(step)) / steps}%`, overflow: "visible" });
      place.style.setProperty("--run", hue(run));
      place.append(svg("line", { y1: 7, y2: 18, class: "stem" }), marker(core, run, 0, 5, 5));
      return [place];
    });
    marks.replaceChildren(...flags.flat());
  };

  scope.addEventListener("adam-scope-clock", follow);
  scope.addEventListener("adam-scope-clock", () => marks && scope.played === (marks.childElementCount === 0) && mark());
  scope.addEventListener("adam-scope-change", mark);
  scope.addEventListener("adam-scope-change", follow);
  if (play) play.setAttribute("aria-label", "Play");
}
