// What is taken away from a figure: SVG and CSV to the byte what the command line writes, and a PNG of what is seen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { HUES, figureReady, read } from "./figure.mjs";
import { assertClean, drawn, openBrowser, openPage, printed } from "./harness.mjs";
import { SCRIPT, STYLED, post, posts } from "./post.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const inPost = posts(() => browser);

/** @param {Page} page @param {{ width?: number, height?: number }} [size] */
const svgOf = (page, size) => page.evaluate((size) => /** @type {AdamScope} */ (document.querySelector("adam-scope")).toSVG(size), size);
/** @param {Page} page */
const csvOf = (page) => page.evaluate(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).toCSV());

/**
 * The PNG of the first element, or what is said of why there is none: its size, the text in it, and all of its colours.
 * @param {Page} page
 * @param {{ scale?: number }} [options]
 */
function pngOf(page, options) {
  return page.evaluate(async (options) => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    const blob = await scope.toPNG(options);
    const { width, height } = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(width, height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.drawImage(await createImageBitmap(blob), 0, 0);
    const colors = new Set();
    for (const pixel of new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)) colors.add(pixel & 0xffffff);
    return { type: blob.type, width, height, colors: [...colors], text: new TextDecoder("latin1").decode(await blob.arrayBuffer()) };
  }, options);
}

/** A colour as it stands in the four bytes of a pixel. @param {number[]} color */
const packed = ([red, green, blue]) => red | (green << 8) | (blue << 16);

for (const [attributes, step, theme] of [
  ['surface="beale" lr="0.01,0.1,1"', 0, "light"],
  ['surface="himmelblau" lr="0.1" optimizer="adam,sgd" steps="90" step="40" theme="dark"', 40, "dark"],
  ['surface="rosenbrock" lr="0.001,0.01" view="overlay" noise="0.5" seed="7"', 0, "light"],
]) {
  inPost(`SVG and CSV of ${attributes} are to the byte the command line's`, `${SCRIPT}<adam-scope ${attributes}></adam-scope>`, async (page) => {
    const config = String(await read(page, "config"));
    const query = config.includes("step=") ? config : `${config}&step=${step}`;
    const figure = (/** @type {string[]} */ ...words) => drawn(query, "--theme", String(theme), ...words);
    assert.equal(await svgOf(page), await figure());
    assert.equal(await svgOf(page, { width: 680, height: 500 }), await figure("--width", "680", "--height", "500"));
    assert.equal(await csvOf(page), await printed("trace", config));
  });
}

inPost("an SVG shows the step that is shown", `${SCRIPT}<adam-scope surface="beale" lr="0.1"></adam-scope>`, async (page) => {
  await page.evaluate(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).seek(30));
  assert.equal(await svgOf(page), await drawn("surface=beale&lr=0.1&step=30"));
  assert.equal(await read(page, "config"), "surface=beale&lr=0.1", "the figure itself stays as it was");
});

inPost(
  "an SVG has the page's colours",
  `<style>adam-scope{--adam-scope-run-1:#123456;--adam-scope-paper:#fafad0}</style>${SCRIPT}<adam-scope surface="beale" lr="0.1" step="60"></adam-scope>`,
  async (page) => {
    const svg = (await svgOf(page)).toLowerCase();
    assert(svg.includes("#123456") && svg.includes("#fafad0") && !svg.includes("#0b479f"));
  },
  { headers: STYLED },
);

