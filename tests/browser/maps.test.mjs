// Maps of thousands of runs: what they show is what the runs give, they follow the hand, and they survive a lost worker.

import assert from "node:assert/strict";
import { placeOf, read } from "./figure.mjs";
import { trace } from "./harness.mjs";
import { onPage } from "./on-page.mjs";

/** @import { Page } from "playwright-core" */

/**
 * Brings the maps into view and waits until both are there.
 * @param {Page} page
 */
async function mapsReady(page) {
  await page.locator("#maps").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => {
    const maps = [...document.querySelectorAll(".map")];
    return maps.length === 2 && maps.every((map) => map.querySelector(".key svg") && !map.hasAttribute("aria-busy"));
  });
}

/**
 * What of a map is painted, as a sum of its pixels.
 * @param {Page} page
 * @param {number} map
 */
const paint = (page, map) =>
  page.locator(".map canvas").nth(map).evaluate((canvas) => {
    const copy = new OffscreenCanvas(64, 48);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext("2d", { willReadFrequently: true }));
    context.drawImage(/** @type {HTMLCanvasElement} */ (canvas), 0, 0, 64, 48);
    return context.getImageData(0, 0, 64, 48).data.join();
  });

/**
 * The losses of a tile of a grid, as the core gives them to a worker.
 * @param {Page} page
 */
const gridLosses = (page) =>
  page.evaluate(async () => {
    const core = await import(new URL("pkg/explorer.js", Reflect.get(window, "filesUrl")).href);
    const [config, ends, size] = ["surface=beale&steps=150", ["1e-5", "1e1", "0.5", "0.9999"], new Uint32Array([24, 6])];
    const cells = core.gridTile(config, 0, "beta2", ends, size, new Uint32Array([0, 24, 8, 0, 6, 2]));
    const of = [0, 8, 16].flatMap((column) => [0, 2, 4].map((row) => [column, row]));
    return of.map(([column, row]) => ({
      config: core.gridCell(config, 0, "beta2", ends, size, new Uint32Array([column, row])),
      loss: cells[(row / 2) * 3 + column / 8],
    }));
  });

onPage("the numbers of a cell are those of its run, to the bit", "#surface=beale", async (page) => {
  for (const { config, loss } of await gridLosses(page)) {
    const [run] = await trace(config);
    assert.equal(loss, run.loss.length === 151 ? run.loss[150] : Infinity, config);
  }
});

onPage("runs side by side have the bits of runs one by one, with every optimizer on every surface", "#surface=beale", async (page) => {
  const { compared, stopped, wrong } = await page.evaluate(async () => {
    const core = await import(new URL("pkg/explorer.js", Reflect.get(window, "filesUrl")).href);
    const rates = [1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1e3, 1e4, 0.003];
    const queries = [];
    for (const surface of core.surfaces()) {
      for (const optimizer of core.optimizers()) queries.push(`surface=${surface}&optimizer=${optimizer}&steps=70`);
    }
    // Angles beyond those that a sine is usually asked for, next to ones that are not.
    for (const surface of ["rastrigin", "ackley", "griewank"]) queries.push(`surface=${surface}&start=411773,-1e6&steps=30`);
    for (const rest of ["noise=0.5", "sparsity=0.5", "schedule=one-cycle", "schedule=plateau&patience=1"]) queries.push(rest);
    const [wrong, counts] = [/** @type {string[]} */ ([]), { compared: 0, stopped: 0 }];
    for (const query of queries) {
      const figure = new core.Figure();
      figure.replace(`${query}&lr=${rates}`);
      const losses = core.sweep(query, Float64Array.from(rates));
      rates.forEach((rate, run) => {
        const own = figure.losses(run);
        const last = own.length === figure.steps() + 1 ? own[own.length - 1] : Infinity;
        counts.compared += 1;
        if (last === Infinity) counts.stopped += 1;
        if (!Object.is(last, losses[run])) wrong.push(`${query} at ${rate}: ${losses[run]} for ${last}`);
      });
      figure.free();
    }
    return { ...counts, wrong };
  });
  assert.deepEqual(wrong, []);
  assert(compared > 3000 && stopped > 100, `${compared} compared, ${stopped} stopped`);
});

