// What the page shows besides panels: experiments, charts, the overlay, the inside of a step, the table, files to take away.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { hasHue, HUES, pixelsAt, placeOf, read, runs, seek } from "./figure.mjs";
import { trace } from "./harness.mjs";
import { onPage } from "./on-page.mjs";

/** @import { Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @param {Page} page @param {string} id */
async function into(page, id) {
  await page.locator(id).scrollIntoViewIfNeeded();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

onPage("every experiment opens under its title, unplayed, and its address is its own", "", async (page) => {
  const count = await page.locator("#experiments button").count();
  assert(count >= 12);
  for (let i = 0; i < count; i++) {
    await page.click("#experiments-button");
    const button = page.locator("#experiments button").nth(i);
    const title = (await button.locator("b").textContent()) ?? "";
    await button.click();
    assert.equal(await page.textContent("#title"), title);
    assert.equal(await page.locator("adam-scope .panel .untold").first().isVisible(), true, title);
    assert(await page.isHidden("#table"), "the table would give the verdicts away");
  }
  assert.equal(await page.locator("#experiments [aria-current]").count(), 1);
});

onPage("a change makes an experiment the visitor's own, and undo brings its title back", "", async (page) => {
  const title = await page.textContent("#title");
  await page.fill("[aria-label='Steps']", "80");
  await page.press("[aria-label='Steps']", "Enter");
  assert.equal(await page.textContent("#title"), "Your own experiment");
  await page.click("#undo");
  assert.equal(await page.textContent("#title"), title);
});

onPage("the charts say at every step what the runs have there", "#surface=beale&lr=0.01,0.1&step=40", async (page) => {
  await into(page, "#charts");
  const labels = await page.locator(":is(#charts, adam-scope) .chart canvas[role='img']").evaluateAll((all) => all.map((canvas) => canvas.getAttribute("aria-label") ?? ""));
  assert.equal(labels.length, 4);
  const [slow, fast] = await trace("surface=beale&lr=0.01,0.1");
  assert.match(labels[0], /^Loss at each step, at step 40: 0\.01: 5\.\d+; 0\.1: 0\.\d+/);
  assert(labels[0].includes(slow.loss[40].toPrecision(3)) && labels[0].includes(fast.loss[40].toPrecision(3)), labels[0]);
  assert.match(labels[1], /Learning rate at each step, at step 40: 0\.01: 0\.0100; 0\.1: 0\.100/);
});

onPage("a step pointed at in a chart is shown in every panel, and leaving gives it back", "#surface=beale&step=10", async (page) => {
  await into(page, "#charts");
  const box = await page.locator(".chart-box").first().boundingBox();
  assert(box);
  await page.mouse.move(box.x + 46 + (box.width - 100) / 2, box.y + 60);
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep === 100);
  await page.mouse.move(box.x + 40, box.y - 80);
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep === 10);
});

onPage("in the overlay every path is on one plot, with its label at its end and its head in a list", "#surface=beale&view=overlay&step=200", async (page) => {
  assert.equal(await page.locator("adam-scope .plot:visible").count(), 1);
  const ends = await page.locator("adam-scope .ends span").allTextContents();
  assert.deepEqual(ends, ["0.001", "0.01", "0.1", "1"]);
  assert.equal(await page.locator("adam-scope .panel-head:visible").count(), 4);
  const shown = await runs(page);
  for (const run of [0, 1, 2]) {
    const [x, y] = shown[run].path.slice(-2);
    const place = await placeOf(page, 0, [x, y], [-1, 4.5, -2, 2]);
    assert(hasHue(await pixelsAt(page, 0, place), HUES.light[run]), `run ${run}`);
  }
  await page.click("#view label:has-text('Panels')");
  assert.equal(await read(page, "config"), "surface=beale&step=200");
  assert.equal(await page.locator("adam-scope .plot:visible").count(), 4);
});

for (const optimizer of ["adam", "sgd", "radam", "lion", "adadelta"]) {
  onPage(`inside a step of ${optimizer} the last line is where the step ends`, `#surface=beale&optimizer=${optimizer}&lr=0.01&step=12`, async (page) => {
    await into(page, "#inspector");
    const rows = page.locator(".lines tbody tr");
    assert((await rows.count()) >= 2);
    assert((await page.locator(".lines math").count()) >= 2);
    const [run] = await trace(`surface=beale&optimizer=${optimizer}&lr=0.01`);
    const ends = await page.locator(".lines tr.total .fill b").allTextContents();
    [run.x[12], run.y[12]].forEach((value, i) => assert.equal(Number(ends[i].replace("−", "-")).toPrecision(4), value.toPrecision(4)));
  });
}

onPage("another run is looked into by its tab, also by keyboard", "#surface=beale&step=30", async (page) => {
  await into(page, "#inspector");
  await page.locator(".runs-pick input").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector("#inspector .lines b"));
  const [, second] = await trace("surface=beale");
  const end = await page.locator(".lines tr.total .fill b").first().textContent();
  assert.equal(Number((end ?? "").replace("−", "-")).toPrecision(4), second.x[30].toPrecision(4));
});

