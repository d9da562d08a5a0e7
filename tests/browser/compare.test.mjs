// Optimizers at their own best rates, and the spread over other starts: by mouse, keys and finger, against the command line.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { openBrowser, openPage } from "./harness.mjs";

/** @import { Browser, Page, BrowserContextOptions } from "playwright-core" */

const SET_UP = "optimizer=sgd,momentum,rmsprop,adam&lr=0.01";
const BEST = "sgd:0.00376,momentum:0.00211,rmsprop:0.178,adam:0.841";
const CAPTION = "Each at its own best rate: the lowest loss after 200 steps of 241 rates from 0.00001 to 10.";

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/**
 * @param {string} config
 * @param {BrowserContextOptions} [options]
 */
async function open(config, options = { viewport: { width: 1440, height: 900 } }) {
  const opened = await openPage(browser, `#${config}`, options);
  await opened.page.waitForSelector(':root[data-state="ready"]');
  return opened;
}

const rates = (/** @type {Page} */ page) =>
  page.evaluate(() => /** @type {any} */ (document.querySelector("adam-scope")).figure.value("lr"));
const line = (/** @type {Page} */ page) => page.locator("#best").textContent();

/**
 * @param {Page} page
 * @param {string} wanted
 */
const becomes = (page, wanted) =>
  page.waitForFunction((wanted) => document.querySelector("#best")?.textContent === wanted, wanted);

