// The set-up as a sentence whose words are controls, and the settings that the sentence leaves out.
import { html } from "./dom.js";

/**
 * Settings behind "More settings": key, label, help. One that nothing uses is not shown.
 * @type {[string, string, string][]}
 */
const SETTINGS = [
  ["condition", "Condition", "How many times steeper the bowl is along y than along x."],
  ["beta1", "β₁", "Memory of the average of gradients."],
  ["beta2", "β₂", "Memory of the average of squared gradients."],
  ["eps", "ε", "Added to the root, so that nothing is divided by zero."],
  ["weight-decay", "Weight decay", "Pulls both parameters towards 0."],
  ["momentum", "Momentum", "How much of the last step goes into the next."],
  ["alpha", "α", "Memory of the average of squared gradients."],
  ["rho", "ρ", "Memory of the averages of squared gradients and steps."],
  ["momentum-decay", "Momentum decay", "How fast the momentum nears its full value."],
  ["warmup", "Warm-up", "Steps in which the rate rises to its full value."],
  ["gamma", "γ", "What the schedule multiplies the rate by."],
  ["every", "Every", "Steps between two drops, or between two restarts."],
  ["power", "Power", "How the decay bends: 1 is a straight line."],
  ["min-lr", "Least rate", "Where the schedule ends."],
  ["patience", "Patience", "Steps without progress before the rate drops."],
  ["points", "Points", "Step and factor, as in 0:1,100:0.1; linear between."],
  ["sparsity", "Sparsity", "How often a gradient coordinate is zeroed."],
  ["seed", "Seed", "Same seed, same noise, same path."],
];

/**
 * @param {import("./explorer-core.js").ExplorerCore} core
 * @param {import("./element.js").AdamScope} scope
 * @param {{ sentence: HTMLElement, more: HTMLElement }} places
 * @returns {{ refresh(): void }} `refresh` writes the values in force into every control
 */