onPage("a rate that changes at the clock's step leaves what was before as it was", "#surface=beale&lr=0.1&step=50", async (page) => {
  await into(page, "#charts");
  const [before] = await runs(page);
  await page.fill("[aria-label='Rate from this step on']", "0.01");
  await page.press("[aria-label='Rate from this step on']", "Enter");
  const [after] = await runs(page);
  assert.deepEqual(after.path.slice(0, 102), before.path.slice(0, 102));
  assert.notDeepEqual(after.path.slice(102), before.path.slice(102));
  assert.match(String(await read(page, "config")), /schedule=piecewise/);
});

onPage("a schedule is drawn by mouse and by keyboard", "#surface=beale&lr=0.1", async (page) => {
  await into(page, "#charts");
  await page.click("text=draw the schedule");
  assert.match(String(await read(page, "config")), /schedule=piecewise/);
  const points = page.locator(".point");
  const before = await read(page, "config");
  await points.last().focus();
  await page.keyboard.press("Shift+ArrowDown");
  const moved = await read(page, "config");
  assert.notEqual(moved, before);
  const box = await points.last().boundingBox();
  assert(box);
  await page.mouse.move(box.x + 14, box.y + 14);
  await page.mouse.down();
  await page.mouse.move(box.x + 14, box.y + 60, { steps: 4 });
  await page.mouse.up();
  assert.notEqual(await read(page, "config"), moved);
});

onPage("optimizers and schedules are put side by side by their boxes", "#surface=beale&lr=0.05", async (page) => {
  await page.click("text=More settings");
  await page.locator("fieldset.side label", { hasText: /^SGD$/ }).locator("input").check();
  assert.equal(await read(page, "config"), "surface=beale&optimizer=sgd,adam&lr=0.05".replace("sgd,adam", /adam,sgd/.test(String(await read(page, "config"))) ? "adam,sgd" : "sgd,adam"));
  assert.equal(await page.locator("adam-scope .panel").count(), 2);
});

onPage("the table is sorted by its heads and copied as text", "#surface=beale&step=200", async (page) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await into(page, "#table");
  const first = () => page.locator("#table tbody th").first().textContent();
  assert.equal(await first(), "lr 0.001");
  await page.click("#table thead button:has-text('final loss')");
  assert.equal(await first(), "lr 0.1");
  assert.equal(await page.locator("#table [aria-sort='ascending']").count(), 1);
  await page.click("#table button:has-text('Copy Markdown')");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /\| .*0\.1.*converged/);
});

onPage("figures and numbers are saved with their set-up", "#surface=beale&lr=0.1,1&step=60", async (page) => {
  await page.click("text=Export");
  const saved = async (/** @type {string} */ button) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(`text=${button}`)]);
    return readFileSync(await download.path());
  };
  const svg = (await saved("Save SVG")).toString();
  assert.match(svg, /^<svg [^>]*data-config="surface=beale&amp;lr=0\.1,1&amp;step=60"/);
  const csv = (await saved("Save CSV")).toString().split("\n");
  assert.match(csv[0], /surface=beale&lr=0\.1,1/);
  assert.match(csv[1], /^run,step,lr,x,y,loss/);
  assert.equal(csv.length, 2 + 2 * 201 + 1);
  await page.selectOption("[aria-label='Pixels of the PNG']", "3");
  const png = await saved("Save PNG");
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  assert(png.readUInt32BE(16) > 2400, "three pixels in one");
  assert(png.includes("tEXtDescription\0surface=beale&lr=0.1,1"));
});

onPage("for a projector everything is black on white, larger and thicker", "#surface=beale&theme=projector&step=75", async (page) => {
  const look = await page.evaluate(() => ({
    paper: getComputedStyle(document.body).backgroundColor,
    size: parseFloat(getComputedStyle(document.body).fontSize),
    inElement: getComputedStyle(/** @type {Element} */ (document.querySelector("adam-scope")?.shadowRoot?.querySelector(".now"))).color,
  }));
  assert.equal(look.paper, "rgb(255, 255, 255)");
  assert(look.size >= 18);
  const [x, y] = (await runs(page))[2].path.slice(150, 152);
  assert(hasHue(await pixelsAt(page, 2, await placeOf(page, 2, [x, y], [-1, 4.5, -2, 2])), [147, 82, 2]));
});

for (const width of [1440, 768, 360, 320]) {
  onPage(`at ${width} px nothing of the page is wider than the window`, "#surface=beale&step=75", async (page) => {
    for (const id of ["#charts", "#maps", "#inspector", "#table"]) await into(page, id);
    await seek(page, 76);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert(wide <= 0, `${wide} px too wide`);
  }, { viewport: { width, height: 800 } });
}