test("a press gives each optimizer its best rate and says so, a dragged handle ends that, and undo brings it back", async () => {
  const { page, problems } = await open(SET_UP);
  assert.equal(await line(page), "Each at its own best rate");
  await page.locator("#best button").click();
  await becomes(page, CAPTION);
  assert.equal(await rates(page), BEST);
  assert.equal(await page.locator("#title").textContent(), "Each at its own best rate");
  // A handle is the rate of its optimizer alone.
  const handle = page.locator(".handles input").nth(3);
  assert.equal(await handle.getAttribute("aria-label"), "Learning rate of Adam");
  const exponent = Number(await handle.inputValue());
  await page.locator(".valley-plot").evaluate((plot) => plot.scrollIntoView({ block: "center" }));
  const box = await page.locator(".valley-plot").boundingBox();
  assert(box);
  // What follows a change within 0.4 s belongs to the same gesture, and is undone with it.
  await page.waitForTimeout(500);
  const x = box.x + ((exponent + 5) / 6) * box.width;
  await page.mouse.move(x, box.y + 143);
  await page.mouse.down();
  await page.mouse.move(x - 60, box.y + 143, { steps: 4 });
  await page.mouse.up();
  await becomes(page, "Each at its own best rate");
  const dragged = await rates(page);
  assert.match(dragged, /^sgd:0\.00376,momentum:0\.00211,rmsprop:0\.178,adam:0\.[0-9]+$/);
  assert.notEqual(dragged, BEST);
  await page.locator("#undo").click();
  await becomes(page, CAPTION);
  assert.equal(await rates(page), BEST);
  // It is as true of a link as it was of the press.
  await page.waitForFunction((best) => location.hash.includes(best), BEST);
  await page.reload();
  await becomes(page, CAPTION);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test("keys alone press it, focus stays, and an arrow on a handle ends what it says", async () => {
  const { page, problems } = await open(SET_UP);
  const button = page.locator("#best button");
  await button.focus();
  await page.keyboard.press("Enter");
  await becomes(page, CAPTION);
  assert(await button.evaluate((button) => button === document.activeElement));
  assert.equal(await button.getAttribute("aria-disabled"), "true");
  await page.locator(".handles input").first().focus();
  await page.keyboard.press("ArrowRight");
  await becomes(page, "Each at its own best rate");
  assert.match(await rates(page), /^sgd:0\.00[0-9]+,momentum:0\.00211,/);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test("a finger on a phone presses it", async () => {
  const { page, problems } = await open(SET_UP, { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true });
  await page.locator("#best button").tap();
  await becomes(page, CAPTION);
  assert.equal(await rates(page), BEST);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test("it is offered to several optimizers under one schedule only", async () => {
  const { page } = await open("surface=beale");
  assert(await page.locator("#best").isHidden());
  await page.evaluate(() => (/** @type {any} */ (document.querySelector("adam-scope")).config = "optimizer=sgd,adam&lr=1"));
  assert(await page.locator("#best").isVisible());
  await page.evaluate(() => (/** @type {any} */ (document.querySelector("adam-scope")).config = "optimizer=sgd,adam&lr=1&schedule=constant,cosine"));
  assert(await page.locator("#best").isHidden());
  await page.context().close();
});

/** The table of the section, a row an optimizer. @param {Page} page */
const table = (page) =>
  page.locator("#starts tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));

test("the spread over other starts is drawn, and its table has the command line's numbers", async () => {
  const { page, problems } = await open(`${SET_UP.split("&")[0]}&lr=${BEST}`);
  await page.locator("#starts").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelectorAll("#starts tbody tr").length === 4);
  const words = page.locator("#starts .what");
  assert.match((await words.textContent()) ?? "", /^Median and middle half of 32 starts drawn from the plot, seed 0\. Loss on a log scale\./);
  const colors = await page.locator("#starts canvas").evaluate((canvas) => {
    const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
    const pixels = /** @type {HTMLCanvasElement} */ (canvas).getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
    const seen = new Set();
    for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] === 255) seen.add(`${pixels[i] >> 4} ${pixels[i + 1] >> 4} ${pixels[i + 2] >> 4}`);
    return seen.size;
  });
  assert(colors > 8, `${colors} colours`);
  for (const [starts, seed] of [["32", "0"], ["200", "7"]]) {
    const fields = page.locator("#starts input");
    await fields.nth(0).fill(starts);
    await fields.nth(1).fill(seed);
    await fields.nth(1).press("Enter");
    await page.waitForFunction(([starts, seed]) => document.querySelector("#starts .what")?.textContent?.includes(` ${starts} starts drawn from the plot, seed ${seed}.`), [starts, seed]);
    const { stdout } = await promisify(execFile)(process.env.ADAM_SCOPE_BIN ?? "", ["compare", "optimizer=sgd,momentum,rmsprop,adam&lr=1", "--starts", starts, "--seed", seed]);
    const expected = stdout.trimEnd().split("\n").slice(1).map((row) => row.split(","));
    const shown = await table(page);
    assert.equal(shown.length, expected.length);
    for (const [i, [, , lr, , lower, median, upper, reached]] of expected.entries()) {
      const numbers = [median, lower, upper].map((number) => (number === "inf" ? Infinity : Number(number)));
      const [middle, low, high] = await page.evaluate(async (numbers) => {
        const address = new URL("explorer-core.js", Reflect.get(window, "filesUrl")).href;
        const core = await (await import(address)).explorerCore();
        return numbers.map((number) => /** @type {string} */ (core.shortNumber(number)));
      }, numbers);
      assert.deepEqual(shown[i].slice(1), [lr, middle, `${low} to ${high}`, `${reached} of ${starts}`]);
    }
  }
  assert.deepEqual(problems, []);
  await page.context().close();
});

test("a wrong number of starts is told in one line and leaves the last chart", async () => {
  const { page } = await open("surface=beale");
  await page.locator("#starts").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelectorAll("#starts tbody tr").length === 4);
  const count = page.locator("#starts input").first();
  await count.fill("5000");
  await count.press("Enter");
  await page.waitForFunction(() => document.querySelector("#starts .what")?.textContent === 'starts: "5000" is out of range (expected a whole number from 1 to 1024)');
  assert.equal(await count.getAttribute("aria-invalid"), "true");
  assert.equal((await table(page)).length, 4);
  await page.context().close();
});