onPage("both maps are drawn, have a key, and tell the numbers of what is pointed at", "#surface=himmelblau", async (page) => {
  await mapsReady(page);
  assert.equal(await page.locator(".map .key svg").count(), 2);
  const grid = page.locator(".map").first();
  await grid.locator(".map-box").hover({ position: { x: 300, y: 200 } });
  assert.match((await grid.locator(".status").textContent()) ?? "", /^lr .*, β₂ .*: loss .*, at best .*\. [A-Z].*the rate is/);
  await page.locator(".map .map-box").nth(1).hover({ position: { x: 100, y: 100 } });
  assert.match((await page.locator(".map .status").nth(1).textContent()) ?? "", /^From \(.*\): loss/);
});

onPage("a click on the grid opens that run as a panel, beside the others", "#surface=beale&lr=0.01,0.1", async (page) => {
  await mapsReady(page);
  await page.locator(".map .map-box").first().click({ position: { x: 420, y: 240 } });
  const config = String(await read(page, "config"));
  const rates = /lr=([^&]*)/.exec(config)?.[1].split(",") ?? [];
  assert.equal(rates.length, 3, config);
  assert.deepEqual(rates.slice(0, 2), ["0.01", "0.1"]);
  assert.match(config, /beta2=0\.\d+/);
});

onPage("a click on the map of starts moves the start there", "#surface=beale", async (page) => {
  await mapsReady(page);
  const box = await page.locator(".map .map-box").nth(1).boundingBox();
  assert(box);
  await page.locator(".map .map-box").nth(1).click({ position: { x: box.width / 2, y: box.height / 4 } });
  const start = /start=([^&]*)/.exec(String(await read(page, "config")))?.[1].split(",").map(Number) ?? [];
  assert(Math.abs(start[0] - 1.75) < 0.05 && Math.abs(start[1] - 1) < 0.05, String(start));
});

