// The page over time, measured: frames while it plays, what a long task would be, and memory after many changes.

import { pageReady } from "./figure.mjs";
import { openPage } from "./harness.mjs";

/** @import { Browser, CDPSession } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */
/** @import { Line } from "./bench.mjs" */

const SIX = "#surface=rosenbrock&steps=2000&lr=0.001,0.003,0.01,0.03,0.1,0.3";
const PLAY = 5000;

/** How long six panels play for the memory that it takes; ADAM_SCOPE_MINUTES=10 is the promise. */
const MINUTES = Number(process.env.ADAM_SCOPE_MINUTES ?? 0.5);
const CHANGES = 1000;

/**
 * @param {Browser} browser
 * @returns {Promise<Line[]>}
 */
export async function overTime(browser) {
  const { page } = await openPage(browser, SIX, { viewport: { width: 1440, height: 900 } });
  await pageReady(page);
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");

  // Charts, maps and the rest are fetched after the first figure.
  await page.waitForTimeout(3000);
  await page.evaluate(() => {
    const long = { longest: 0 };
    Object.assign(window, { long });
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (long.longest = Math.max(long.longest, duration)))).observe({ entryTypes: ["longtask"] });
  });
  const before = await spending(client);
  const frames = await page.evaluate(
    (wait) =>
      new Promise((/** @type {(frames: number) => void} */ resolve) => {
        const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
        scope.setAttribute("loop", "");
        scope.speed = 200;
        scope.seek(0);
        scope.play();
        let frames = 0;
        const end = performance.now() + wait;
        const count = () => {
          frames += 1;
          if (performance.now() < end) requestAnimationFrame(count);
          else resolve(frames);
        };
        requestAnimationFrame(count);
      }),
    PLAY,
  );
  const after = await spending(client);
  const [own, all] = after.map((seconds, i) => (1000 * (seconds - before[i])) / frames);
  const longest = await page.evaluate(() => Reflect.get(window, "long").longest);
  const lines = [
    { what: "six panels of 2,000 steps playing: script, style and layout for a frame", unit: "ms", value: own, limit: 4, runs: frames },
    { what: "  the main thread for a frame, with the browser's own work", unit: "ms", value: all, runs: frames },
    { what: "  its longest task (0: none over 50 ms)", unit: "ms", value: longest, limit: 50, runs: frames },
  ];

  const kept = [await heap(client, page)];
  for (let part = 0; part < 2; part++) {
    await page.evaluate(async (changes) => {
      const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
      const surfaces = ["rosenbrock", "beale", "himmelblau", "ravine"];
      for (let i = 0; i < changes; i++) {
        scope.change("surface", surfaces[i % 4]);
        scope.change("lr", `${0.001 * (1 + (i % 9))},0.1`);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, CHANGES / 2);
    kept.push(await heap(client, page));
  }
  await page.context().close();
  // The first half fills caches; what counts is that the second adds nothing.
  const [start, half, end] = kept;
  return [
    ...lines,
    { what: `memory after ${CHANGES / 2} changes: JavaScript ${mega(start.js)} to ${mega(half.js)} MB, core`, unit: "MB", value: half.core / 1e6, runs: 1 },
    { what: `  what ${CHANGES / 2} more add to both`, unit: "MB", value: (end.js + end.core - half.js - half.core) / 1e6, limit: 1, runs: 1 },
  ];
}

/**
 * The memory of six panels that play over and over: after a tenth of the time, when every cache is full, and at its end.
 * @param {Browser} browser
 * @returns {Promise<Line[]>}
 */
export async function playing(browser) {
  const { page } = await openPage(browser, SIX, { viewport: { width: 1440, height: 900 } });
  await pageReady(page);
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  await page.waitForTimeout(3000);
  await page.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    scope.setAttribute("loop", "");
    scope.speed = 200;
    scope.play();
  });
  const kept = [];
  for (const part of [0.1, 0.9]) {
    await page.waitForTimeout(part * MINUTES * 60_000);
    kept.push(await heap(client, page));
  }
  const isPlaying = await page.evaluate(() => !(/** @type {AdamScope} */ (document.querySelector("adam-scope")).paused));
  await page.context().close();
  if (!isPlaying) throw new Error("it stopped playing");
  const [early, late] = kept;
  const what = `memory over ${MINUTES} minutes of play: JavaScript ${mega(early.js)} to ${mega(late.js)} MB, core`;
  return [
    { what, unit: "MB", value: late.core / 1e6, runs: 1 },
    { what: "  what the last nine tenths add to both", unit: "MB", value: (late.js + late.core - early.js - early.core) / 1e6, limit: 1, runs: 1 },
  ];
}

/** @param {number} bytes */
const mega = (bytes) => (bytes / 1e6).toFixed(1);

/**
 * Seconds of the main thread until now: of the page's script (where the drawing calls are), style and layout; and of all.
 * @param {CDPSession} client
 */
async function spending(client) {
  const own = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"].map((name) => metric(client, name));
  return [(await Promise.all(own)).reduce((sum, seconds) => sum + seconds, 0), await metric(client, "TaskDuration")];
}

/**
 * @param {CDPSession} client
 * @param {string} name
 */
async function metric(client, name) {
  const { metrics } = await client.send("Performance.getMetrics");
  return metrics.find((metric) => metric.name === name)?.value ?? 0;
}

/**
 * Bytes in use after the garbage is gone: of JavaScript, and of the core.
 * @param {CDPSession} client
 * @param {import("playwright-core").Page} page
 */
async function heap(client, page) {
  await client.send("HeapProfiler.collectGarbage");
  const core = await page.evaluate(async () => {
    const { memory } = await (await import(new URL("pkg/explorer.js", Reflect.get(window, "filesUrl")).href)).default();
    return memory.buffer.byteLength;
  });
  return { js: await metric(client, "JSHeapUsedSize"), core };
}
