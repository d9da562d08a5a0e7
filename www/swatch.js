// The mark of a run as SVG: hue, dash and marker, the same as on the canvas.
import { svg } from "./dom.js";

/** The dash of each of six runs, in pixels; later runs repeat them. */
const DASHES = ["", "9 4", "2 3.5", "12 3.5 2 3.5", "5 3", "14 3 2 3 2 3"];

/** @param {number} run */
export function hue(run) {
  return `var(--run-${(run % 6) + 1})`;
}

/**
 * The marker of a run about a point.
 * @param {import("./wasm.js").Core} core
 * @param {number} run
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function marker(core, run, x, y, radius) {
  const corners = core.markerCorners(run);
  const hollow = core.markerIsHollow(run);
  const paint = { class: hollow ? "mark hollow" : "mark" };
  if (corners.length === 0) return svg("circle", { cx: x, cy: y, r: hollow ? radius - 1 : radius, ...paint });
  const points = [];
  for (let i = 0; i < corners.length; i += 2) points.push(`${x + corners[i] * radius},${y + corners[i + 1] * radius}`);
  return svg("polygon", { points: points.join(" "), ...paint });
}

/**
 * A short piece of a run's line with its marker, as it stands before the run's name.
 * @param {import("./wasm.js").Core} core
 * @param {number} run
 */
export function swatch(core, run) {
  const line = svg("line", { x1: 0, y1: 7, x2: 30, y2: 7, class: "dash", "stroke-dasharray": DASHES[run % 6] });
  const picture = svg("svg", { width: 30, height: 14, viewBox: "0 0 30 14", class: "swatch", "aria-hidden": "true" });
  picture.append(line, marker(core, run, 15, 7, 5.2));
  picture.style.setProperty("--run", hue(run));
  return picture;
}
