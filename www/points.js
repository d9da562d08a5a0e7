// The schedule as a person draws it: points on the chart of rates, and a rate that changes at the clock's step.
import { html } from "./dom.js";
import { figureOf } from "./explorer-core.js";

/**
 * @param {import("./element.js").AdamScope} scope
 * @param {import("./charts.js").ChartView} chart that of the rates
 * @param {() => number} chosen the run that is edited
 * @returns {{ refresh(): void }}
 */
export function buildPoints(scope, chart, chosen) {
  const layer = html("div", "points");
  const input = html("input");
  input.inputMode = "decimal";
  input.autocomplete = "off";
  input.setAttribute("aria-label", "Rate from this step on");
  const from = html("b");
  const draw = html("button", "link", ["draw the schedule"]);
  draw.type = "button";
  const line = html("p", "change", ["From step ", from, " on, go on at lr ", html("span", "nowrap", [input, ","]), " or ", html("span", "nowrap", [draw, "."])]);
  chart.box.append(layer);
  chart.root.append(line);

  input.addEventListener("change", () => {
    const message = scope.edit((figure) => figure.changeRateAt(chosen(), scope.currentStep, input.value));
    if (message) input.setAttribute("aria-invalid", "true");
    else {
      input.removeAttribute("aria-invalid");
      input.value = "";
    }
  });
  draw.addEventListener("click", () => {
    scope.edit((figure) => figure.addPoint(chosen(), Math.max(scope.currentStep, 1), Number(figure.words(chosen())[3])));
    /** @type {HTMLElement | null} */ (layer.lastElementChild)?.focus();
  });
  // A double click on the chart adds a point there.
  chart.box.addEventListener("dblclick", (event) => {
    const box = chart.box.getBoundingClientRect();
    const [step, rate] = [chart.plot.stepAt(event.clientX - box.left), Number(chart.plot.valueAt(event.clientY - box.top))];
    scope.edit((figure) => figure.addPoint(chosen(), step, rate));
  });

  /** @param {number} position */
  function point(position) {
    const button = html("button", "point");
    button.type = "button";
    button.setAttribute("aria-label", `Point ${position + 1} of the schedule. Arrow keys move it, Delete removes it.`);
    /** Where the point is, on the chart. */
    const place = () => [parseFloat(button.style.left), parseFloat(button.style.top)];
    const move = (/** @type {number} */ x, /** @type {number} */ y) =>
      scope.edit((figure) => figure.movePoint(chosen(), position, chart.plot.stepAt(x), Number(chart.plot.valueAt(y))));
    button.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      event.stopPropagation();
      button.setPointerCapture(event.pointerId);
      button.focus({ preventScroll: true });
    });
    button.addEventListener("pointermove", (event) => {
      event.stopPropagation();
      if (!button.hasPointerCapture(event.pointerId)) return;
      const box = chart.box.getBoundingClientRect();
      move(event.clientX - box.left, event.clientY - box.top);
    });
    button.addEventListener("click", (event) => event.stopPropagation());
    button.addEventListener("keydown", (event) => {
      const arrow = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] })[event.key];
      if (event.key === "Delete" || event.key === "Backspace") scope.edit((figure) => figure.removePoint(position));
      else if (arrow) {
        const [x, y] = place();
        const by = event.shiftKey ? 12 : 3;
        move(x + by * arrow[0], y + by * arrow[1]);
      } else return;
      event.preventDefault();
    });
    return button;
  }

  return {
    refresh() {
      const figure = figureOf(scope);
      if (!figure) return;
      from.textContent = String(scope.currentStep);
      line.hidden = figure.value("schedule").includes(",");
      const places = figure.value("points") === "" || line.hidden ? new Float64Array() : figure.pointPlaces(chart.plot, chosen());
      const count = places.length / 2;
      while (layer.children.length > count) layer.lastElementChild?.remove();
      while (layer.children.length < count) layer.append(point(layer.children.length));
      [...layer.children].forEach((child, i) => {
        const { style } = /** @type {HTMLElement} */ (child);
        style.left = `${places[2 * i]}px`;
        style.top = `${places[2 * i + 1]}px`;
      });
    },
  };
}
