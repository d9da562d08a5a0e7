// What a visitor takes away as files: pictures, numbers and film, each opened again.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { read } from "./figure.mjs";
import { trace } from "./harness.mjs";
import { onPage, openBeside } from "./on-page.mjs";

/** @import { Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

const CONFIG = "surface=beale&lr=0.1,1";

/**
 * Presses a button of the menu and gives the file that comes.
 * @param {Page} page
 * @param {string} button
 */
async function saved(page, button) {
  if (!(await page.isVisible("#export"))) await page.click("button[popovertarget='export']:visible");
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 30_000 }), page.click(`#export button:has-text("${button}")`)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

for (const deviceScaleFactor of [1, 2]) {
  onPage(`on a screen of ${deviceScaleFactor} pixels in one, a PNG has one, two or three times as many as the figure, and its set-up`, `#${CONFIG}&step=60`, async (page) => {
    /** @type {number[][]} */
    const sizes = [];
    const before = await page.locator("adam-scope canvas").first().evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).width);
    for (const scale of ["1", "2", "3"]) {
      await page.click("button[popovertarget='export']:visible");
      await page.selectOption("[aria-label='Pixels of the PNG']", scale);
      const { name, bytes } = await saved(page, "Save PNG");
      assert.equal(name, "adam-scope.png");
      assert(bytes.includes(`tEXtDescription\0${CONFIG}`));
      sizes.push([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]);
      // The picture is read back by the browser: neither empty nor broken, its checksums right.
      const colors = await page.evaluate(async (base64) => {
        const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], { type: "image/png" }));
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(image.width, image.height).getContext("2d"));
        context.drawImage(image, 0, 0);
        return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
      }, bytes.toString("base64"));
      assert(colors > 20, `${colors} colours`);
      await page.keyboard.press("Escape");
    }
    const [one, two, three] = sizes;
    for (const axis of [0, 1]) {
      assert(Math.abs(two[axis] - 2 * one[axis]) <= 4 && Math.abs(three[axis] - 3 * one[axis]) <= 6, JSON.stringify(sizes));
    }
    assert.equal(await page.locator("adam-scope canvas").first().evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).width), before, "the page is as it was");
  }, { deviceScaleFactor });
}

for (const theme of ["light", "dark", "projector"]) {
  onPage(`an SVG in ${theme} is a picture by itself, with its set-up`, `#${CONFIG}&theme=${theme}&step=60`, async (page) => {
    const { name, bytes } = await saved(page, "Save SVG");
    assert.equal(name, "adam-scope.svg");
    const svg = bytes.toString();
    assert.match(svg, /^<svg [^>]*data-config="surface=beale&amp;lr=0\.1,1&amp;step=60"/);
    assert(svg.includes({ light: "#fdfcfa", dark: "#14171b", projector: "#ffffff" }[theme] ?? "none"));
    const shown = await openBeside("picture.html", { html: `<!doctype html><title>Picture</title><link rel="icon" href="data:,"><img alt="" src="data:image/svg+xml;base64,${bytes.toString("base64")}">` });
    assert.equal(await shown.page.locator("img").evaluate((image) => /** @type {HTMLImageElement} */ (image).decode().then(() => /** @type {HTMLImageElement} */ (image).naturalWidth)), 1280);
    await shown.page.context().close();
  });
}

onPage("the CSV says first which set-up it is of, then holds every step to the last digit", `#${CONFIG}`, async (page) => {
  const { name, bytes } = await saved(page, "Save CSV");
  assert.equal(name, "adam-scope.csv");
  const [first, head, ...rows] = bytes.toString().trimEnd().split("\n");
  assert.equal(first, `# ${CONFIG}`);
  const columns = head.split(",");
  const native = await trace(CONFIG);
  assert.equal(rows.length, 402);
  for (const [row, run, step] of [[0, 0, 0], [201, 1, 0], [401, 1, 200]]) {
    const values = rows[row].split(",");
    for (const column of ["x", "y", "loss"]) assert.equal(Number(values[columns.indexOf(column)]), native[run][column][step]);
  }
});

for (const view of ["panels", "overlay"]) {
  onPage(`the film of ${view} plays: as long as the run, as large as the figure, and it moves`, `#${CONFIG}&steps=40${view === "overlay" ? "&view=overlay" : ""}`, async (page) => {
    const { name, bytes } = await saved(page, "Save video");
    assert.match(name, /^adam-scope\.(webm|mp4)$/);
    // On a page of its own, whose policy knows films.
    const cinema = await openBeside("film.html", { html: '<!doctype html><title>Film</title><link rel="icon" href="data:,">', headers: { "content-security-policy": "" } });
    const film = await cinema.page.evaluate(async (base64) => {
      const video = document.createElement("video");
      video.muted = true;
      video.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))]));
      await new Promise((resolve, reject) => {
        video.onloadeddata = resolve;
        video.onerror = () => reject(new Error(video.error?.message));
      });
      const { duration } = video;
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(video.videoWidth, video.videoHeight).getContext("2d", { willReadFrequently: true }));
      const frame = async (/** @type {number} */ time) => {
        await new Promise((resolve) => {
          video.onseeked = resolve;
          video.currentTime = time;
        });
        context.drawImage(video, 0, 0);
        return context.getImageData(0, 0, video.videoWidth, video.videoHeight).data;
      };
      const frames = [await frame(0), await frame(1), await frame(duration)];
      const differing = (/** @type {Uint8ClampedArray} */ a, /** @type {Uint8ClampedArray} */ b) => a.reduce((sum, value, i) => sum + (Math.abs(value - b[i]) > 40 ? 1 : 0), 0);
      return { duration, size: [video.videoWidth, video.videoHeight], moved: [differing(frames[0], frames[1]), differing(frames[1], frames[2])] };
    }, bytes.toString("base64"));
    await cinema.page.context().close();
    assert(film.duration >= 1.8 && film.duration < 6, `${film.duration} s`);
    // The picture of the same figure, whose numbers of pixels are even as a film's have to be.
    const size = await page.evaluate(async () => {
      const { width, height } = await createImageBitmap(await /** @type {AdamScope} */ (document.querySelector("adam-scope")).toPNG({ scale: 1 }));
      return [width, height];
    });
    assert.deepEqual(film.size, size);
    assert(film.moved.every((pixels) => pixels > 100), `${film.moved}`);
    assert.equal(await read(page, "currentStep"), 0, "the clock is where it was");
    assert.match((await page.textContent("#export-note")) ?? "", /^Saved adam-scope\./);
  });
}

onPage("on a phone the menu of files and undo are behind More settings", `#${CONFIG}`, async (page) => {
  await page.tap("text=More settings");
  await page.fill("[aria-label='Steps']", "90");
  await page.press("[aria-label='Steps']", "Enter");
  await page.tap("#more button:has-text('Undo')");
  assert.equal(await read(page, "config"), CONFIG);
  await page.tap("#more button:has-text('Redo')");
  assert.equal(await read(page, "steps"), 90);
  await page.tap("#more button:has-text('Export')");
  const { bytes } = await saved(page, "Save CSV");
  assert.equal(bytes.toString().split("\n")[0], "# surface=beale&steps=90&lr=0.1,1");
}, { viewport: { width: 360, height: 780 }, hasTouch: true });