onPage("the keyboard reaches every cell, and Enter opens it", "#surface=beale&lr=0.1", async (page) => {
  await mapsReady(page);
  await page.locator(".map canvas").first().focus();
  for (const key of ["Shift+ArrowRight", "Shift+ArrowRight", "ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
  assert.match((await page.locator(".map .status").first().textContent()) ?? "", /^lr 1\.2×10⁻⁴, β₂ /);
  await page.keyboard.press("Enter");
  assert.match(String(await read(page, "config")), /lr=0\.1,0\.000\d+/);
});

onPage("the maps follow the start while it is dragged", "#surface=himmelblau", async (page) => {
  await mapsReady(page);
  const before = await paint(page, 0);
  await page.evaluate(() => document.querySelector("adam-scope")?.scrollIntoView());
  await page.locator(".map button").first().click();
  const [x, y] = await placeOf(page, 0, [4, 4.5], [-5, 5, -5, 5]);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y + 60, { steps: 6 });
  await page.waitForTimeout(200);
  assert.notEqual(await paint(page, 0), before);
  await page.mouse.up();
});

onPage("another row of numbers can be chosen, of those that the run has", "#surface=quadratic&optimizer=momentum&lr=0.01", async (page) => {
  await mapsReady(page);
  const axes = await page.locator("[aria-label='What the rows vary'] option").allTextContents();
  assert.deepEqual(axes, ["momentum", "start x", "start y", "condition", "steps"]);
  const before = await paint(page, 0);
  await page.selectOption("[aria-label='What the rows vary']", "condition");
  await page.waitForTimeout(300);
  assert.notEqual(await paint(page, 0), before);
});

onPage("a map is drawn as the surface's twin beside the panels, and goes back", "#surface=himmelblau&lr=0.1", async (page) => {
  await mapsReady(page);
  const twin = page.locator(".map", { hasText: "Where each start ends" });
  await twin.locator("button").click();
  const [panel, map] = [await page.locator("adam-scope .plot").boundingBox(), await twin.boundingBox()];
  assert(panel && map && map.x > panel.x + panel.width && map.y < panel.y + panel.height, "beside, not below");
  await twin.locator("button").click();
  assert.equal(await page.locator("#maps .map").count(), 2);
});

onPage("a new request gives up the one before", "#surface=beale", async (page) => {
  const seen = await page.evaluate(async () => {
    const core = await import(new URL("pkg/explorer.js", Reflect.get(window, "filesUrl")).href);
    const { Pool } = await import(new URL("pool.js", Reflect.get(window, "filesUrl")).href);
    const { explorerModules } = await import(new URL("explorer-core.js", Reflect.get(window, "filesUrl")).href);
    const pool = new Pool(core, explorerModules, () => {}, 1);
    /** @type {string[]} */
    const seen = [];
    const piece = { call: "sweep", words: ["surface=rosenbrock&steps=20000&lr=1", new Float64Array(64).fill(0.1)] };
    const first = pool.order(Array.from({ length: 20 }, () => piece), () => seen.push("first"));
    first.cancel();
    const second = pool.order([piece], () => seen.push("second"));
    await Promise.all([first.done, second.done]);
    pool.free();
    return seen;
  });
  assert.deepEqual(seen, ["second"]);
});

onPage("what a lost worker left undone is computed by another, and by the page where there is none", "#surface=beale", async (page) => {
  const outcome = await page.evaluate(async () => {
    const core = await import(new URL("pkg/explorer.js", Reflect.get(window, "filesUrl")).href);
    const { Pool } = await import(new URL("pool.js", Reflect.get(window, "filesUrl")).href);
    const { explorerModules } = await import(new URL("explorer-core.js", Reflect.get(window, "filesUrl")).href);
    const module = explorerModules;
    const Real = window.Worker;
    const piece = { call: "sweep", words: ["surface=beale&lr=1", new Float64Array([0.01, 0.1])] };
    const expected = [...core.sweep(...piece.words)];
    /** @type {Worker[]} */
    const hired = [];
    /** @type {string[]} */
    const told = [];
    window.Worker = class extends Real {
      /** @param {string | URL} address @param {WorkerOptions} [options] */
      constructor(address, options) {
        super(address, options);
        hired.push(this);
      }
    };
    const pool = new Pool(core, module, (/** @type {string} */ message) => told.push(message), 2);
    const run = async (/** @type {number} */ count) => {
      /** @type {number[][]} */
      const results = [];
      const order = pool.order(Array.from({ length: count }, () => piece), (/** @type {Float64Array} */ result, /** @type {number} */ index) => (results[index] = [...result]));
      await order.done;
      return results;
    };
    await run(4);
    // One dies while it works.
    const dying = pool.order(Array.from({ length: 6 }, () => piece), () => {});
    hired[0].dispatchEvent(new ErrorEvent("error", { cancelable: true }));
    await dying.done;
    const afterLoss = await run(6);
    pool.free();
    // None can be had at all.
    window.Worker = /** @type {any} */ (function () {
      throw new DOMException("refused", "SecurityError");
    });
    const alone = new Pool(core, module, (/** @type {string} */ message) => told.push(message), 2);
    /** @type {number[][]} */
    const own = [];
    await alone.order([piece, piece, piece], (/** @type {Float64Array} */ result) => own.push([...result])).done;
    window.Worker = Real;
    return { expected, afterLoss, own, told, hired: hired.length, size: alone.size };
  });
  const { expected, afterLoss, own, told, hired, size } = outcome;
  assert.deepEqual(afterLoss, Array.from({ length: 6 }, () => expected));
  assert.deepEqual(own, [expected, expected, expected]);
  assert(hired >= 3 && size === 0, `${hired} ${size}`);
  assert.match(told[0], /A worker stopped/);
});

onPage("sizes over the limits are errors that say so", "#surface=beale", async (page) => {
  const messages = await page.evaluate(async () => {
    const { init, basin, sweep } = await import(new URL("core.js", location.href).href);
    await init();
    return [() => basin("", 513, 10), () => sweep("optimizer=adam,sgd", [0.1]), () => sweep("", [0, 1])].map((call) => {
      try {
        call();
        return "nothing thrown";
      } catch (error) {
        return /** @type {Error} */ (error).message;
      }
    });
  });
  assert.match(messages[0], /513.*512/);
  assert.match(messages[1], /optimizer/);
  assert.match(messages[2], /0/);
});
