// What the page costs, measured in the browser: `cargo xtask bench` runs it and prints the table. Each line also goes to
// target/bench.json as JSON. Times are of this machine; the limits are the promises that the project makes.

import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { maps } from "./bench-maps.mjs";
import { overTime, playing } from "./bench-page.mjs";
import { pageReady, placeOf } from "./figure.mjs";
import { openBrowser, openPage } from "./harness.mjs";

/** @import { Browser } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** A figure, and what is promised of it: at most, or at least. @typedef {{ what: string, unit: string, value: number, limit?: number, least?: number, runs: number }} Line */

const VISITS = 9;
const MOVES = 120;
const ROUNDS = 31;

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

const browser = await openBrowser();
const lines = [...(await firstPicture(browser)), ...(await dragging(browser)), ...(await descending(browser)), ...(await overTime(browser)), ...(await playing(browser)), ...(await maps(browser))];
await browser.close();

console.log(`\n${availableParallelism()} cores, ${process.version} driving Chromium\n`);
for (const { what, value, unit, limit, least } of lines) {
  const most = limit === undefined ? "" : ` (at most ${limit}: ${value <= limit ? "held" : "MISSED"})`;
  const few = least === undefined ? "" : ` (at least ${least}: ${value >= least ? "held" : "MISSED"})`;
  console.log(`${what.padEnd(72)} ${value.toFixed(2).padStart(8)} ${unit}${most}${few}`);
}
mkdirSync("target", { recursive: true });
writeFileSync("target/bench.json", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));

/**
 * From the start of the navigation, each visit with an empty cache, to the first paint, which has the still picture, and
 * to the frame in which the figure itself was drawn.
 * @param {Browser} browser
 * @returns {Promise<Line[]>}
 */
async function firstPicture(browser) {
  /** @type {number[][]} */
  const times = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const { page } = await openPage(browser, "", { viewport: { width: 1440, height: 900 } });
    await pageReady(page);
    times.push(
      await page.evaluate(() => {
        const names = ["first-contentful-paint", "adam-scope-painted"];
        return names.map((name) => performance.getEntriesByName(name)[0].startTime);
      }),
    );
    await page.context().close();
  }
  return ["first paint, with the still picture, median", "first figure after navigation, empty cache, median"].map((what, i) => {
    return { what, unit: "ms", value: median(times.map((time) => time[i])), limit: 300, runs: VISITS };
  });
}

/**
 * The main thread's time for each frame while the start is dragged over four panels of 200 steps: script, layout, paint.
 * @param {Browser} browser
 * @returns {Promise<Line[]>}
 */
async function dragging(browser) {
  const { page } = await openPage(browser, "#surface=beale&step=200", { viewport: { width: 1440, height: 900 } });
  await pageReady(page);
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  const taskSeconds = async () => {
    const { metrics } = await client.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  };
  const script = await page.evaluate((moves) => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    return Array.from({ length: moves }, (_, i) => {
      const before = performance.now();
      scope.change("start", `${0.5 + i * 0.01},${-0.6 + i * 0.005}`);
      return performance.now() - before;
    });
  }, MOVES);

  const [x, y] = await placeOf(page, 1, [0.5, -0.6], [-1, 4.5, -2, 2]);
  await page.mouse.move(x, y);
  await page.mouse.down();
  const before = await taskSeconds();
  await page.evaluate(() => {
    const count = { redraws: 0 };
    Object.assign(window, { count });
    document.querySelector("adam-scope")?.addEventListener("adam-scope-change", () => (count.redraws += 1));
  });
  for (let i = 0; i < MOVES; i++) await page.mouse.move(x + 100 * Math.sin(i / 9), y - 60 * Math.cos(i / 7));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  const redraws = await page.evaluate(() => /** @type {{ redraws: number }} */ (Reflect.get(window, "count")).redraws);
  const spent = (await taskSeconds()) - before;
  await page.mouse.up();
  await page.context().close();
  return [
    { what: "script for one redraw of four 200-step panels, median", unit: "ms", value: median(script), limit: 16, runs: MOVES },
    { what: "main thread for one frame of a drag, all of it, mean", unit: "ms", value: (1000 * spent) / redraws, limit: 16, runs: redraws },
  ];
}

/**
 * One Adam run of 200 steps on Rosenbrock, fields stored, in the core and in a hand-written loop, taken in turn in one
 * page. The core is timed over twelve runs, by what 200 steps take beyond a single one, so that reading the config does
 * not count.
 * @param {Browser} browser
 * @returns {Promise<Line[]>}
 */
async function descending(browser) {
  const { page } = await openPage(browser, "", { viewport: { width: 1440, height: 900 } });
  await pageReady(page);
  const { core, loop } = await page.evaluate(async (rounds) => {
    const core = /** @type {import("../../www/wasm.js").Core} */ (await import(new URL("pkg/adam_scope.js", location.href).href));
    await core.default();
    const { Figure } = core;
    const rates = [0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5];
    const [x, y, loss, rate] = Array.from({ length: 4 }, () => new Float64Array(201));
    /** @param {number} lr */
    const byHand = (lr) => {
      let [px, py, mx, my, vx, vy, b1, b2] = [-1.2, 1, 0, 0, 0, 0, 1, 1];
      for (let k = 0; ; k++) {
        const bend = py - px * px;
        x[k] = px;
        y[k] = py;
        loss[k] = (px - 1) * (px - 1) + 100 * bend * bend;
        rate[k] = lr;
        if (k === 200) return;
        const gx = 2 * (px - 1) - 400 * px * bend;
        const gy = 200 * bend;
        b1 *= 0.9;
        b2 *= 0.999;
        mx = 0.9 * mx + 0.1 * gx;
        my = 0.9 * my + 0.1 * gy;
        vx = 0.999 * vx + 0.001 * gx * gx;
        vy = 0.999 * vy + 0.001 * gy * gy;
        px -= (lr * (mx / (1 - b1))) / (Math.sqrt(vx / (1 - b2)) + 1e-8);
        py -= (lr * (my / (1 - b1))) / (Math.sqrt(vy / (1 - b2)) + 1e-8);
      }
    };
    const figure = new Figure();
    /** @param {number} steps */
    const inCore = (steps) => {
      const before = performance.now();
      for (let i = 0; i < 100; i++) figure.replace(`surface=rosenbrock&lr=${rates}&steps=${steps}`);
      return performance.now() - before;
    };
    /** @type {{ core: number[], loop: number[] }} */
    const times = { core: [], loop: [] };
    for (let round = 0; round < rounds; round++) {
      times.core.push(((inCore(200) - inCore(1)) * 1e6) / (100 * 12 * 199));
      const before = performance.now();
      for (let i = 0; i < 200; i++) rates.forEach(byHand);
      times.loop.push(((performance.now() - before) * 1e6) / (200 * 12 * 200));
    }
    return times;
  }, ROUNDS);
  await page.context().close();
  const ratios = core.map((time, i) => time / loop[i]);
  return [
    { what: "one step of Adam in the core, fields stored, median", unit: "ns", value: median(core), runs: ROUNDS },
    { what: "one step of Adam in a hand-written JavaScript loop, median", unit: "ns", value: median(loop), runs: ROUNDS },
    { what: "the core against the loop, median of pairs", unit: "times", value: median(ratios), limit: 1.2, runs: ROUNDS },
  ];
}