export function buildSentence(core, scope, { sentence, more }) {
  /** Every control with the key that it shows. @type {{ key: string, control: HTMLInputElement | HTMLSelectElement, part?: number }[]} */
  const controls = [];

  /**
   * @param {string} key
   * @param {string} label
   * @param {string[]} names
   * @param {string[]} titles
   */
  const choice = (key, label, names, titles) => {
    const select = html("select");
    select.setAttribute("aria-label", label);
    names.forEach((name, i) => select.append(new Option(titles[i], name)));
    select.addEventListener("change", () => write(select, key, select.value));
    controls.push({ key, control: select });
    return select;
  };

  /**
   * @param {string} key
   * @param {string} label
   */
  const field = (key, label) => {
    const input = html("input");
    input.inputMode = key === "points" ? "text" : "decimal";
    input.autocomplete = "off";
    input.spellcheck = false;
    if (label) input.setAttribute("aria-label", label);
    input.addEventListener("change", () => write(input, key, input.value));
    controls.push({ key, control: input });
    return input;
  };

  /**
   * @param {string} key
   * @param {string} name
   * @param {HTMLElement} control
   * @param {string} help
   * @param {string} [className]
   */
  const setting = (key, name, control, help, className = "") => {
    const label = html("label", className, [name, control, html("span", "help", [help])]);
    label.dataset.key = key;
    return label;
  };

  const [x, y] = ["Start x", "Start y"].map((label, part) => {
    const input = html("input");
    input.inputMode = "decimal";
    input.autocomplete = "off";
    input.setAttribute("aria-label", label);
    input.addEventListener("change", () => write(input, "start", `${x.value},${y.value}`));
    controls.push({ key: "start", control: input, part });
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

  const verb = html("span");
  const schedules = /** @type {[string[], string[]]} */ ([core.schedules(), core.scheduleTitles()]);
  sentence.replaceChildren(
    choice("optimizer", "Optimizer", core.optimizers(), core.optimizerTitles()),
    verb,
    choice("surface", "Surface", core.surfaces(), core.surfaceTitles()),
    " ",
    html("span", "nowrap", ["from (", x, ", ", y, ")"]),
    " ",
    html("span", "nowrap", ["in ", field("steps", "Steps"), " steps"]),
    html("span", "wide", [", ", html("span", "nowrap", ["rate ", choice("schedule", "Schedule", ...schedules), ","]), " "]),
    html("span", "nowrap wide", ["gradient noise ", field("noise", "Gradient noise")]),
    ". ",
    moreButton,
  );

  /** Boxes to put several optimizers or schedules side by side. @type {{ key: string, name: string, box: HTMLInputElement }[]} */
  const boxes = [];
  /**
   * @param {string} key
   * @param {string} title
   * @param {string[]} names
   * @param {string[]} titles
   */
  const several = (key, title, names, titles) => {
    const list = html("div", "", names.map((name, i) => {
      const box = html("input");
      box.type = "checkbox";
      box.addEventListener("change", () => {
        scope.edit((figure) => figure.toggle(key, name));
        refresh();
      });
      boxes.push({ key, name, box });
      return html("label", "", [box, titles[i]]);
    }));
    return html("fieldset", "side", [html("legend", "", [title]), list]);
  };

  const bias = html("input");
  bias.type = "checkbox";
  bias.addEventListener("change", () => write(bias, "bias-correction", bias.checked ? "on" : "off"));
  // On a phone these are not in the top line.
  const exporter = html("button", "plain", ["Export"]);
  exporter.type = "button";
  exporter.setAttribute("popovertarget", "export");
  const again = ["Undo", "Redo"].map((name) => {
    const button = html("button", "plain", [name]);
    button.type = "button";
    button.addEventListener("click", () => document.getElementById(name.toLowerCase())?.click());
    return button;
  });
  more.replaceChildren(
    html("p", "narrow row", [...again, exporter]),
    setting("schedule", "Schedule", choice("schedule", "Schedule of the rate", ...schedules), "How the rate changes with the step.", "narrow"),
    setting("noise", "Gradient noise", field("noise", ""), "Standard deviation of what is added to each gradient.", "narrow"),
    ...SETTINGS.map(([key, name, help]) => setting(key, name, field(key, ""), help)),
    setting("bias-correction", "Bias correction", bias, "Undoes the zero start of both averages."),
    several("optimizer", "Optimizers side by side", core.optimizers(), core.optimizerTitles()),
    several("schedule", "Schedules side by side", ...schedules),
  );

  /**
   * @param {HTMLElement} control
   * @param {string} key
   * @param {string} words
   */
  function write(control, key, words) {
    // Optimizers with rates of their own bring and take them.
    const message = key === "optimizer" ? scope.edit((figure) => figure.chooseOptimizers(words)) : scope.change(key, words);
    if (message) control.setAttribute("aria-invalid", "true");
    else refresh();
  }

  function refresh() {
    const figure = scope.figure;
    if (!figure) return;
    for (const { key, control, part } of controls) {
      const value = figure.value(key);
      control.removeAttribute("aria-invalid");
      if (control instanceof HTMLSelectElement) choose(control, value);
      else {
        control.value = part === undefined ? value : value.split(",")[part];
        control.size = Math.max(control.value.length, 1);
      }
    }
    verb.textContent = figure.value("optimizer").includes(",") ? " descend " : " descends ";
    for (const { key, name, box } of boxes) box.checked = figure.value(key).split(",").includes(name);
    bias.checked = figure.value("bias-correction") === "on";
    for (const label of more.children) {
      const { key } = /** @type {HTMLElement} */ (label).dataset;
      if (key) /** @type {HTMLElement} */ (label).hidden = !figure.offers(key);
    }
  }

  return { refresh };
}

/**
 * Selects a value, also a list of several, which a select does not offer by itself.
 * @param {HTMLSelectElement} select
 * @param {string} value
 */
function choose(select, value) {
  select.querySelector("[data-several]")?.remove();
  if (value.includes(",")) {
    const titles = value.split(",").map((name) => select.querySelector(`[value="${name}"]`)?.textContent ?? name);
    const option = new Option(`${titles.slice(0, -1).join(", ")} and ${titles.at(-1)}`, value);
    option.dataset.several = "";
    select.append(option);
  }
  select.value = value;
}
