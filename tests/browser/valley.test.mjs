// The valley of good rates: the curve is what the runs give, and follows what the visitor drags.

import assert from "node:assert/strict";
import { placeOf, read } from "./figure.mjs";
import { trace } from "./harness.mjs";
import { onPage } from "./on-page.mjs";

/** @import { Page } from "playwright-core" */

/**
 * A test of the page with its curves drawn.
 * @param {string} name
 * @param {string} address
 * @param {(page: Page) => Promise<void>} body
 * @param {import("./harness.mjs").PageOptions} [options]
 */
function onValley(name, address, body, options) {
  const whenDrawn = async (/** @type {Page} */ page) => {
    await page.waitForSelector(".valley-plot .curve");
    await body(page);
  };
  onPage(name, address, whenDrawn, options);
}

/** @param {Page} page */
const curves = (page) => page.locator(".valley-plot .curve").evaluateAll((all) => all.map((curve) => curve.getAttribute("d") ?? ""));

/**
 * The losses of the first curve, as the core gives them.
 * @param {Page} page
 * @param {string} query
 * @returns {Promise<number[]>}
 */
const soundings = (page, query) =>
  page.evaluate(async (query) => {
    const core = await import(new URL("pkg/explorer.js", Reflect.get(window, "filesUrl")).href);
    return [...core.soundings(core.soundingOf(query))];
  }, query);

onValley("the losses along the valley are those of the runs, to the bit", "#surface=beale", async (page) => {
  const query = "surface=beale&steps=120&optimizer=adam,sgd&schedule=cosine";
  const all = await soundings(page, query);
  assert.equal(all.length, 2 * 2 * 181);
  const rates = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1];
  const native = await trace(`${query}&lr=${rates}`);
  for (const [curve, optimizer] of [0, 1].entries()) {
    rates.forEach((_, i) => {
      const { loss, step } = native[optimizer * rates.length + i];
      const last = step.at(-1) === 120 ? loss.at(-1) : Infinity;
      assert.equal(all[curve * 362 + 30 * i], last, `${optimizer} ${rates[i]}`);
    });
  }
});

onValley("dragging the start moves the valley in the same frame", "#surface=beale", async (page) => {
  const before = await curves(page);
  assert.match(before[0], /^M0\.0 \d/);
  const [x, y] = await placeOf(page, 0, [0.5, -0.6], [-1, 4.5, -2, 2]);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y - 30, { steps: 4 });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const during = await curves(page);
  assert.notDeepEqual(during, before);
  await page.mouse.up();
});

onValley("each optimizer has its curve, with its name at the end", "#surface=beale&optimizer=adam,sgd,momentum&lr=0.01,0.1", async (page) => {
  assert.equal((await curves(page)).length, 3);
  const names = await page.locator(".valley-plot text").allTextContents();
  for (const name of ["Adam", "SGD", "Momentum"]) assert(names.includes(name), names.join());
});

onValley("the words under the axis are those of the verdicts, and 0.001 is marked", "#surface=beale", async (page) => {
  const words = await page.locator(".valley-plot text").allTextContents();
  for (const word of ["too low", "about right", "too high", "0.001, the usual default", "≤10⁻⁴"]) assert(words.includes(word), words.join());
  assert.equal(await page.textContent("#valley .what"), "Loss after 200 steps at 181 rates, log scale.");
  // A dot on the curve for every run that is inside the chart.
  assert.equal(await page.locator(".valley-plot .dot").count(), 4);
});

onValley("a long valley is left to the workers, and the page goes on meanwhile", "#surface=rosenbrock&steps=20000", async (page) => {
  assert.match((await page.textContent("#valley .what")) ?? "", /^Loss after 20,000 steps/);
  assert.equal(await read(page, "steps"), 20_000);
});

onValley("losses below every bound have a scale of their own", "#surface=saddle", async (page) => {
  assert.equal(await page.textContent("#valley .what"), "Loss after 200 steps at 181 rates, linear scale.");
});

for (const width of [360, 768, 1440]) {
  const words = `at ${width} px no label of the valley is cut off`;
  onValley(words, "#surface=beale", async (page) => {
    const lefts = await page.locator(".valley-plot text").evaluateAll((all) => all.map((text) => text.getBoundingClientRect().left));
    assert(Math.min(...lefts) >= 0, lefts.join());
  }, { viewport: { width, height: 900 } });
}
