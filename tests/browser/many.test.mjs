// Many elements on one page: each is drawn when it comes near, one a frame, and what is out of sight costs little.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { openBrowser } from "./harness.mjs";
import { SCRIPT, STYLED, posts } from "./post.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const inPost = posts(() => browser);
const SURFACES = ["beale", "himmelblau", "rosenbrock", "saddle", "ackley"];
const TWENTY = Array.from({ length: 20 }, (_, i) => `<adam-scope surface="${SURFACES[i % 5]}" lr="0.01,0.1"></adam-scope>`).join("");
const options = { ready: false, headers: STYLED };

/** How many elements have a figure. @param {Page} page */
const shown = (page) => page.evaluate(() => [...document.querySelectorAll("adam-scope")].filter((scope) => /** @type {AdamScope} */ (scope).figure).length);

/** Waits until an element's plots are painted, the middles of both layers. @param {Page} page @param {number} element */
const painted = (page, element) =>
  page.waitForFunction((element) => {
    const canvases = [...(document.querySelectorAll("adam-scope")[element].shadowRoot?.querySelectorAll("canvas") ?? [])];
    const opaque = canvases.filter((canvas) => {
      const copy = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(40, 40).getContext("2d"));
      copy.drawImage(canvas, 0, 0, 40, 40);
      return copy.getImageData(0, 0, 40, 40).data.some((byte) => byte > 0);
    });
    return canvases.length === 4 && opaque.length === 4;
  }, element);

inPost("the first figure waits for no other, and figures that it moves away are left alone until they come near", TWENTY, async (page) => {
  const others = await page.evaluate(async () => {
    await import(new URL("adam-scope.js", location.href).href);
    const all = /** @type {AdamScope[]} */ ([...document.querySelectorAll("adam-scope")]);
    await all[0].ready;
    return all.filter(({ figure }) => figure).length;
  });
  assert.equal(others, 1);
  await page.waitForTimeout(800);
  const first = await shown(page);
  assert(first >= 2 && first <= 6, `${first}`);
  const files = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1)).filter((name) => name && /\.(js|wasm)$/.test(name)).sort());
  assert.deepEqual(files, ["adam-scope.js", "adam_scope.js", "adam_scope_bg.wasm"], "what the size check weighs is what an element loads");
}, options);

inPost("what is scrolled past is shown, and an added element takes little memory besides its canvases", `${SCRIPT}${TWENTY}`, async (page) => {
  const memory = () =>
    page.evaluate(async () => {
      const { memory } = await (await import(new URL("pkg/adam_scope.js", Reflect.get(window, "filesUrl")).href)).default();
      return memory.buffer.byteLength;
    });
  let few = 0;
  for (let i = 0; i < 20; i++) {
    await page.evaluate((i) => document.querySelectorAll("adam-scope")[i].scrollIntoView(), i);
    await painted(page, i);
    if (i === 5) few = await memory();
  }
  assert.equal(await shown(page), 20);
  const each = ((await memory()) - few) / 14;
  const canvases = await page.evaluate(() => [...(document.querySelector("adam-scope")?.shadowRoot?.querySelectorAll("canvas") ?? [])].reduce((sum, { width, height }) => sum + 4 * width * height, 0));
  assert(each < 0.2 * canvases, `${each} bytes of the core for an element whose canvases have ${canvases}`);
}, options);

inPost("what comes near is painted before it is seen", `${SCRIPT}<style>p{height:950px;margin:0}</style><p></p><adam-scope surface="beale" lr="0.01,0.1"></adam-scope>`, async (page) => {
  await painted(page, 0);
  assert.equal(await page.evaluate(() => scrollY), 0);
}, options);

inPost("a window that changes its size has all of its figures painted anew, those out of sight when they come near", `${SCRIPT}${TWENTY}`, async (page) => {
  for (let i = 0; i < 6; i++) {
    await page.evaluate((i) => document.querySelectorAll("adam-scope")[i].scrollIntoView(), i);
    await painted(page, i);
  }
  const width = () => page.evaluate(() => Number(document.querySelector("adam-scope")?.shadowRoot?.querySelector("canvas")?.width));
  const before = await width();
  await page.setViewportSize({ width: 700, height: 900 });
  await page.waitForFunction((before) => Number(document.querySelector("adam-scope")?.shadowRoot?.querySelector("canvas")?.width) < before, before);
  await page.evaluate(() => scrollTo(0, 0));
  await painted(page, 0);
}, options);

inPost("taken out while it waits for its turn, an element does not load", TWENTY, async (page) => {
  const figure = await page.evaluate(async () => {
    await import(new URL("adam-scope.js", location.href).href);
    const [first, second] = /** @type {AdamScope[]} */ ([...document.querySelectorAll("adam-scope")]);
    await first.ready;
    second.remove();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const meanwhile = second.figure;
    first.before(second);
    await second.ready;
    return [meanwhile === undefined, second.figure !== undefined];
  });
  assert.deepEqual(figure, [true, true]);
}, options);
