// The key of the shades: a band a colour, with the losses between them.
import { svg } from "./dom.js";

const HEIGHT = 11;

/**
 * @param {HTMLElement} place
 * @param {{ scaleColors(theme: string): string[], scaleLabels(): string[] }} scale
 * @param {string} words what the shades mean
 * @param {string} theme
 */
export function drawKey(place, scale, words, theme) {
  const colors = scale.scaleColors(theme);
  const labels = scale.scaleLabels();
  // A projector's numbers are larger.
  const whole = theme === "projector" ? 220 : 180;
  const width = whole / colors.length;
  const caption = document.createElement("span");
  caption.className = "what";
  caption.textContent = words;
  const bands = colors.map((fill, i) => svg("rect", { x: i * width, y: 0, width, height: HEIGHT, fill }));
  const edges = labels.map((_, i) => svg("line", { x1: (i + 1) * width, x2: (i + 1) * width, y1: 0, y2: HEIGHT }));
  const texts = labels.map((label, i) => {
    const text = svg("text", { x: (i + 1) * width, y: HEIGHT + 12, "text-anchor": "middle" });
    text.textContent = label;
    return text;
  });
  const frame = svg("rect", { x: 0.5, y: 0.5, width: whole - 1, height: HEIGHT - 1, class: "frame" });
  const picture = svg("svg", { width: whole, height: HEIGHT + 15, viewBox: `0 0 ${whole} ${HEIGHT + 15}`, "aria-hidden": "true" });
  picture.append(...bands, ...edges, frame, ...texts);
  place.replaceChildren(caption, picture);
}
