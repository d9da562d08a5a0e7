// After one visit the page works without a network, and the next visit brings what is new. Embeds know nothing of it.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { figureReady, pageReady, read } from "./figure.mjs";
import { openBrowser } from "./harness.mjs";
import { openHost, siteFolder } from "./hosts.mjs";
import { post } from "./post.mjs";

/** @import { Browser, Page } from "playwright-core" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** A copy of the site that a test may change, on a host of its own under a sub-path. */
async function openSite(cache = "max-age=600") {
  const folder = mkdtempSync(join(tmpdir(), "adam-scope-"));
  cpSync(siteFolder, folder, { recursive: true });
  const pages = { "/post/": post('<script type="module" src="../scope/adam-scope.js"></script><adam-scope surface="beale"></adam-scope>') };
  const host = await openHost({ folders: { "/scope/": folder }, pages, headers: { "cache-control": cache } });
  return { folder, host, address: `${host.url}scope/` };
}

async function newContext() {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  context.setDefaultTimeout(10_000);
  return context;
}

/** Waits until the page's files are kept. @param {Page} page */
const kept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));

test("after one visit the page works without a network: figure, valley, a change, another address", async () => {
  const { host, address } = await openSite();
  const context = await newContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(`${address}#surface=beale`);
  await pageReady(page);
  await kept(page);
  await host.close();
  await page.goto(`${address}#surface=himmelblau&steps=20000`);
  await page.reload();
  await pageReady(page);
  await page.waitForSelector(".valley-plot .curve");
  assert.equal(await read(page, "config"), "surface=himmelblau&steps=20000");
  await page.selectOption("[aria-label='Surface']", "ackley");
  await page.waitForFunction(() => location.hash.includes("ackley"));
  assert.deepEqual(problems, []);
  await context.close();
});

test("a new version comes with the next visit, whole, and the old one is thrown away", async () => {
  const { folder, host, address } = await openSite();
  const context = await newContext();
  let page = await context.newPage();
  await page.goto(address);
  await pageReady(page);
  await kept(page);
  const version = (/** @type {string} */ text) => /** @type {RegExpExecArray} */ (/[0-9a-f]{16}/.exec(text))[0];
  const before = version(readFileSync(join(folder, "sw.js"), "utf8"));
  writeFileSync(join(folder, "sw.js"), readFileSync(join(folder, "sw.js"), "utf8").replace(before, "00000000000000aa"));
  writeFileSync(join(folder, "index.html"), readFileSync(join(folder, "index.html"), "utf8").replace("<title>Adam Scope", "<title>New Scope"));
  // This visit still has the old one, and fetches the new one beside it.
  await page.reload();
  await pageReady(page);
  assert.match(await page.title(), /^Adam Scope/);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await page.reload();
  await page.waitForFunction(() => document.title.startsWith("New Scope"));
  await pageReady(page);
  const names = await page.evaluate(() => caches.keys());
  assert.deepEqual(names, ["adam-scope 00000000000000aa"]);
  await page.close();
  await host.close();
  page = await context.newPage();
  await page.goto(address);
  await pageReady(page);
  assert.match(await page.title(), /^New Scope/);
  await context.close();
});

test("embeds are not kept, start no worker, and get the host's files also where the page is kept", async () => {
  const { host, address } = await openSite("no-store");
  const context = await newContext();
  const page = await context.newPage();
  for (const path of ["scope/embed.html#surface=beale", "post/"]) {
    await page.goto(host.url + path);
    await figureReady(page);
    assert.equal(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length)), 0, path);
  }
  await page.goto(address);
  await pageReady(page);
  await kept(page);
  assert.equal(await page.evaluate(async () => Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).filter(({ url }) => /embed|inline|adam_scope/.test(url)).length)).then((counts) => counts.join())), "0");
  await host.close();
  await page.goto(`${address}embed.html#surface=beale`).then(() => assert.fail("the frame's page came from somewhere"), () => {});
  await context.close();
});
