// The names at the ends of a chart's lines: as much room as they take, in the hues of their runs.
import { html } from "./dom.js";
import { hue } from "./swatch.js";

/** The most of a chart's width that names take. */
const MOST = 0.35;

/** Pixels between two names, from the middle of one to that of the other. */
export const NAME_HEIGHT = 14;

export class EndNames {
  root = html("div", "names");
  /** The names that are there, and the theme whose letters they have. */
  #written = "";
  #width = 0;

  /**
   * @param {string[]} names
   * @param {string} theme
   * @returns {boolean} whether they are wider or narrower than those before
   */
  write(names, theme) {
    const written = [theme, ...names].join("\n");
    if (written === this.#written) return false;
    this.#written = written;
    this.root.replaceChildren(...names.map((name) => html("span", "", [name])));
    const before = this.#width;
    this.#width = Math.max(0, ...Array.from(this.root.children, (name) => /** @type {HTMLElement} */ (name).offsetWidth));
    return this.#width !== before;
  }

  /**
   * The room that they take at the right of a chart.
   * @param {number} least
   * @param {number} width of the whole chart
   */
  room(least, width) {
    return Math.max(least, Math.min(this.#width + 16, MOST * width));
  }

  /** Puts them in their places: left, middle and run of each, in a row; no run below 0. @param {Float64Array} places */
  spread(places) {
    [...this.root.children].forEach((name, i) => {
      const { style } = /** @type {HTMLElement} */ (name);
      const [left, middle, run] = places.subarray(3 * i, 3 * i + 3);
      style.left = `${left + 4}px`;
      style.top = `${middle}px`;
      if (run >= 0) style.setProperty("--run", hue(run));
      else style.removeProperty("--run");
    });
  }
}
