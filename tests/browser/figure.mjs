// What the browser tests know of a figure: where a point of the plane lies in the window, what is painted there.

/** @import { Frame, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** The hues of the first four runs, light and dark, as tokens.css has them. */
export const HUES = {
  light: [[11, 71, 159], [20, 127, 128], [168, 95, 8], [156, 10, 56]],
  dark: [[96, 156, 246], [131, 229, 221], [245, 195, 47], [236, 105, 115]],
};

/**
 * Waits for the first figure of every element on the page.
 * @param {Page | Frame} page
 */
export async function figureReady(page) {
  await page.waitForFunction(() => {
    const scopes = [...document.querySelectorAll("adam-scope")];
    return scopes.length > 0 && scopes.every((scope) => /** @type {AdamScope} */ (scope).figure);
  });
  // The plots are sized by an observer, after the layout.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/**
 * The explorer is ready when its controls are there, and, as a hand comes to the page, all that stands below.
 * @param {Page | Frame} page
 */
export async function pageReady(page) {
  await page.waitForSelector(':root[data-state="ready"]');
  await page.evaluate(() => window.dispatchEvent(new Event("wheel")));
  await page.waitForSelector(':root[data-below="ready"]');
  await figureReady(page);
}

/**
 * Reads a property of the first element.
 * @param {Page} page
 * @param {"config" | "currentStep" | "steps" | "paused"} name
 */
export function read(page, name) {
  return page.evaluate((name) => /** @type {AdamScope} */ (document.querySelector("adam-scope"))[name], name);
}

/**
 * The runs of the first element, paths as plain arrays.
 * @param {Page} page
 */
export function runs(page) {
  return page.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    return scope.runs.map((run) => ({ ...run, path: [...run.path] }));
  });
}

/**
 * @param {Page} page
 * @param {number} step
 */
export function seek(page, step) {
  return page.evaluate((step) => /** @type {AdamScope} */ (document.querySelector("adam-scope")).seek(step), step);
}

/**
 * Where a point of the plane lies in the window, in a panel of the first element.
 * @param {Page} page
 * @param {number} panel
 * @param {[number, number]} point
 * @param {[number, number, number, number]} domain
 * @returns {Promise<[number, number]>}
 */
export async function placeOf(page, panel, [x, y], [x0, x1, y0, y1]) {
  const box = await page.evaluate((panel) => {
    const { left, top, width, height } = /** @type {AdamScope} */ (document.querySelector("adam-scope")).plotBoxes[panel];
    return { left, top, width, height };
  }, panel);
  return [box.left + (box.width * (x - x0)) / (x1 - x0), box.top + (box.height * (y1 - y)) / (y1 - y0)];
}

/**
 * The pixels of a panel's live layer (or static layer) about a place in the window, as [red, green, blue, alpha].
 * @param {Page} page
 * @param {number} panel
 * @param {[number, number]} place
 * @param {{ radius?: number, layer?: "path" | "surface" }} [options] radius in CSS pixels
 * @returns {Promise<number[][]>}
 */
export function pixelsAt(page, panel, place, { radius = 2, layer = "path" } = {}) {
  return page.evaluate(
    ({ panel, place: [x, y], radius, layer }) => {
      const root = /** @type {ShadowRoot} */ (document.querySelector("adam-scope")?.shadowRoot);
      const canvases = root.querySelectorAll(".panel")[panel].querySelectorAll("canvas");
      const canvas = canvases[layer === "surface" ? 0 : 1];
      const box = canvas.getBoundingClientRect();
      const scale = canvas.width / box.width;
      const size = Math.max(1, Math.round(2 * radius * scale));
      const left = Math.round((x - box.left - radius) * scale);
      const top = Math.round((y - box.top - radius) * scale);
      // From a copy: reading the canvas itself would move it to another painter.
      const copy = new OffscreenCanvas(size, size);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext("2d", { willReadFrequently: true }));
      context.drawImage(canvas, -left, -top);
      const { data } = context.getImageData(0, 0, size, size);
      return Array.from({ length: data.length / 4 }, (_, i) => [...data.slice(4 * i, 4 * i + 4)]);
    },
    { panel, place, radius, layer },
  );
}

/**
 * Whether one of the pixels is this opaque colour, but for the rounding of a blend.
 * @param {number[][]} pixels
 * @param {number[]} hue
 */
export function hasHue(pixels, hue) {
  return pixels.some(([red, green, blue, alpha]) => {
    return alpha > 250 && [red, green, blue].every((channel, i) => Math.abs(channel - hue[i]) <= 3);
  });
}
