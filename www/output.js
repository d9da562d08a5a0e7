// What somebody takes away from a figure: its picture as SVG or PNG, its numbers as CSV. Loaded when it is asked for.
import { readColors } from "./colors.js";
import { loadPicture } from "./picture.js";
import { labelled } from "./png.js";

/** @typedef {import("./element.js").AdamScope} AdamScope */

/** The width of an SVG where nothing else is said, in CSS pixels: the command line's. */
const WIDTH = 960;

/** The most device pixels in a CSS pixel of a PNG. */
const LARGEST = 8;

/** Words on a canvas in CSS pixels: sizes, the distance between lines, and between labels; room at the edges. */
const LABEL = 15;
const TEXT = 12.5;
const LINE = 18;
const BETWEEN = 18;
const MARGIN = 8;

/**
 * What the other core writes of the config that is shown.
 * @param {AdamScope} scope
 * @param {(figure: import("./pkg/picture.js").Figure) => string} write
 */
async function written(scope, write) {
  const core = await loadPicture();
  const figure = new core.Figure();
  try {
    figure.replace(scope.config);
    return write(figure);
  } finally {
    figure.free();
  }
}

/**
 * Every step of every run, as `adam-scope trace` prints it.
 * @param {AdamScope} scope
 */
export function csv(scope) {
  return written(scope, (figure) => figure.toCSV());
}

/**
 * The figure at the step that is shown, as `adam-scope figure` draws it, in the colours of the page.
 * @param {AdamScope} scope
 * @param {{ width?: number, height?: number }} [size] in CSS pixels
 */
export function svg(scope, { width = WIDTH, height } = {}) {
  return written(scope, (figure) => {
    const { theme, dyes } = readColors(inside(scope, ".probe"), scope.getAttribute("theme"));
    figure.dye(theme, new Uint8Array(dyes));
    figure.change("step", String(scope.currentStep));
    return figure.toSVG(width, height, theme);
  });
}

/**
 * The plots as they stand, on one canvas, with the config in the file.
 * @param {AdamScope} scope
 * @param {{ scale?: number }} [options] device pixels in a CSS pixel
 */
export async function png(scope, { scale = devicePixelRatio } = {}) {
  if (!(scale > 0 && scale <= LARGEST)) throw new Error(`scale: "${scale}" is out of range (expected a number above 0, at most ${LARGEST})`);
  const canvas = document.createElement("canvas");
  // The plots are drawn for this screen; for other pixels they are drawn anew, and then again as they were.
  scope.drawAt(scale);
  try {
    compose(scope, canvas, scale);
  } finally {
    scope.drawAt();
  }
  const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the picture is too large");
  return labelled(blob, "Description", scope.config);
}

/**
 * @param {AdamScope} scope
 * @param {string} selector
 */
function inside(scope, selector) {
  return /** @type {HTMLElement} */ (scope.shadowRoot?.querySelector(selector));
}

/**
 * The figure's own colours and its font, as a canvas takes them.
 * @param {AdamScope} scope
 * @param {string[]} names
 */
function look(scope, names) {
  const stage = inside(scope, ".stage");
  const probe = document.createElement("i");
  stage.append(probe);
  const colors = Object.fromEntries(
    names.map((name) => {
      probe.style.color = `var(--${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return { colors, family: getComputedStyle(stage).fontFamily };
}

/**
 * Where pieces of text stand in lines of a width: the left edge and the line of each.
 * @param {number[]} widths
 * @param {number} room
 */
function inLines(widths, room) {
  let [left, line] = [0, 0];
  return widths.map((width) => {
    if (left > 0 && left + width > room) [left, line] = [0, line + 1];
    left += width;
    return { left: left - width, line };
  });
}

/**
 * Draws the plots, with what stands above them and a line that says the set-up, whatever stands around them on the page.
 * @param {AdamScope} scope
 * @param {HTMLCanvasElement} canvas
 * @param {number} scale device pixels in a CSS pixel
 */
export function compose(scope, canvas, scale) {
  const { figure, plotCanvases: panels, currentStep, steps } = scope;
  const context = canvas.getContext("2d");
  if (!figure || !context) throw new Error("there is no canvas to draw on");
  if (panels.length === 0) throw new Error("the figure has no size on its page, so there is nothing to draw");
  const all = Array.from({ length: figure.runs() }, (_, run) => run);
  const together = figure.value("view") === "overlay";
  const { colors, family } = look(scope, ["paper", "ink-2", ...all.map((run) => `run-${(run % 6) + 1}`)]);
  const [labelFont, font] = [`650 ${LABEL}px ${family}`, `${TEXT}px ${family}`];
  const boxes = panels.map(([surface]) => surface.getBoundingClientRect());
  const [{ width: across, height: down }] = boxes;
  // Not by rows: the words above two plots of one may take another number of lines.
  const columns = new Set(boxes.map(({ left }) => Math.round(left))).size;
  // Ticks stand left of a plot: words begin where it begins.
  const indent = -panels[0][0].offsetLeft;
  const width = 2 * MARGIN + columns * across;

  const labels = all.map((run) => figure.words(run)[0]);
  context.font = labelFont;
  const heads = inLines(labels.map((label) => (together ? context.measureText(label).width + BETWEEN : 0)), across - indent);
  const head = MARGIN + LINE * (1 + (heads.at(-1)?.line ?? 0)) + (together ? 0 : LINE);

  context.font = font;
  /** @param {number} step */
  const foot = (step) => `${figure.caption()[0]}, step ${step} of ${steps}. Adam Scope: ${figure.text()}`.split(/(?<=[ &,])/);
  /** @param {string[]} words */
  const footPlaces = (words) => inLines(words.map((word) => context.measureText(word).width), width - indent - 2 * MARGIN);
  // As tall as with the longest number, so that a film keeps its size.
  const footLines = 1 + (footPlaces(foot(steps)).at(-1)?.line ?? 0);
  const height = MARGIN + Math.ceil(panels.length / columns) * (head + down) + footLines * LINE + MARGIN;

  // A film needs even numbers of pixels.
  const [wide, high] = [width, height].map((pixels) => 2 * Math.ceil((pixels * scale) / 2));
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = colors.paper;
  context.fillRect(0, 0, wide / scale, high / scale);
  context.textBaseline = "alphabetic";
  panels.forEach((layers, i) => {
    const [x, y] = [MARGIN + (i % columns) * across, MARGIN + Math.floor(i / columns) * (head + down)];
    for (const layer of layers) context.drawImage(layer, x, y + head, across, down);
    context.font = labelFont;
    for (const run of together ? all : [i]) {
      const { left, line } = heads[together ? run : 0];
      context.fillStyle = colors[`run-${(run % 6) + 1}`];
      context.fillText(labels[run], x + indent + left, y + LABEL + line * LINE, across - indent);
    }
    if (together) return;
    context.font = font;
    context.fillStyle = colors["ink-2"];
    context.fillText(`loss ${figure.reading(i, currentStep)[0]}`, x + indent, y + LABEL + LINE, across - indent);
  });
  context.font = font;
  context.fillStyle = colors["ink-2"];
  const words = foot(currentStep);
  footPlaces(words).forEach(({ left, line }, i) => {
    context.fillText(words[i], MARGIN + indent + left, height - MARGIN - (footLines - 1 - line) * LINE - 4);
  });
}
