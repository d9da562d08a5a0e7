// The menu of experiments, and the title that says which one is shown.
import { html } from "./dom.js";

/** What stands over a set-up of the visitor's own. */
const OWN = ["Your own experiment", "Same start, same number of steps, one clock. Undo goes back to where you came from."];

/**
 * @param {import("./explorer-core.js").ExplorerCore} core
 * @param {import("./element.js").AdamScope} scope
 * @param {{ menu: HTMLElement, title: HTMLElement, lede: HTMLElement }} places
 */
export function buildExperiments(core, scope, { menu, title, lede }) {
  const words = core.presets();
  const list = /** @type {HTMLElement} */ (menu.querySelector("ul"));
  /** @type {HTMLButtonElement[]} */
  const buttons = [];
  for (let i = 0; i < words.length; i += 3) {
    const [name, sentence, config] = words.slice(i, i + 3);
    const button = html("button", "", [html("b", "", [name]), html("span", "", [sentence])]);
    button.type = "button";
    button.addEventListener("click", () => {
      menu.hidePopover();
      scope.pause();
      scope.config = config;
      // An experiment begins at its beginning, unseen.
      scope.rewind();
    });
    buttons.push(button);
    list.append(html("li", "", [button]));
  }

  const refresh = () => {
    const number = core.presetOf(scope.config);
    buttons.forEach((button, i) => {
      if (i === number) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
    const [name, sentence] = number === undefined ? OWN : words.slice(3 * number, 3 * number + 2);
    if (title.textContent === name) return;
    title.textContent = name;
    lede.textContent = sentence;
  };
  scope.addEventListener("adam-scope-change", refresh);
  refresh();
}
