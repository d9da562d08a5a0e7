// The still picture and the figure that takes its place: nothing on the page moves.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { figureReady } from "./figure.mjs";
import { openBrowser } from "./harness.mjs";
import { SCRIPT, STYLED, posts } from "./post.mjs";

/** @import { Browser } from "playwright-core" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const inPost = posts(() => browser);
const PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

for (const [width, runs, height] of [
  [800, "0.01,0.1,1", 420],
  [800, "0.01,0.1,1", 360],
  [1200, "0.001,0.01,0.1,1", 460],
  [360, "0.01,0.1", 330],
]) {
  inPost(
    `at ${width} px a figure of ${String(runs).split(",").length} runs takes the place of a picture ${height} px high without moving anything`,
    `<style>body{margin:20px} img{width:100%;height:${height}px;display:block}</style>
     <p>Before.</p><adam-scope surface="beale" lr="${runs}" controls loading="eager"><img src="${PICTURE}" alt="Paths"></adam-scope><p id="after">After.</p>`,
    async (page) => {
      const top = () => page.evaluate(() => document.getElementById("after")?.getBoundingClientRect().top);
      await page.evaluate(() => {
        Object.assign(window, { shift: 0 });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) Reflect.set(window, "shift", Reflect.get(window, "shift") + Reflect.get(entry, "value"));
        }).observe({ type: "layout-shift", buffered: true });
      });
      const before = await top();
      await page.evaluate(() => import(new URL("adam-scope.js", location.href).href).then(() => {}));
      await figureReady(page);
      await page.waitForTimeout(400);
      assert.equal(await page.isVisible("img"), false);
      assert.equal(await page.isVisible("adam-scope canvas"), true);
      assert.deepEqual([await top(), await page.evaluate(() => Reflect.get(window, "shift"))], [before, 0]);
    },
    { ready: false, headers: STYLED, viewport: { width: Number(width), height: 900 } },
  );
}

inPost(
  "a picture of another shape altogether leaves the figure its own height",
  `<style>img{display:block}</style>${SCRIPT}<adam-scope lr="0.1,1"><img src="${PICTURE}" width="40" height="20" alt=""></adam-scope><adam-scope id="tall" lr="0.1,1"><img src="${PICTURE}" width="40" height="4000" alt=""></adam-scope>`,
  async (page) => {
    const [small, tall] = await page.locator("adam-scope").evaluateAll((all) => all.map((scope) => scope.getBoundingClientRect().height));
    assert(small > 250 && Math.abs(tall - small) < 2, `${small} ${tall}`);
  },
  { headers: STYLED },
);
