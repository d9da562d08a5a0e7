// The page as a person uses it, on the built site, in a real browser.

import assert from "node:assert/strict";
import { HUES, hasHue, pageReady, pixelsAt, placeOf, read, runs, seek } from "./figure.mjs";
import { assertClean, trace } from "./harness.mjs";
import { onPage, openBeside } from "./on-page.mjs";

/** @import { AdamScope } from "../../www/element.js" */

/** @type {[number, number, number, number]} */
const BEALE = [-1, 4.5, -2, 2];

for (const [dpr, colorScheme] of /** @type {[number, "light" | "dark"][]} */ ([[1, "light"], [2, "dark"], [3, "light"]])) {
  onPage(
    `at ${dpr} device pixels a pixel, in ${colorScheme}, every path is painted where its numbers say`,
    "#surface=beale&lr=0.01,0.03,0.1,0.3&step=60",
    async (page) => {
      const paths = (await runs(page)).map((run) => run.path);
      for (const [panel, path] of paths.entries()) {
        for (const step of [8, 25, 60]) {
          /** @type {[number, number]} */
          const point = [path[2 * step], path[2 * step + 1]];
          const pixels = await pixelsAt(page, panel, await placeOf(page, panel, point, BEALE));
          assert(hasHue(pixels, HUES[colorScheme][panel]), `run ${panel} step ${step}`);
        }
        const elsewhere = await pixelsAt(page, panel, await placeOf(page, panel, [-0.5, -1.5], BEALE));
        assert(elsewhere.every(([, , , alpha]) => alpha === 0), "nothing is painted away from the path");
      }
    },
    { deviceScaleFactor: dpr, colorScheme },
  );
}

onPage("the four paths differ, and are the very numbers of the command line", "#surface=beale", async (page) => {
  const native = await trace("surface=beale");
  const shown = await runs(page);
  assert.deepEqual(shown.map((run) => run.label), ["lr 0.001", "lr 0.01", "lr 0.1", "lr 1"]);
  assert.equal(new Set(shown.map((run) => run.path.join())).size, 4);
  shown.forEach((run, i) => {
    assert.deepEqual(run.path, native[i].x.flatMap((x, k) => [x, native[i].y[k]]));
  });
});

onPage("dragging in any panel moves the start of every panel", "#surface=beale", async (page) => {
  const [x, y] = await placeOf(page, 2, [2, 1], BEALE);
  await page.mouse.move(...(await placeOf(page, 2, [0.5, -0.6], BEALE)));
  await page.mouse.down();
  await page.mouse.move(x - 20, y - 20, { steps: 4 });
  await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.up();
  const starts = (await runs(page)).map((run) => run.path.slice(0, 2));
  for (const [startX, startY] of starts) {
    assert(Math.abs(startX - 2) < 0.03 && Math.abs(startY - 1) < 0.03, `${startX} ${startY}`);
  }
  for (let panel = 0; panel < 4; panel++) {
    const ring = await pixelsAt(page, panel, [...(await placeOf(page, panel, [2, 1], BEALE))], { radius: 8 });
    assert(hasHue(ring, [27, 30, 36]), `the ring of panel ${panel}`);
  }
  assert.equal(await page.inputValue("[aria-label='Start x']"), String(starts[0][0]));
  await page.waitForFunction((start) => location.hash.includes(`start=${start}`), starts[0].join());
});

onPage("a click in a plot moves the start there", "#surface=beale", async (page) => {
  await page.mouse.click(...(await placeOf(page, 0, [3.5, -1], BEALE)));
  const [{ path }] = await runs(page);
  assert(Math.abs(path[0] - 3.5) < 0.03 && Math.abs(path[1] + 1) < 0.03);
});

