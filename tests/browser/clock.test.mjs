// The clock as mouse and keyboard drive it, and what it moves: everything at once. What is said aloud, and when.

import assert from "node:assert/strict";
import { read, seek } from "./figure.mjs";
import { onPage } from "./on-page.mjs";

/** @import { Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @param {Page} page @param {number} step */
const reach = (page, step) => page.waitForFunction((step) => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep >= step, step);

/** Keeps all that is said aloud. @param {Page} page */
const listen = (page) =>
  page.evaluate(() => {
    const live = /** @type {HTMLElement} */ (document.getElementById("live"));
    const said = /** @type {string[]} */ (Reflect.set(window, "said", []) && Reflect.get(window, "said"));
    new MutationObserver(() => said.push(live.textContent ?? "")).observe(live, { childList: true, characterData: true, subtree: true });
  });

/** @param {Page} page @returns {Promise<string[]>} */
const said = (page) => page.evaluate(() => Reflect.get(window, "said"));

onPage("a step pointed at in any chart is shown in every panel, chart and line of the step, and on the clock", "#surface=beale&step=10", async (page) => {
  await page.locator("#inspector").scrollIntoViewIfNeeded();
  await page.locator("#charts").scrollIntoViewIfNeeded();
  const pictures = () => page.locator("adam-scope canvas[role='img'], #charts .chart:not([hidden]) canvas[role='img']").evaluateAll((all) => all.map((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL()));
  const words = () => page.locator("adam-scope .now b").allTextContents();
  const charts = page.locator("#charts .chart:not([hidden]) .chart-box");
  assert.equal(await charts.count(), 4);
  for (let chart = 0; chart < 4; chart++) {
    const [before, told] = [await pictures(), await words()];
    const box = await charts.nth(chart).boundingBox();
    assert(box);
    // Each chart at a place of its own.
    await page.mouse.move(box.x + 80 + (box.width - 140) * (0.4 + 0.15 * chart), box.y + 90);
    await page.waitForFunction(() => document.querySelector("#clock [data-act='count'] b")?.textContent !== "10");
    const step = Number(await read(page, "currentStep"));
    const after = await pictures();
    assert(after.length === 8 && after.every((picture, i) => picture !== before[i]), `chart ${chart}: ${after.map((picture, i) => picture !== before[i])}`);
    assert((await words()).every((loss, i) => loss !== told[i]));
    assert.equal(await page.inputValue("#clock [data-act='scrub']"), String(step));
    assert.equal(await page.textContent("#inspector-title"), `Inside step ${step}`);
    await page.mouse.move(box.x + box.width / 2, box.y - 12);
    await page.mouse.move(4, 4);
    await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep === 10);
  }
// A window in which all of the page can be seen at once: what is out of sight waits.
}, { viewport: { width: 1440, height: 3000 } });

onPage("it plays at one step a second, and all at once", "#surface=beale&steps=2000", async (page) => {
  await page.selectOption("[data-act='speed']", "1");
  await page.click("#clock [data-act='play']");
  await page.waitForTimeout(1500);
  assert([1, 2].includes(Number(await read(page, "currentStep"))), `${await read(page, "currentStep")}`);
  await page.selectOption("[data-act='speed']", { label: "all at once" });
  await reach(page, 2000);
  assert.equal(await read(page, "paused"), true);
  // From the end it begins again.
  await page.selectOption("[data-act='speed']", "5");
  await page.click("#clock [data-act='play']");
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep < 100);
  assert.equal(await read(page, "paused"), false);
});

onPage("with loop it goes round, switched on and off by keyboard", "#surface=beale&steps=10", async (page) => {
  await page.selectOption("[data-act='speed']", "60");
  const loop = page.locator("[data-act='loop']");
  await loop.focus();
  await page.keyboard.press("Enter");
  assert.equal(await loop.getAttribute("aria-pressed"), "true");
  await page.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    Object.assign(window, { rounds: 0 });
    scope.addEventListener("adam-scope-end", () => Reflect.set(window, "rounds", Reflect.get(window, "rounds") + 1));
  });
  await page.locator("#clock [data-act='play']").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => Reflect.get(window, "rounds") >= 3);
  assert.equal(await read(page, "paused"), false);
  await loop.focus();
  await page.keyboard.press(" ");
  assert.equal(await loop.getAttribute("aria-pressed"), "false");
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).paused);
  assert.equal(await read(page, "currentStep"), 10);
});

onPage("the scrubber is a native slider: arrows, Home, End and the mouse move it", "#surface=beale&steps=100", async (page) => {
  const scrubber = page.locator("#clock [data-act='scrub']");
  await scrubber.focus();
  for (const [key, step] of /** @type {const} */ ([["ArrowRight", 1], ["ArrowRight", 2], ["ArrowLeft", 1], ["End", 100], ["Home", 0]])) {
    await page.keyboard.press(key);
    assert.equal(await read(page, "currentStep"), step, key);
  }
  const box = await scrubber.boundingBox();
  assert(box);
  await page.mouse.move(box.x + 10, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  assert.equal(await read(page, "currentStep"), 50);
  assert.equal(await scrubber.getAttribute("aria-valuetext"), "step 50 of 100");
});

onPage("nothing is said while it plays or is scrubbed; on pause the losses are, once", "#surface=beale&steps=2000", async (page) => {
  await listen(page);
  await page.selectOption("[data-act='speed']", "200");
  await page.click("#clock [data-act='play']");
  await reach(page, 60);
  assert.deepEqual(await said(page), []);
  await page.click("#clock [data-act='play']");
  const step = await read(page, "currentStep");
  const [first, ...more] = await said(page);
  assert.match(first, new RegExp(`^Paused at step ${step}\\. lr 0\\.001: too low, loss [\\d.]+; lr 0\\.01: `));
  await seek(page, 300);
  await page.click("[data-act='on']");
  await page.waitForTimeout(300);
  assert.deepEqual([...more, ...(await said(page)).slice(1)], []);
});

onPage("a verdict that changes is said, those that stay are not", "#surface=beale&lr=0.01,0.1&step=100", async (page) => {
  await page.waitForTimeout(300);
  await listen(page);
  await page.fill("[aria-label='Steps']", "190");
  await page.press("[aria-label='Steps']", "Enter");
  await page.waitForTimeout(400);
  assert.deepEqual(await said(page), []);
  const handle = page.locator("adam-scope .name input").nth(0);
  await handle.fill("4");
  await handle.press("Enter");
  await page.waitForFunction(() => Reflect.get(window, "said").length > 0);
  const [news] = await said(page);
  assert.match(news, /^lr 4: too high, /);
  assert(!news.includes("lr 0.1:"), news);
});

onPage("before anything was played no verdict is given away", "#surface=beale&steps=400", async (page) => {
  await listen(page);
  await page.fill("[aria-label='Steps']", "300");
  await page.press("[aria-label='Steps']", "Enter");
  await page.waitForTimeout(400);
  assert.deepEqual(await said(page), []);
});
