// What twenty elements on one page cost: `cargo xtask bench` runs it after the bench of the page. The limits are promises.

import { filesUrl, openBrowser, siteUrl } from "./harness.mjs";
import { openHost, siteFolder } from "./hosts.mjs";
import { STYLED } from "./post.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

const ELEMENTS = 20;
const VISITS = 5;
/** How far the page is scrolled from frame to frame, in pixels. */
const STRIDE = 60;

const surfaces = ["beale", "himmelblau", "rosenbrock", "saddle", "ackley"];

/** @param {number} count */
const post = (count) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Post</title><link rel="icon" href="data:,">
  <style>body{max-width:700px;margin:0 auto}</style><script type="module" src="adam-scope.js"></script>
  ${Array.from({ length: count }, (_, i) => `<p>Figure ${i}</p><adam-scope surface="${surfaces[i % surfaces.length]}" lr="0.01,0.1" controls></adam-scope>`).join("")}`;

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** The elements of posts by their number: few, to compare with. */
const FEW = 2;

const host = await openHost({
  folders: { "/": siteFolder },
  pages: Object.fromEntries([FEW, ELEMENTS].map((count) => [`/${count}.html`, post(count)])),
  headers: STYLED,
});

/**
 * Opens a post, from a host and by a browser that nobody listens in on: that would take longer than the host.
 * @param {Browser} browser
 * @param {number} count
 */
async function open(browser, count) {
  const context = await browser.newContext({ viewport: { width: 800, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript((url) => Object.assign(globalThis, { filesUrl: url }), filesUrl.replace(siteUrl, host.url));
  await page.goto(`${host.url}${count}.html`);
  return page;
}

/** From navigation to the frame after the first figure. @param {Browser} browser */
async function firstFigure(browser) {
  const times = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const page = await open(browser, ELEMENTS);
    times.push(
      await page.evaluate(async () => {
        const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
        await customElements.whenDefined("adam-scope");
        await scope.ready;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        return performance.now();
      }),
    );
    await page.context().close();
  }
  return median(times);
}

/**
 * How long the main thread worked from each frame to the next, in milliseconds of its own time, while something is done:
 * what else the machine does meanwhile does not count.
 * @param {Page} page
 * @param {() => Promise<unknown>} act
 */
async function busyFrames(page, act) {
  const client = await page.context().newCDPSession(page);
  /** @type {{ name: string, ph: string, tid: number, ts: number, dur: number, tdur?: number }[]} */
  const events = [];
  client.on("Tracing.dataCollected", ({ value }) => events.push(.../** @type {any[]} */ (value)));
  await client.send("Tracing.start", { categories: "devtools.timeline,v8.execute", transferMode: "ReportEvents" });
  await act();
  const complete = new Promise((resolve) => client.once("Tracing.tracingComplete", resolve));
  await client.send("Tracing.end");
  await complete;
  const main = events.find(({ name }) => name === "FireAnimationFrame")?.tid;
  const spans = events.filter(({ ph, tid, dur }) => ph === "X" && tid === main && dur > 0).sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  /** @type {number[]} */
  const frames = [];
  let end = 0;
  for (const { name, ts, dur, tdur = dur } of spans) {
    if (name === "FireAnimationFrame") frames.push(0);
    // What lies within another span is counted there.
    if (ts >= end && frames.length > 0) frames[frames.length - 1] += tdur / 1000;
    end = Math.max(end, ts + dur);
  }
  return frames;
}

/** Scrolls through all of the page; how long the main thread is busy for a frame, and how often the core was fetched. @param {Browser} browser */
async function scrolling(browser) {
  const page = await open(browser, ELEMENTS);
  await page.evaluate(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).ready);
  await page.waitForTimeout(500);
  const frames = await busyFrames(page, () =>
    page.evaluate(async (stride) => {
      // The page grows under way, as figures take the place of nothing.
      for (let top = 0; top < document.documentElement.scrollHeight; top += stride) {
        scrollTo(0, top);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, STRIDE),
  );
  const { shown, fetched } = await page.evaluate(() => ({
    shown: [...document.querySelectorAll("adam-scope")].filter((scope) => /** @type {AdamScope} */ (scope).figure).length,
    fetched: performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm")).length,
  }));
  await page.context().close();
  return { longest: Math.max(...frames), middle: median(frames), shown, fetched };
}

/** Bytes that an element adds, of script and of the core, against those of its canvases. @param {Browser} browser */
async function memory(browser) {
  /** @param {number} count */
  const weigh = async (count) => {
    const page = await open(browser, count);
    await page.evaluate(async () => {
      for (const scope of document.querySelectorAll("adam-scope")) {
        scope.scrollIntoView();
        await customElements.whenDefined("adam-scope");
        await /** @type {AdamScope} */ (scope).ready;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      }
    });
    await page.waitForTimeout(400);
    const client = await page.context().newCDPSession(page);
    await client.send("HeapProfiler.collectGarbage");
    const { usedSize } = await client.send("Runtime.getHeapUsage");
    const { core, canvases } = await page.evaluate(async () => {
      const { memory } = await (await import(new URL("pkg/adam_scope.js", Reflect.get(window, "filesUrl")).href)).default();
      const all = [...document.querySelectorAll("adam-scope")].flatMap((scope) => [...(scope.shadowRoot?.querySelectorAll("canvas") ?? [])]);
      return { core: memory.buffer.byteLength, canvases: all.reduce((sum, canvas) => sum + 4 * canvas.width * canvas.height, 0) };
    });
    await page.context().close();
    return { rest: usedSize + core, canvases };
  };
  const [few, many] = [await weigh(FEW), await weigh(ELEMENTS)];
  const canvases = (many.canvases - few.canvases) / (ELEMENTS - FEW);
  return { canvases, times: 1 + (many.rest - few.rest) / (ELEMENTS - FEW) / canvases };
}

const browser = await openBrowser();
const first = await firstFigure(browser);
const { longest, middle, shown, fetched } = await scrolling(browser);
const { canvases, times } = await memory(browser);
await browser.close();
await host.close();

/** @type {[string, number, string, number | undefined][]} */
const lines = [
  [`first of ${ELEMENTS} figures after navigation, empty cache, median`, first, "ms", 400],
  [`cores fetched for ${shown} figures`, fetched, "", 1],
  ["main thread for a frame while scrolling past all, longest", longest, "ms", 16],
  ["the same, median", middle, "ms", undefined],
  ["canvases of an element", canvases / 1e6, "MB", undefined],
  ["memory of an added element against its canvases", times, "times", 1.5],
];
console.log(`\n${ELEMENTS} elements on one page\n`);
for (const [what, value, unit, limit] of lines) {
  const verdict = limit === undefined ? "" : ` (at most ${limit}: ${value <= limit ? "held" : "MISSED"})`;
  console.log(`${what.padEnd(64)} ${value.toFixed(2).padStart(8)} ${unit}${verdict}`);
}
