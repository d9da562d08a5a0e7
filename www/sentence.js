// The set-up as a sentence whose words are controls, and the settings that the sentence leaves out.
import { html } from "./panel.js";

/** Settings behind "More settings": key, label, help. */
const SETTINGS = [
  ["condition", "Condition", "How many times steeper the bowl is along y than along x."],
  ["beta1", "β₁", "Memory of the average of gradients."],
  ["beta2", "β₂", "Memory of the average of squared gradients."],
  ["eps", "ε", "Added to the root, so that nothing is divided by zero."],
  ["weight-decay", "Weight decay", "Pulls both parameters towards 0, as part of the gradient."],
];

/**
 * @param {import("./wasm.js").Core} core
 * @param {import("./element.js").AdamScope} scope
 * @param {{ sentence: HTMLElement, more: HTMLElement }} places
 * @returns {{ refresh(): void }} `refresh` writes the values in force into every control
 */
export function buildSentence(core, scope, { sentence, more }) {
  const surface = html("select");
  surface.setAttribute("aria-label", "Surface");
  const titles = core.surfaceTitles();
  core.surfaces().forEach((name, i) => surface.append(new Option(titles[i], name)));
  const [x, y, steps] = ["Start x", "Start y", "Steps"].map((label) => {
    const input = field();
    input.setAttribute("aria-label", label);
    return input;
  });
  const moreButton = html("button", "link", ["More settings"]);
  moreButton.type = "button";
  moreButton.setAttribute("aria-expanded", "false");
  moreButton.setAttribute("aria-controls", more.id);
  moreButton.addEventListener("click", () => {
    more.hidden = !more.hidden;
    moreButton.setAttribute("aria-expanded", String(!more.hidden));
    moreButton.textContent = more.hidden ? "More settings" : "Fewer settings";
  });

  const settings = SETTINGS.map(([key, name, help]) => {
    const input = field();
    const label = html("label", "", [name, input, html("span", "help", [help])]);
    input.addEventListener("change", () => write(input, key, input.value));
    return { key, input, label };
  });
  const bias = html("input");
  bias.type = "checkbox";
  bias.addEventListener("change", () => write(bias, "bias-correction", bias.checked ? "on" : "off"));
  const biasHelp = html("span", "help", ["Undoes the zero start of both averages."]);
  more.replaceChildren(...settings.map(({ label }) => label), html("label", "", ["Bias correction", bias, biasHelp]));

  const from = html("span", "nowrap", ["from (", x, ", ", y, ")"]);
  const length = html("span", "nowrap", ["in ", steps, " steps."]);
  sentence.replaceChildren(html("b", "", ["Adam"]), " descends ", surface, " ", from, " ", length, " ", moreButton);

  surface.addEventListener("change", () => write(surface, "surface", surface.value));
  steps.addEventListener("change", () => write(steps, "steps", steps.value));
  for (const input of [x, y]) input.addEventListener("change", () => write(input, "start", `${x.value},${y.value}`));

  /**
   * @param {HTMLElement} control
   * @param {string} key
   * @param {string} words
   */
  function write(control, key, words) {
    const message = scope.change(key, words);
    if (message) control.setAttribute("aria-invalid", "true");
    else refresh();
  }

  function refresh() {
    const figure = scope.figure;
    if (!figure) return;
    surface.value = figure.value("surface");
    [x.value, y.value] = figure.value("start").split(",");
    steps.value = figure.value("steps");
    for (const { key, input, label } of settings) {
      input.value = figure.value(key);
      label.hidden = input.value === "";
    }
    bias.checked = figure.value("bias-correction") === "on";
    for (const control of [surface, x, y, steps, bias, ...settings.map(({ input }) => input)]) {
      control.removeAttribute("aria-invalid");
      if (control instanceof HTMLInputElement) control.size = Math.max(control.value.length, 1);
    }
  }

  return { refresh };
}

function field() {
  const input = html("input");
  input.inputMode = "decimal";
  input.autocomplete = "off";
  input.spellcheck = false;
  return input;
}
