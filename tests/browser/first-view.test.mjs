// What the page loads before a hand comes to it, how much that is, and that nothing in it needs what comes later.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { figureReady, placeOf, read } from "./figure.mjs";
import { openBrowser, openPage, siteUrl } from "./harness.mjs";
import { onPage } from "./on-page.mjs";

/** @import { Browser, Page, Route } from "playwright-core" */

/** The most that the first view may take over the network, in bytes after gzip. */
const LIMIT = 180_000;

const REST = "**/pkg/explorer_rest.wasm";

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/**
 * The page before any hand has come to it.
 * @param {string} address
 * @param {(page: Page) => Promise<void>} prepare
 */
async function openUntouched(address, prepare) {
  const opened = await openPage(browser, address, { prepare, viewport: { width: 1440, height: 900 } });
  await opened.page.waitForSelector(':root[data-state="ready"]');
  await figureReady(opened.page);
  return opened;
}

const below = (/** @type {Page} */ page) => page.evaluate(() => document.documentElement.dataset.below);

test(`the first view is whole in at most ${LIMIT} bytes, and the rest comes with the first hand`, async () => {
  /** @type {Map<string, Promise<number>>} */
  const sizes = new Map();
  const { page, problems } = await openUntouched("", async (page) => {
    page.on("response", (response) => {
      if (response.request().serviceWorker() === null) sizes.set(response.url(), response.body().then((body) => gzipSync(body, { level: 9 }).length, () => 0));
    });
  });
  await page.waitForSelector(".valley-plot .curve");
  await page.waitForLoadState("networkidle");
  const loaded = await Promise.all([...sizes].map(async ([address, size]) => ({ name: address.replace(siteUrl, ""), size: await size })));
  const sum = loaded.reduce((sum, { size }) => sum + size, 0);
  assert(sum > LIMIT / 2 && sum <= LIMIT, `${sum}: ${loaded.map(({ name, size }) => `${name} ${size}`).join(", ")}`);
  assert(!loaded.some(({ name }) => /rest|below|worker|charts/.test(name)), loaded.map(({ name }) => name).join());
  assert.equal(await below(page), undefined);

  await page.mouse.wheel(0, 300);
  await page.waitForSelector(':root[data-below="ready"]');
  await page.locator("#charts figure").first().scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("#charts figcaption")?.textContent !== "");
  assert.deepEqual(problems, []);
  await page.context().close();
});

test("every control of the first view works while the rest is still on its way", async () => {
  const { page, problems } = await openUntouched("#surface=beale", async (page) => void (await page.route(REST, () => {})));
  const config = async () => String(await read(page, "config"));
  await page.mouse.click(...(await placeOf(page, 0, [2, 1], [-1, 4.5, -2, 2])));
  assert.match(await config(), /start=/);
  await page.locator(".valley .handles input").nth(1).focus();
  await page.keyboard.press("ArrowRight");
  assert.match(await config(), /lr=0\.001,0\.0112,/);
  await page.click("#add-rate");
  await page.selectOption("[aria-label='Optimizer']", "yogi");
  await page.selectOption("[aria-label='Surface']", "levy13");
  await page.fill("[aria-label='Steps']", "500");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".valley-plot .curve");
  for (const view of ["Overlay", "Panels"]) await page.getByRole("radio", { name: view }).click();
  for (const theme of ["dark", "projector", "light"]) await page.selectOption("#theme", theme);
  await page.click("#undo");
  await page.click("#redo");
  await page.click("[data-act='play']");
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector("adam-scope")).currentStep > 3);
  await page.keyboard.press("End");
  await page.click("#experiments-button");
  await page.locator("#experiments button").nth(5).click();
  await page.click("[popovertarget='share']");
  assert.match(await page.inputValue("[data-share='code']"), /<adam-scope/);
  await page.keyboard.press("Escape");
  // More than the page computes by itself: the valley waits for the workers, and they for the rest.
  await page.goto(new URL("#surface=ackley&steps=50000&lr=0.1", siteUrl).href);
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector("adam-scope")).config.includes("ackley"));
  assert.equal(await below(page), undefined);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test("where the rest does not come the page says so, goes on, and tries again with the next hand", async () => {
  let refused = 0;
  const refuse = (/** @type {Route} */ route) => {
    refused += 1;
    return route.fulfill({ status: 503, body: "" });
  };
  const { page } = await openUntouched("#surface=beale", async (page) => void (await page.route(REST, refuse)));
  const told = () => page.waitForFunction(() => document.querySelector("#problem strong")?.textContent?.startsWith("Charts, maps and exports could not be loaded: "));
  await page.mouse.wheel(0, 300);
  await told();
  assert.equal(refused, 1);
  await page.selectOption("[aria-label='Surface']", "booth");
  assert.match(String(await read(page, "config")), /booth/);
  await page.mouse.wheel(0, 300);
  await told();
  await page.unroute(REST);
  await page.mouse.wheel(0, 300);
  await page.waitForSelector(':root[data-below="ready"]');
  assert(await page.isHidden("#problem"), "what was wrong is right now");
  await page.context().close();
});

onPage("soundings one after the other are those of the lanes, to the bit", "", async (page) => {
  const different = await page.evaluate(async () => {
    const { wholeCore } = await import(new URL("explorer-core.js", Reflect.get(window, "filesUrl")).href);
    const core = await wholeCore();
    const queries = ["surface=beale", "surface=ravine&optimizer=sgd,yogi,radam", "surface=ackley&noise=1&steps=90", "surface=levy13&optimizer=lion&schedule=plateau,cosine"];
    return queries.filter((query) => {
      const sounding = core.soundingOf(query);
      const [lanes, turns] = [core.soundings(sounding), core.soundingsInTurn(sounding)];
      return lanes.length < 300 || lanes.length !== turns.length || lanes.some((/** @type {number} */ value, /** @type {number} */ i) => !Object.is(value, turns[i]));
    });
  });
  assert.deepEqual(different, []);
});
