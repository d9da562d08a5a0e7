// The page without a mouse: one tab stop a plot, arrows inside, Escape out; menus, experiments, a schedule, the table.

import assert from "node:assert/strict";
import { read, runs } from "./figure.mjs";
import { onPage } from "./on-page.mjs";

/** @import { Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** What has the focus, also inside the element. @param {Page} page @param {string} selector */
const isAt = (page, selector) =>
  page.evaluate((selector) => {
    const outer = document.activeElement;
    return (outer?.shadowRoot?.activeElement ?? outer)?.matches(selector) ?? false;
  }, selector);

onPage("Tab comes by every plot but once, arrows move the start from there, and Escape leaves it", "#surface=himmelblau&lr=0.001,0.01,0.1", async (page) => {
  await page.locator("#view input:checked").focus();
  let stops = 0;
  for (let press = 0; press < 40 && !(await isAt(page, "#add-rate")); press++) {
    await page.keyboard.press("Tab");
    if (await isAt(page, ".start")) {
      stops += 1;
      await page.keyboard.press("ArrowLeft");
    }
  }
  assert.equal(stops, 1);
  assert(await isAt(page, "#add-rate"), "and goes on to the valley");
  assert.match(String(await read(page, "config")), /start=3\.9,4\.5/);
  await page.locator("adam-scope .start").first().focus();
  await page.keyboard.press("Escape");
  assert.equal(await isAt(page, ".start"), false);
  // The clock's keys are free again.
  await page.keyboard.press("End");
  assert.equal(await read(page, "currentStep"), 200);
});

onPage("the first Tab leads to a link over the top line to the figure", "", async (page) => {
  await page.keyboard.press("Tab");
  assert(await isAt(page, ".skip"));
  assert(await page.locator(".skip").evaluate((link) => link.getBoundingClientRect().width > 50));
});

onPage("an experiment is chosen by keyboard, and Escape closes a menu and gives the focus back", "", async (page) => {
  await page.locator("#experiments-button").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const title = await page.evaluate(() => document.activeElement?.querySelector("b")?.textContent);
  await page.keyboard.press("Enter");
  assert.equal(await page.textContent("#title"), title);
  assert(await page.isHidden("#experiments"));
  for (const menu of ["share", "export"]) {
    await page.locator(`.top button[popovertarget='${menu}']`).focus();
    await page.keyboard.press("Enter");
    assert(await page.isVisible(`#${menu}`));
    await page.keyboard.press("Escape");
    assert(await page.isHidden(`#${menu}`));
    assert(await isAt(page, `[popovertarget='${menu}']`));
  }
});

onPage("a schedule is drawn by keyboard: points come, move and go", "#surface=beale&lr=0.1&step=100", async (page) => {
  await page.locator("#charts").scrollIntoViewIfNeeded();
  await page.locator("text=draw the schedule").focus();
  await page.keyboard.press("Enter");
  assert(await isAt(page, ".point"), "the focus is on the new point");
  const points = async () => String(await read(page, "config")).match(/points=([^&]*)/)?.[1] ?? "";
  const first = await points();
  for (const key of ["ArrowDown", "Shift+ArrowDown", "ArrowLeft"]) {
    const before = await points();
    await page.keyboard.press(key);
    assert.notEqual(await points(), before, key);
  }
  const count = await page.locator(".point").count();
  await page.keyboard.press("Delete");
  assert.equal(await page.locator(".point").count(), count - 1);
  assert.notEqual(await points(), first);
});

onPage("a rate changed at the clock's step is the rate from there on, and the run goes on from where it was", "#surface=beale&lr=0.1&step=50", async (page) => {
  await page.locator("#charts").scrollIntoViewIfNeeded();
  const [before] = await runs(page);
  const field = page.locator("[aria-label='Rate from this step on']");
  await field.fill("nothing");
  await field.press("Enter");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await field.fill("0.03");
  await field.press("Enter");
  const [after] = await runs(page);
  assert.deepEqual(after.path.slice(0, 102), before.path.slice(0, 102));
  const rate = (/** @type {number} */ step) => page.evaluate((step) => /** @type {AdamScope} */ (document.querySelector("adam-scope")).seek(step), step).then(() => page.locator(".chart canvas[role='img']").nth(1).getAttribute("aria-label"));
  assert.match((await rate(50)) ?? "", /at step 50: .*0\.100$/);
  assert.match((await rate(51)) ?? "", /at step 51: .*0\.0300$/);
});

onPage("the table is sorted both ways by keyboard, and copied as CSV, TSV and Markdown", "#surface=beale&lr=0.01,0.1,1&step=200", async (page) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator("#table").scrollIntoViewIfNeeded();
  const column = () => page.locator("#table tbody th").allTextContents();
  const head = page.locator("#table thead button", { hasText: "final loss" });
  await head.focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await column(), ["lr 0.1", "lr 0.01", "lr 1"]);
  await page.keyboard.press(" ");
  assert.deepEqual(await column(), ["lr 1", "lr 0.01", "lr 0.1"]);
  assert.equal(await head.locator("xpath=..").getAttribute("aria-sort"), "descending");
  for (const [kind, between] of /** @type {const} */ ([["CSV", ","], ["TSV", "\t"], ["Markdown", " | "]])) {
    await page.locator(`#table button:has-text("Copy ${kind}")`).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.getElementById("live")?.textContent === "Copied.");
    const rows = (await page.evaluate(() => navigator.clipboard.readText())).trim().split("\n");
    const numbers = rows.filter((row) => row !== "" && !row.startsWith("#") && !row.includes("surface=beale"));
    assert(rows.join().includes("surface=beale"), "which set-up it is of");
    assert(numbers.length >= 4 && numbers.every((row) => row.split(between).length >= 4 || /^\|[-:| ]+\|$/.test(row)), rows.join("\n"));
    assert(rows.some((row) => row.includes("converged")), kind);
  }
});