onPage("arrow keys on the start move it by a hundredth of the plot, with shift by five", "#surface=himmelblau", async (page) => {
  const start = page.locator("adam-scope .start").first();
  await start.focus();
  await page.keyboard.press("ArrowLeft");
  assert.equal(await read(page, "config"), "surface=himmelblau&start=3.9,4.5");
  await page.keyboard.press("Shift+ArrowDown");
  assert.equal(await read(page, "config"), "surface=himmelblau&start=3.9,4");
  assert.match((await start.getAttribute("aria-label")) ?? "", /^Start of every run: \(3\.9, 4\.0\)/);
});

onPage("the plots are one tab stop", "", async (page) => {
  const stops = await page.locator("adam-scope .start").evaluateAll((all) => all.map((start) => /** @type {HTMLElement} */ (start).tabIndex));
  assert.deepEqual(stops, [0, -1, -1, -1]);
});

onPage("an empty address opens on Beale and then holds the config", "", async (page) => {
  await page.waitForFunction(() => location.hash === "#v=1&surface=beale");
  assert.equal(await read(page, "config"), "surface=beale");
});

onPage("what the controls set is in the address, and the address gives the same page", "", async (page) => {
  await page.selectOption("[aria-label='Surface']", "quadratic");
  await page.click("text=More settings");
  /** @type {[string, string][]} */
  const fields = [["[aria-label='Start x']", "-3.25"], ["[aria-label='Steps']", "120"], ["label:has-text('β₁') input", "0.5"], ["label:has-text('Condition') input", "50"]];
  for (const [selector, words] of fields) {
    await page.fill(selector, words);
    await page.press(selector, "Enter");
  }
  await page.uncheck("label:has-text('Bias correction') input");
  await seek(page, 33);
  const expected = "#v=1&surface=quadratic&condition=50&start=-3.25,2&steps=120&beta1=0.5&bias-correction=off&step=33";
  await page.waitForFunction((expected) => location.hash === expected, expected);

  const again = await openBeside(expected);
  await pageReady(again.page);
  assert.equal(await read(again.page, "currentStep"), 33);
  assert.deepEqual((await runs(again.page)).map((run) => run.path), (await runs(page)).map((run) => run.path));
  assert.equal(await again.page.inputValue("[aria-label='Steps']"), "120");
  assertClean(again);
  await again.page.context().close();
});

onPage("following a link inside the page shows its config", "", async (page) => {
  await page.evaluate(() => (location.hash = "#v=1&surface=saddle&lr=0.05&theme=dark"));
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  assert.equal(await read(page, "config"), "surface=saddle&lr=0.05");
  assert.equal(await page.inputValue("[aria-label='Surface']"), "saddle");
});

