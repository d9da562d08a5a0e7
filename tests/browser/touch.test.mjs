// The page under a finger: what is dragged moves, what is swiped scrolls, what is tapped answers.

import assert from "node:assert/strict";
import { placeOf, read, runs } from "./figure.mjs";
import { onPage } from "./on-page.mjs";

/** @import { CDPSession, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {[number, number, number, number]} */
const BEALE = [-1, 4.5, -2, 2];
const PHONE = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };

/**
 * A finger that goes from one place to another, as the browser gets it from a screen.
 * @param {Page} page
 * @param {[number, number]} from
 * @param {[number, number]} to
 */
async function drag(page, [x0, y0], [x1, y1]) {
  /** @type {CDPSession} */
  const client = await page.context().newCDPSession(page);
  const touch = (/** @type {"touchStart" | "touchMove" | "touchEnd"} */ type, /** @type {{ x: number, y: number }[]} */ touchPoints) => client.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", [{ x: x0, y: y0 }]);
  for (let part = 1; part <= 8; part++) await touch("touchMove", [{ x: x0 + ((x1 - x0) * part) / 8, y: y0 + ((y1 - y0) * part) / 8 }]);
  await touch("touchEnd", []);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** @param {Page} page @param {string} selector @param {number} [number] @returns {Promise<[number, number]>} */
async function middle(page, selector, number = 0) {
  const box = await page.locator(selector).nth(number).boundingBox();
  assert(box, selector);
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** @param {Page} page */
const scrolled = (page) => page.evaluate(() => scrollY);

onPage("a finger drags the start and the page stays where it is; a swipe beside it scrolls and the start stays", "#surface=beale", async (page) => {
  const from = await placeOf(page, 0, [0.5, -0.6], BEALE);
  await drag(page, from, [from[0] + 30, from[1] - 40]);
  const [{ path }] = await runs(page);
  assert(path[0] > 0.9 && path[1] > 0, `${path.slice(0, 2)}`);
  assert.equal(await scrolled(page), 0);

  const config = await read(page, "config");
  const beside = await placeOf(page, 0, [4, -1.5], BEALE);
  await drag(page, beside, [beside[0], beside[1] - 200]);
  await page.waitForFunction(() => scrollY > 50);
  assert.equal(await read(page, "config"), config);
}, PHONE);

onPage("a tap in a plot moves the start there", "#surface=beale", async (page) => {
  await page.touchscreen.tap(...(await placeOf(page, 1, [2, 1], BEALE)));
  const [{ path }] = await runs(page);
  assert(Math.abs(path[0] - 2) < 0.1 && Math.abs(path[1] - 1) < 0.1, `${path.slice(0, 2)}`);
}, PHONE);

onPage("the clock stays at the lower edge however far the page is scrolled, and answers there", "#surface=beale", async (page) => {
  for (const share of [0, 0.3, 0.7]) {
    await page.evaluate((share) => scrollTo(0, share * document.documentElement.scrollHeight), share);
    await page.waitForTimeout(100);
    const bottom = await page.locator("#clock").evaluate((clock) => Math.abs(Math.round(clock.getBoundingClientRect().bottom - innerHeight)));
    assert.equal(bottom, 0, `${share}`);
  }
  await page.tap("#clock [data-act='on']");
  assert.equal(await read(page, "currentStep"), 1);
  await page.selectOption("[data-act='speed']", "200");
  await page.tap("#clock [data-act='play']");
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep > 20);
  await page.tap("#clock [data-act='play']");
  assert.equal(await read(page, "paused"), true);
  const [x, y] = await middle(page, "#clock .scrub");
  await page.touchscreen.tap(x, y);
  assert(Math.abs(Number(await read(page, "currentStep")) - 100) < 6, `${await read(page, "currentStep")}`);
}, PHONE);

onPage("a finger moves a rate along the valley", "#surface=beale&lr=0.1", async (page) => {
  await page.locator(".valley-plot").scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollBy(0, 150));
  const before = await scrolled(page);
  const axis = await page.locator(".valley-plot .spine").first().boundingBox();
  assert(axis);
  const at = (/** @type {number} */ exponent) => axis.x + (axis.width * (exponent + 5)) / 6;
  await drag(page, [at(-1), axis.y], [at(-2), axis.y]);
  const [{ lr }] = await runs(page);
  assert(lr > 0.006 && lr < 0.016, `${lr}`);
  assert.equal(await scrolled(page), before);
}, PHONE);

onPage("a tap on a chart moves the clock, a swipe over it scrolls", "#surface=beale", async (page) => {
  await page.locator("#charts").scrollIntoViewIfNeeded();
  await page.evaluate(() => document.querySelector(".chart-box")?.scrollIntoView({ block: "center" }));
  const [x, y] = await middle(page, ".chart-box");
  await page.touchscreen.tap(x, y);
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep > 60);
  const [step, before] = [await read(page, "currentStep"), await scrolled(page)];
  await drag(page, [x, y], [x, y - 150]);
  await page.waitForFunction((before) => scrollY > before + 40, before);
  assert.equal(await read(page, "currentStep"), step);
}, PHONE);

onPage("a finger drags a point of the schedule, and the page stays where it is", "#surface=beale&lr=0.1&step=80", async (page) => {
  await page.locator("#charts").scrollIntoViewIfNeeded();
  await page.tap("text=draw the schedule");
  await page.locator(".point").last().evaluate((point) => point.scrollIntoView({ block: "center" }));
  const [before, config] = [await scrolled(page), await read(page, "config")];
  const [x, y] = await middle(page, ".point", (await page.locator(".point").count()) - 1);
  await drag(page, [x, y], [x, y + 50]);
  assert.notEqual(await read(page, "config"), config);
  assert.match(String(await read(page, "config")), /points=/);
  assert.equal(await scrolled(page), before);
}, PHONE);

onPage("runs, views, maps and the table answer to a tap", "#surface=beale&step=50", async (page) => {
  await page.locator("#inspector").scrollIntoViewIfNeeded();
  await page.tap(".runs-pick label:nth-child(3)");
  assert(await page.isChecked(".runs-pick label:nth-child(3) input"));
  await page.locator("#table").scrollIntoViewIfNeeded();
  await page.tap("#table thead button:has-text('verdict')");
  assert.equal(await page.locator("#table [aria-sort='ascending']").count(), 1);
  await page.locator("#maps").scrollIntoViewIfNeeded();
  await page.waitForSelector(".map:not([aria-busy]) canvas");
  await page.locator(".map-box").first().evaluate((box) => box.scrollIntoView({ block: "center" }));
  await page.waitForTimeout(800);
  await page.touchscreen.tap(...(await middle(page, ".map-box")));
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).runs.length === 5);
  await page.tap("#view label:has-text('Overlay')");
  assert.match(String(await read(page, "config")), /view=overlay/);
}, PHONE);
