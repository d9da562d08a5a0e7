// For everyone: names, contrast, keyboard, small windows, other colours.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { pageReady, seek } from "./figure.mjs";
import { assertClean, openBrowser, openPage } from "./harness.mjs";

/** @import { Browser } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [1440, 768, 360]) {
    test(`axe finds nothing at ${width} px in ${colorScheme}, with every setting open and an error shown`, async () => {
      const opened = await openPage(browser, "#surface=quadratic&condition=9", { viewport: { width, height: 900 }, colorScheme });
      const { page } = opened;
      await pageReady(page);
      await seek(page, 30);
      await page.click("text=More settings");
      await page.fill("[aria-label='Steps']", "many");
      await page.press("[aria-label='Steps']", "Enter");
      for (const id of ["#charts", "#maps", "#inspector", "#table"]) {
        await page.locator(id).scrollIntoViewIfNeeded();
        await page.waitForTimeout(100);
      }
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        const { violations } = await Reflect.get(globalThis, "axe").run();
        return violations.map((/** @type {any} */ rule) => `${rule.id}: ${rule.nodes.map((/** @type {any} */ node) => node.html).join(" | ")}`);
      });
      assert.deepEqual(violations, []);
      assertClean(opened);
      await page.context().close();
    });
  }
}

test("every control has a name of its own, and every picture says what it shows", async () => {
  const { page } = await openPage(browser, "#surface=beale&step=75", { viewport: { width: 1440, height: 900 } });
  await pageReady(page);
  const pictures = await page.locator("adam-scope canvas[role='img']").evaluateAll((all) => all.map((canvas) => canvas.getAttribute("aria-label")));
  assert.equal(pictures[2], "lr 0.1, path to step 75: loss 4.0×10⁻⁴ at (3.01, 0.50); about right: converged in 75 steps");
  const names = await page.locator("adam-scope button:visible, adam-scope input:visible, #clock button, #clock input, #clock select, .handles input, #sentence :is(input, select)").evaluateAll((all) =>
    all.map((control) => control.getAttribute("aria-label") ?? control.closest("label")?.textContent?.trim() ?? ""),
  );
  assert(names.length > 20 && names.every((name) => name.length > 0), names.join("\n"));
  await page.context().close();
});

for (const width of [1440, 768, 360, 320]) {
  for (const lr of ["0.1", "0.1,1", "0.01,0.1,1", "0.001,0.01,0.1,1", "1,2,3,4,5,6,7,8,9,10,11,12"]) {
    test(`at ${width} px, ${lr.split(",").length} runs fit the width and nothing is cut off`, async () => {
      const opened = await openPage(browser, `#surface=himmelblau&lr=${lr}`, { viewport: { width, height: 800 } });
      const { page } = opened;
      await pageReady(page);
      await page.click("text=More settings");
      const { over, clock } = await page.evaluate(() => {
        const root = /** @type {ShadowRoot} */ (document.querySelector("adam-scope")?.shadowRoot);
        const texts = [...document.querySelectorAll("h1, p, label, button, select, input"), ...root.querySelectorAll("b, span, p, input, .plot")];
        const over = texts.filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width > 0 && getComputedStyle(element).clipPath === "none" && (box.left < -10 || box.right > innerWidth + 10);
        });
        const clock = /** @type {Element} */ (document.getElementById("clock")).getBoundingClientRect();
        return {
          over: over.map((element) => element.outerHTML.slice(0, 80)).concat(document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : []),
          clock: Math.round(clock.bottom - innerHeight),
        };
      });
      assert.deepEqual(over, []);
      assert.equal(clock, 0, "the clock stands at the bottom edge");
      assertClean(opened);
      await page.context().close();
    });
  }
}

test("on a phone the figure and the clock share the first screen, and targets are large enough", async () => {
  const { page } = await openPage(browser, "", { viewport: { width: 360, height: 780 }, hasTouch: true });
  await pageReady(page);
  const { panels, small } = await page.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    const clock = /** @type {Element} */ (document.getElementById("clock")).getBoundingClientRect();
    const controls = [...document.querySelectorAll("button, select, input:not([type='range'])"), ...(scope.shadowRoot?.querySelectorAll("button") ?? [])];
    const small = controls.filter((control) => {
      const box = control.getBoundingClientRect();
      return box.width > 0 && (box.width < 24 || box.height < 24);
    });
    return { panels: scope.plotBoxes.map((box) => Math.round(clock.top - box.bottom)), small: small.map((control) => control.outerHTML.slice(0, 90)) };
  });
  assert(panels.every((room) => room >= 0), `${panels}`);
  assert.deepEqual(small, []);
  await page.context().close();
});

test("in forced colours everything is still there", async () => {
  const opened = await openPage(browser, "#surface=beale&step=75", { viewport: { width: 1440, height: 900 }, forcedColors: "active" });
  await pageReady(opened.page);
  const hues = await opened.page.locator("adam-scope .swatch .dash").evaluateAll((all) => all.map((line) => getComputedStyle(line).stroke));
  assert.equal(new Set(hues).size, 4, "runs keep their hues");
  assertClean(opened);
  await opened.page.context().close();
});

test("the theme is chosen by hand and kept in the address", async () => {
  const opened = await openPage(browser, "", { viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  const { page } = opened;
  await pageReady(page);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await paper(), "rgb(253, 252, 250)");
  await page.selectOption("#theme", "dark");
  assert.equal(await paper(), "rgb(20, 23, 27)");
  await page.waitForFunction(() => location.hash === "#v=1&surface=beale&theme=dark");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.selectOption("#theme", "auto");
  assert.equal(await paper(), "rgb(20, 23, 27)", "auto follows the system");
  await page.emulateMedia({ colorScheme: "light" });
  assert.equal(await paper(), "rgb(253, 252, 250)");
  assertClean(opened);
  await page.context().close();
});