onPage("a bad address shows its message and keeps the last good picture", "#surface=beale&lr=0.1", async (page) => {
  const bad = "#surface=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E";
  await page.evaluate((bad) => (location.hash = bad), bad);
  const message = await page.textContent("#problem strong");
  assert.match(message ?? "", /^surface: "<img src=x onerror=alert\(1\)>" is unknown \(expected one of quadratic, /);
  assert.equal(await page.locator("#problem img, [onerror]").count(), 0);
  assert.equal(await read(page, "config"), "surface=beale&lr=0.1");
  await page.click("text=Back to it");
  await page.waitForSelector("#problem", { state: "hidden" });
  await page.waitForFunction(() => location.hash === "#v=1&surface=beale&lr=0.1");
});

onPage("a bad address at the first visit shows its message over the opening picture", "#lr=fast", async (page) => {
  assert.equal(
    await page.textContent("#problem strong"),
    'lr: "fast" is not a number (expected positive numbers, as in 0.001,0.01)',
  );
  assert.equal(await page.getAttribute("#problem", "role"), "alert");
  assert.equal(await read(page, "config"), "surface=beale");
});

onPage("a wrong word stays in its field until it is put right", "", async (page) => {
  const rate = page.locator("adam-scope .name input").nth(1);
  await rate.fill("fast");
  await rate.press("Enter");
  assert.equal(await rate.inputValue(), "fast");
  assert.equal(await rate.getAttribute("aria-invalid"), "true");
  assert.match((await page.textContent("#problem strong")) ?? "", /^lr: "fast" is not a number/);
  assert.equal((await runs(page)).length, 4);
  await rate.fill("0.02");
  await rate.press("Enter");
  await page.waitForSelector("#problem", { state: "hidden" });
  assert.equal(await read(page, "config"), "surface=beale&lr=0.001,0.02,0.1,1");
  assert.equal(await rate.getAttribute("aria-invalid"), null);

  const steps = page.locator("[aria-label='Steps']");
  await steps.fill("0");
  await steps.press("Enter");
  assert.match((await page.textContent("#problem strong")) ?? "", /^steps: "0" is out of range/);
  await page.click("text=Back to it");
  assert.equal(await steps.inputValue(), "200");
});

onPage("rates are added, removed and dragged; the markers follow", "", async (page) => {
  await page.click("#add-rate");
  assert.equal(await read(page, "config"), "surface=beale&lr=0.001,0.01,0.1,1,0.003");
  assert.equal(await page.locator(".handles input").count(), 5);
  await page.locator("adam-scope .panel").nth(4).hover();
  await page.locator("adam-scope .panel .icon").nth(4).click();
  assert.equal(await read(page, "config"), "surface=beale");

  const handle = page.locator(".handles input").nth(1);
  await handle.focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await read(page, "config"), "surface=beale&lr=0.001,0.0112,0.1,1");
  assert.equal(await handle.getAttribute("aria-valuetext"), "0.0112");

  const axis = await page.locator(".valley-plot .spine").first().boundingBox();
  assert(axis);
  const at = (/** @type {number} */ exponent) => axis.x + (axis.width * (exponent + 5)) / 6;
  await page.mouse.move(at(0), axis.y);
  await page.mouse.down();
  await page.mouse.move(at(-0.6), axis.y, { steps: 5 });
  await page.mouse.move(at(-0.523), axis.y, { steps: 5 });
  await page.mouse.up();
  const { lr } = (await runs(page))[3];
  assert(Math.abs(lr - 0.3) < 0.01, `${lr}`);
});

onPage("there is room for twelve rates and no more, and one always stays", "#lr=1,2,3,4,5,6,7,8,9,10,11", async (page) => {
  await page.click("#add-rate");
  assert.equal((await runs(page)).length, 12);
  assert(await page.isDisabled("#add-rate"));
  await page.evaluate(() => (location.hash = "#lr=0.5"));
  await page.waitForFunction(() => document.querySelectorAll(".handles input").length === 1);
  assert.equal(await page.locator("adam-scope .panel .icon:visible").count(), 0);
});

onPage("a rate outside the axis makes the axis longer", "#lr=0.0000001,1", async (page) => {
  const ends = await page.locator(".handles input").first().evaluate((input) => {
    const { min, max, value } = /** @type {HTMLInputElement} */ (input);
    return [min, max, value];
  });
  assert.deepEqual(ends, ["-7", "1", "-7"]);
});

onPage("the clock plays, pauses, steps and scrubs every panel at once", "#surface=beale&steps=400", async (page) => {
  const losses = () => page.locator("adam-scope .now b").allTextContents();
  await page.selectOption("[data-act='speed']", "200");
  await page.click("#clock [data-act='play']");
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep > 20);
  const whilePlaying = await page.evaluate(() => location.hash);
  assert(!whilePlaying.includes("step="), "the address is not written while playing");
  await page.click("[aria-label='Pause']");
  const step = Number(await read(page, "currentStep"));
  assert.equal(await read(page, "paused"), true);
  await page.click("[data-act='on']");
  assert.equal(await read(page, "currentStep"), step + 1);
  await page.click("[data-act='back']");
  assert.equal(await read(page, "currentStep"), step);
  await page.locator("#clock [data-act='scrub']").fill("400");
  assert.equal(await read(page, "currentStep"), 400);
  const native = await trace("surface=beale&steps=400");
  assert.deepEqual(await losses(), await page.evaluate(() => {
    const { figure } = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    return [0, 1, 2, 3].map((run) => figure?.reading(run, 400)[0]);
  }));
  assert(Math.abs(Number((await losses())[0]) - native[0].loss[400]) < 0.01);
  await page.click("[data-act='first']");
  assert.equal(await read(page, "currentStep"), 0);
  assert.deepEqual(new Set(await losses()).size, 1);
});

