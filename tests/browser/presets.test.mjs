// Every experiment as a newcomer meets it: nothing is cut off, nothing stands askew, the sentence is one.

import assert from "node:assert/strict";
import { read } from "./figure.mjs";
import { onPage } from "./on-page.mjs";

/** @import { Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** What is cut off or askew on the page at its last step. @param {Page} page */
async function flaws(page) {
  await page.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    scope.seek(scope.steps);
  });
  // Verdicts are made exact when a hand has come to rest.
  await page.waitForTimeout(260);
  return page.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    const root = /** @type {ShadowRoot} */ (scope.shadowRoot);
    /** @type {string[]} */
    const flaws = [];
    const tops = scope.plotBoxes.map(({ top }) => top);
    for (const top of tops) if (tops.some((other) => other !== top && Math.abs(other - top) < 40)) flaws.push(`plots of one row begin at ${tops}`);
    for (const input of root.querySelectorAll("input")) if (input.scrollWidth > input.clientWidth + 1) flaws.push(`the rate ${input.value} is cut off`);
    for (const who of root.querySelectorAll(".who")) {
      const { height } = who.getBoundingClientRect();
      if (height > 2 * parseFloat(getComputedStyle(who).fontSize)) flaws.push(`${who.textContent} is broken in two`);
    }
    for (const name of document.querySelectorAll(".names span")) {
      const box = /** @type {Element} */ (name.closest(".chart-box")).getBoundingClientRect();
      const { right } = name.getBoundingClientRect();
      if (box.width > 0 && right > box.right + 1) flaws.push(`${name.textContent} is cut off in its chart`);
    }
    for (const text of [...document.querySelectorAll(".valley-plot text"), ...root.querySelectorAll(".now, .evidence, .verdict")]) {
      const { left, right, width } = text.getBoundingClientRect();
      if (width > 0 && (left < 0 || right > innerWidth)) flaws.push(`${text.textContent} is cut off`);
    }
    const headings = [...document.querySelectorAll(".valley[data-leaders] header > *")].map((words) => words.getBoundingClientRect());
    for (const curve of /** @type {NodeListOf<SVGPathElement>} */ (document.querySelectorAll(".valley-plot .curve"))) {
      const [length, matrix] = [curve.getTotalLength(), curve.getScreenCTM() ?? undefined];
      const points = Array.from({ length: 400 }, (_, i) => curve.getPointAtLength((length * i) / 400).matrixTransform(matrix));
      const isOn = (/** @type {DOMRect} */ box) => points.some(({ x, y }) => x > box.left && x < box.right && y > box.top + 4 && y < box.bottom - 4);
      if (headings.some(isOn)) flaws.push("the valley's heading lies on its curve");
    }
    if (document.documentElement.scrollWidth > innerWidth) flaws.push("the page scrolls sideways");
    return flaws;
  });
}

for (const [width, height, theme] of /** @type {const} */ ([[1440, 900, "light"], [1440, 900, "projector"], [768, 1024, "dark"], [360, 780, "light"], [360, 780, "projector"]])) {
  onPage(`at ${width} px in ${theme} nothing of any experiment is cut off or askew`, "", async (page) => {
    await page.selectOption("#theme", theme);
    await page.locator("#charts").scrollIntoViewIfNeeded();
    const count = await page.locator("#experiments button").count();
    /** @type {Record<string, string[]>} */
    const found = {};
    for (let i = 0; i < count; i++) {
      await page.click("#experiments-button");
      await page.locator("#experiments button").nth(i).click();
      await page.locator("#charts").scrollIntoViewIfNeeded();
      const flawed = await flaws(page);
      if (flawed.length > 0) found[String(await read(page, "config"))] = [...new Set(flawed)];
    }
    assert.deepEqual(found, {});
  }, { viewport: { width, height } });
}

onPage("several optimizers are enumerated, and their verb is plural", "#optimizer=sgd,momentum,adam&lr=0.01", async (page) => {
  const said = () => page.locator("#sentence").evaluate((sentence) => {
    const select = /** @type {HTMLSelectElement} */ (sentence.querySelector("select"));
    return `${select.selectedOptions[0].textContent}${sentence.querySelector("select + span")?.textContent}`;
  });
  assert.equal(await said(), "SGD, Momentum and Adam descend ");
  await page.selectOption("[aria-label='Optimizer']", "adam");
  assert.equal(await said(), "Adam descends ");
});