inPost("a size that has no room is refused in the core's words", `${SCRIPT}<adam-scope></adam-scope>`, async (page) => {
  const message = await svgOf(page, { width: 100 }).catch((error) => error.message);
  assert.match(message, /width: "100" is out of range \(expected 320 to 4000 pixels/);
  assert.match(await pngOf(page, { scale: 0 }).catch((error) => error.message), /scale: "0" is out of range \(expected a number above 0, at most 8\)/);
});

for (const [theme, paper] of /** @type {["light" | "dark", number[]][]} */ ([["light", [253, 252, 250]], ["dark", [20, 23, 27]]])) {
  inPost(`a PNG shows paths and words on ${theme} paper, as large as asked for, and has its config in it`, `${SCRIPT}<adam-scope surface="beale" lr="0.01,0.1" step="90" theme="${theme}"></adam-scope>`, async (page) => {
    const canvases = () => page.evaluate(() => [...(document.querySelector("adam-scope")?.shadowRoot?.querySelectorAll("canvas") ?? [])].map(({ width, height }) => [width, height]));
    const before = await canvases();
    const [one, two] = [await pngOf(page, { scale: 1 }), await pngOf(page, { scale: 2 })];
    assert.equal(one.type, "image/png");
    assert(one.width > 600 && one.width < 900 && one.height > 250, `${one.width} ${one.height}`);
    assert(Math.abs(two.width - 2 * one.width) <= 2 && Math.abs(two.height - 2 * one.height) <= 2, `${two.width} ${two.height}`);
    for (const hue of [paper, HUES[theme][0], HUES[theme][1]]) assert(one.colors.includes(packed(hue)), `${hue}`);
    assert(one.colors.length > 100, "shade, contours, words");
    assert(one.text.includes("tEXtDescription\0surface=beale&lr=0.01,0.1&step=90"), one.text.slice(0, 200));
    assert.deepEqual(await canvases(), before, "the figure is drawn as it was");
  });
}

inPost("a PNG of a narrow figure has all of its words in it", `${SCRIPT}<adam-scope lr="0.001,0.01,0.1" optimizer="adam,adamw"></adam-scope>`, async (page) => {
  const words = await page.evaluate(async () => {
    const { fillText } = CanvasRenderingContext2D.prototype;
    /** @type {{ right: number, bottom: number, canvas: HTMLCanvasElement }[]} */
    const drawn = [];
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, room) {
      if (!this.canvas.isConnected && this.getTransform().a === 1) drawn.push({ right: x + Math.min(this.measureText(text).width, room ?? Infinity), bottom: y, canvas: this.canvas });
      fillText.call(this, text, x, y, /** @type {any} */ (room));
    };
    await /** @type {AdamScope} */ (document.querySelector("adam-scope")).toPNG({ scale: 1 });
    if (drawn[0].canvas.width < 300) throw new Error("the two columns of the page have become one");
    return drawn.map(({ right, bottom, canvas }) => [right - canvas.width, bottom - canvas.height]);
  });
  assert(words.length > 12 && words.every(([right, bottom]) => right <= 0 && bottom <= 0), `${words}`);
}, { viewport: { width: 360, height: 780 } });

inPost("before the first figure there is nothing to take away, and all three say so", `<adam-scope></adam-scope>`, async (page) => {
  const said = await page.evaluate(async () => {
    await import(new URL("adam-scope.js", location.href).href);
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    return Promise.all([scope.toSVG(), scope.toCSV(), scope.toPNG()].map((promise) => promise.then(() => "", (error) => error.message)));
  });
  assert.deepEqual(said, Array(3).fill("nothing is shown yet; await ready first"));
}, { ready: false });

inPost("of a figure without a size there is no PNG, but SVG and CSV", `<style>#box{display:none}</style>${SCRIPT}<div id="box"><adam-scope surface="beale" lr="0.1" loading="eager"></adam-scope></div>`, async (page) => {
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).figure);
  assert.match(await pngOf(page).catch((error) => error.message), /the figure has no size on its page, so there is nothing to draw/);
  assert.match(await svgOf(page), /^<svg /);
  assert.match(await csvOf(page), /^run,step,lr/);
}, { ready: false, headers: STYLED });

test("where the second core cannot be fetched the promise says so, the figure stays, and the next call tries again", async () => {
  const opened = await openPage(browser, "post.html", { html: post(`${SCRIPT}<adam-scope surface="beale"></adam-scope>`), viewport: { width: 800, height: 900 } });
  const { page, problems } = opened;
  await figureReady(page);
  let broken = true;
  await page.route(/picture_bg\.wasm$/, (route) => (broken ? route.fulfill({ status: 404, body: "" }) : route.continue()));
  assert.match(await svgOf(page).catch((error) => error.message), /the core could not be fetched: http.*picture_bg\.wasm answers 404/);
  assert.equal(await page.isVisible("adam-scope canvas"), true);
  broken = false;
  assert.match(await svgOf(page), /^<svg /);
  problems.splice(0, problems.length, ...problems.filter((problem) => !/404|picture_bg/.test(problem)));
  assertClean(opened);
  await page.context().close();
});
