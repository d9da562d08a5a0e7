// A run's verdict as a line: a small valley with a dot where the rate stands, the rating, the reason.
import { html, svg } from "./dom.js";

/** Where the dot lies for each rating: on the left slope, on the floor, on the right slope. @type {Record<string, [number, number]>} */
const DOTS = { "too low": [5.2, 6.2], "about right": [13, 9.6], "too high": [20.8, 6.2] };

export class VerdictLine {
  root = html("p", "verdict");
  #dot = svg("circle", { r: 3.6, class: "dot" });
  #rating = html("b");
  #reason = html("i");

  constructor() {
    const valley = svg("path", { d: "M1 1C4 10 8 13 13 13S22 10 25 1", class: "line" });
    const picture = svg("svg", { width: 26, height: 14, viewBox: "0 0 26 14", "aria-hidden": "true" }, [valley, this.#dot]);
    const told = html("span", "told", [this.#rating, html("span", "colon", [": "]), this.#reason]);
    this.root.append(picture, html("span", "untold", ["not played yet"]), told);
  }

  /**
   * @param {string} rating
   * @param {string} reason
   */
  write(rating, reason) {
    const [x, y] = DOTS[rating];
    this.#dot.setAttribute("cx", String(x));
    this.#dot.setAttribute("cy", String(y));
    this.#rating.textContent = rating;
    this.#reason.textContent = reason;
  }
}
