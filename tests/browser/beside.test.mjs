// What stands beside the panels where one or two runs leave room: the first charts, or a map.

import assert from "node:assert/strict";
import { read, seek } from "./figure.mjs";
import { onPage } from "./on-page.mjs";

/** @import { Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** The headings of the charts beside the panels. @param {Page} page */
const beside = (page) => page.locator("adam-scope > .chart:visible h2").allTextContents();

/** @param {Page} page */
const atHome = (page) => page.locator("#charts .chart:visible h2").allTextContents();

/** @param {Page} page */
const settled = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/**
 * How far the charts reach out of the row of panels: to the left of the last panel's plot, above the heads, below the plots.
 * @param {Page} page
 */
const reach = (page) =>
  page.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    const panels = [...(scope.shadowRoot?.querySelectorAll(".panel") ?? [])].map((panel) => panel.getBoundingClientRect());
    const charts = [...document.querySelectorAll("adam-scope > .chart")].map((chart) => chart.getBoundingClientRect());
    return {
      left: Math.min(...charts.map(({ left }) => left)) - Math.max(...scope.plotBoxes.map(({ right }) => right)),
      top: Math.min(...charts.map(({ top }) => top)) - panels[0].top,
      bottom: Math.round(panels[0].bottom - Math.max(...charts.map(({ bottom }) => bottom))),
      right: Math.round(scope.getBoundingClientRect().right - Math.max(...charts.map(({ right }) => right))),
    };
  });

for (const [theme, first] of /** @type {const} */ ([["light", 1080], ["dark", 1080], ["projector", 1300]])) {
  for (const width of [first, 1440, 1700]) {
    for (const lr of ["0.1", "0.1,1"]) {
      const runs = lr === "0.1" ? "one run" : "two runs";
      onPage(`at ${width} px in ${theme}, loss and rate stand beside ${runs}, no higher than the panels`, `#surface=beale&lr=${lr}&theme=${theme}`, async (page) => {
        await settled(page);
        assert.deepEqual(await beside(page), ["Loss at each step", "Learning rate at each step"]);
        const room = await reach(page);
        assert(room.left >= 16 && room.top >= 0 && room.bottom >= -2 && room.right >= 0, JSON.stringify(room));
        const heights = await page.locator("adam-scope .chart-box").evaluateAll((all) => all.map((box) => box.clientHeight));
        assert(heights.every((height) => height >= 84), `${heights}`);
      }, { viewport: { width, height: 900 } });
    }
  }
}

for (const count of [1, 2, 3, 4, 5, 6]) {
  const lr = ["0.001", "0.01", "0.1", "1", "2", "3"].slice(0, count).join();
  onPage(`with ${count} runs at 1440 px panels and the whole valley clear the clock`, `#surface=beale&lr=${lr}`, async (page) => {
    await settled(page);
    const [lowest, clock] = await page.evaluate(() => [
      Math.max(...[...document.querySelectorAll(".valley-plot text")].map((text) => text.getBoundingClientRect().bottom)),
      /** @type {Element} */ (document.getElementById("clock")).getBoundingClientRect().top,
    ]);
    assert(lowest <= clock, `${lowest} ${clock}`);
  });
}

onPage("charts go beside the panels and home again with the number of runs, the view and the window", "#surface=beale&lr=0.1,1", async (page) => {
  await page.click("#add-rate");
  assert.deepEqual(await beside(page), []);
  await page.locator("#charts").scrollIntoViewIfNeeded();
  await settled(page);
  const all = ["Loss at each step", "Learning rate at each step", "Step taken at rate 0.1", "Distance to the minimum"];
  assert.deepEqual((await atHome(page)).slice(0, 2), all.slice(0, 2));
  await page.click("#undo");
  assert.deepEqual(await beside(page), all.slice(0, 2));
  await page.click("#view label:has-text('Overlay')");
  await settled(page);
  assert.deepEqual(await beside(page), all.slice(0, 1), "in the overlay the list of runs has the other half");
  await page.click("#view label:has-text('Panels')");
  await page.setViewportSize({ width: 900, height: 900 });
  await settled(page);
  assert.deepEqual(await beside(page), []);
  assert.equal((await atHome(page))[0], all[0], "in their order");
});

onPage("charts beside the panels follow the clock, and a step pointed at in them is shown everywhere", "#surface=beale&lr=0.1,1&step=10", async (page) => {
  const picture = () => page.locator("adam-scope > .chart canvas[role='img']").first().evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  const before = await picture();
  await seek(page, 90);
  assert.notEqual(await picture(), before);
  await settled(page);
  assert.match((await page.locator("adam-scope > .chart canvas[role='img']").first().getAttribute("aria-label")) ?? "", /at step 90/);
  const box = await page.locator("adam-scope .chart-box").first().boundingBox();
  assert(box);
  await page.mouse.click(box.x + 46 + (box.width - 100) / 2, box.y + 40);
  assert.equal(await read(page, "currentStep"), 100);
});

onPage("a map that is put beside the panels takes the charts' place, and gives it back", "#surface=beale&lr=0.1,1", async (page) => {
  await page.locator("#maps").scrollIntoViewIfNeeded();
  const pin = page.locator(".map", { hasText: "Where each start ends" }).locator("figcaption button");
  await pin.focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await beside(page), []);
  assert.equal(await page.locator("adam-scope > .map").count(), 1);
  assert.equal(await pin.getAttribute("aria-pressed"), "true");
  assert(await pin.evaluate((button) => button === document.activeElement), "the focus goes with it");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal(await page.locator("adam-scope > .map").count(), 0);
  assert.equal((await beside(page)).length, 2);
});
