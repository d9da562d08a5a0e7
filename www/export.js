// What a visitor takes away as files: the picture, the numbers, the film. Each says which set-up it shows.
import { compose } from "./output.js";

/** Frames a second of a film, and how long it is at most, in seconds. */
const FRAMES = 30;
const LONGEST = 20;

/** The width of a picture as SVG, in CSS pixels. */
const WIDTH = 1280;

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
    svg: async () => [new Blob([await scope.toSVG({ width: WIDTH })], { type: "image/svg+xml" }), "svg"],
    csv: async () => [new Blob([`# ${scope.config}\n`, await scope.toCSV()], { type: "text/csv" }), "csv"],
    png: async () => [await scope.toPNG({ scale: Number(scale.value) }), "png"],
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
