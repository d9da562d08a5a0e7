// What a visitor takes away as files: the picture, the numbers, the film. Each says which set-up it shows.
import { figureOf } from "./explorer-core.js";

/** Frames a second of a film, and how long it is at most, in seconds. */
const FRAMES = 30;
const LONGEST = 20;

/** The width of a picture as SVG, in CSS pixels. */
const WIDTH = 1280;

/** Room in CSS pixels above and below the panels of a picture, for its words. */
const HEAD = 44;
const FOOT = 30;

/**
 * @param {HTMLElement} menu
 * @param {import("./element.js").AdamScope} scope
 */
export function buildExport(menu, scope) {
  const note = /** @type {HTMLElement} */ (menu.querySelector("#export-note"));
  const scale = /** @type {HTMLSelectElement} */ (menu.querySelector("select"));
  const video = /** @type {HTMLButtonElement} */ (menu.querySelector("[data-export='video']"));
  const type = filmType();
  video.hidden = type === undefined;
  /** @type {Record<string, () => Promise<[Blob, string]>>} */
  const makers = {
    svg: async () => [new Blob([await svgText(scope)], { type: "image/svg+xml" }), "svg"],
    csv: async () => [new Blob([figureOf(scope)?.toCSV() ?? ""], { type: "text/csv" }), "csv"],
    png: async () => [await picture(scope, Number(scale.value)), "png"],
    video: () => film(scope, type ?? "", (words) => (note.textContent = words)),
  };
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (menu.querySelectorAll("[data-export]"))) {
    const kind = button.dataset.export ?? "";
    button.disabled = false;
    button.addEventListener("click", async () => {
      note.textContent = "";
      try {
        const [blob, extension] = await makers[kind]();
        save(blob, `adam-scope.${extension}`);
        note.textContent = `Saved adam-scope.${extension}.`;
      } catch (error) {
        note.textContent = `The browser could not make it: ${error instanceof Error ? error.message : error}`;
      }
    });
  }
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The figure as the command line draws it, by a module that is loaded for it. @param {import("./element.js").AdamScope} scope */
async function svgText(scope) {
  const picture = await import("./pkg/picture.js");
  await picture.default();
  const figure = new picture.Figure();
  try {
    figure.replace(scope.config);
    figure.change("step", String(scope.currentStep));
    return figure.toSVG(WIDTH, scope.themeInForce);
  } finally {
    figure.free();
  }
}

/**
 * The panels as they stand, with their heads, on one canvas.
 * @param {import("./element.js").AdamScope} scope
 * @param {HTMLCanvasElement} canvas
 * @param {number} scale device pixels in a CSS pixel
 */
function compose(scope, canvas, scale) {
  const figure = figureOf(scope);
  const context = canvas.getContext("2d");
  if (!figure || !context) throw new Error("there is no canvas to draw on");
  const panels = scope.plotCanvases;
  const boxes = panels.map(([surface]) => surface.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)) - 8;
  const top = Math.min(...boxes.map((box) => box.top)) - HEAD;
  const [right, bottom] = [Math.max(...boxes.map((box) => box.right)) + 8, Math.max(...boxes.map((box) => box.bottom)) + FOOT];
  // A film needs even numbers of pixels.
  const even = (/** @type {number} */ pixels) => 2 * Math.ceil((pixels * scale) / 2);
  const [width, height] = [even(right - left), even(bottom - top)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const style = getComputedStyle(document.documentElement);
  const color = (/** @type {string} */ name) => resolved(style.getPropertyValue(name));
  const font = (/** @type {number} */ size, weight = 400) => `${weight} ${size}px ${style.getPropertyValue("--sans")}`;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = color("--paper");
  context.fillRect(0, 0, right - left, bottom - top);
  context.textBaseline = "alphabetic";
  panels.forEach(([surface, path], i) => {
    const box = boxes[i];
    for (const layer of [surface, path]) context.drawImage(layer, box.left - left, box.top - top, box.width, box.height);
    const runs = panels.length === 1 ? Array.from({ length: figure.runs() }, (_, run) => run) : [i];
    const x = box.left - left + 30;
    context.font = font(15, 650);
    let at = x;
    for (const run of runs) {
      const label = figure.words(run)[0];
      context.fillStyle = color(`--run-${(run % 6) + 1}`);
      context.fillText(label, at, box.top - top - 18);
      at += context.measureText(label).width + 18;
    }
    if (runs.length > 1) return;
    const [loss] = figure.reading(runs[0], scope.currentStep);
    context.font = font(12.5);
    context.fillStyle = color("--ink-2");
    context.fillText(`loss ${loss}`, x, box.top - top - 2);
  });
  context.font = font(12.5);
  context.fillStyle = color("--ink-2");
  context.fillText(`${figure.caption()[0]}, step ${scope.currentStep} of ${scope.steps}. Adam Scope: ${figure.text()}`, 38, bottom - top - 10);
}

/** A colour as a canvas takes it: light-dark() resolved. @param {string} value */
function resolved(value) {
  const probe = document.createElement("i");
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/**
 * @param {import("./element.js").AdamScope} scope
 * @param {number} scale
 */
async function picture(scope, scale) {
  const canvas = document.createElement("canvas");
  // The panels are drawn for this screen; for more pixels they are drawn anew, and then again as they were.
  scope.drawAt(scale);
  compose(scope, canvas, scale);
  scope.drawAt(devicePixelRatio);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the picture is too large");
  return labelled(blob, "Description", scope.config);
}

/**
 * A PNG with a piece of text in it. PNG specification, third edition, 11.3.3.2.
 * @param {Blob} blob
 * @param {string} key
 * @param {string} text
 */
async function labelled(blob, key, text) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const data = new TextEncoder().encode(`tEXt${key}\0${text}`);
  const chunk = new Uint8Array(data.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length - 4);
  chunk.set(data, 4);
  view.setUint32(data.length + 4, crc32(data));
  // Behind the signature and the header chunk.
  return new Blob([bytes.slice(0, 33), chunk, bytes.slice(33)], { type: "image/png" });
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function filmType() {
  if (typeof MediaRecorder !== "function" || !("captureStream" in HTMLCanvasElement.prototype)) return undefined;
  return ["video/webm;codecs=vp9", "video/webm", "video/mp4"].find((type) => MediaRecorder.isTypeSupported(type));
}

/**
 * Plays the clock from the start to the end, at most twenty seconds long, and records it. The set-up is in the picture.
 * @param {import("./element.js").AdamScope} scope
 * @param {string} type
 * @param {(words: string) => void} tell
 * @returns {Promise<[Blob, string]>}
 */
async function film(scope, type, tell) {
  const before = scope.currentStep;
  const canvas = document.createElement("canvas");
  const length = Math.min(LONGEST, Math.max(2, scope.steps / scope.speed));
  scope.pause();
  scope.seek(0);
  compose(scope, canvas, 1);
  const recorder = new MediaRecorder(canvas.captureStream(FRAMES), { mimeType: type, videoBitsPerSecond: 6_000_000 });
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  recorder.start();
  const start = performance.now();
  for (let share = 0; share < 1; ) {
    await new Promise((resolve) => setTimeout(resolve, 1000 / FRAMES));
    share = Math.min((performance.now() - start) / 1000 / length, 1);
    scope.seek(Math.round(share * scope.steps));
    compose(scope, canvas, 1);
    tell(`Recording, ${Math.round(100 * share)} %.`);
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  recorder.stop();
  await stopped;
  scope.seek(before);
  return [new Blob(parts, { type }), type.startsWith("video/mp4") ? "mp4" : "webm"];
}