onPage("the clock's keys work where no control wants them", "#steps=50", async (page) => {
  await page.locator("h1").click();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal(await read(page, "currentStep"), 2);
  await page.keyboard.press("End");
  assert.equal(await read(page, "currentStep"), 50);
  await page.keyboard.press("Home");
  await page.keyboard.press(" ");
  assert.equal(await read(page, "paused"), false);
  await page.keyboard.press(" ");
  assert.equal(await read(page, "paused"), true);
});

onPage("at the end the losses are said aloud, once", "#steps=4&surface=beale", async (page) => {
  await page.click("#clock [data-act='play']");
  await page.waitForFunction(() => document.getElementById("live")?.textContent !== "");
  assert.match((await page.textContent("#live")) ?? "", /^Step 4\. lr 0\.001: too low, loss [\d.]+; lr 0\.01: /);
});

onPage("who asked for less motion sees the last step first", "#surface=beale", async (page) => {
  assert.equal(await read(page, "currentStep"), 200);
}, { reducedMotion: "reduce" });

onPage("a step too small for a pixel still moves the picture", "#surface=beale&lr=0.001&steps=50", async (page) => {
  const picture = () => page.locator("adam-scope canvas").nth(1).evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  const pictures = new Set();
  for (const step of [20, 21, 22, 23]) {
    await seek(page, step);
    pictures.add(await picture());
  }
  assert.equal(pictures.size, 4);
});

onPage("hairlines are sharp: the frame is exactly as wide as two device pixels", "", async (page) => {
  const [x, y] = await placeOf(page, 0, [2, 2], BEALE);
  const column = await pixelsAt(page, 0, [x, y], { radius: 3, layer: "surface" });
  const size = Math.sqrt(column.length);
  const rows = Array.from({ length: size }, (_, row) => column[row * size + 1].slice(0, 3).join());
  assert.equal(rows.filter((row) => row === "100,107,119").length, 2, rows.join(" "));
}, { deviceScaleFactor: 2 });

onPage("where a path left the plot an arrowhead stands on the frame", "#surface=beale&lr=1&step=75", async (page) => {
  const [{ path }] = await runs(page);
  assert(path[150] < -1, "the run is outside on the left");
  const edge = await placeOf(page, 0, [-1, 1.545], BEALE);
  assert(hasHue(await pixelsAt(page, 0, edge, { radius: 12 }), HUES.light[0]));
  const outside = await pixelsAt(page, 0, [edge[0] - 14, edge[1]], { radius: 4 });
  assert(outside.every(([, , , alpha]) => alpha === 0), "no path beyond the frame");
});

onPage("a run that overflows says from which step", "#surface=rosenbrock&lr=1e200", async (page) => {
  assert.match((await page.textContent("adam-scope .evidence")) ?? "", /step 1$/);
});

onPage("runs that differ in the optimizer say which it is, and a rate typed for one is every optimizer's", "#optimizer=adam,sgd&lr=0.05", async (page) => {
  assert.deepEqual(await page.locator("adam-scope .who").allTextContents(), ["Adam", "SGD"]);
  const rate = page.locator("adam-scope .name input").nth(1);
  await rate.fill("0.02");
  await rate.press("Enter");
  assert.deepEqual((await runs(page)).map((run) => [run.label, run.lr]), [["Adam", 0.02], ["SGD", 0.02]]);
});
