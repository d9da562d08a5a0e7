// What is left when something is missing: the fallback, and one clear message.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertClean, openBrowser, openPage, servePage, siteUrl } from "./harness.mjs";

/** @import { Browser } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const POST = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Post</title><link rel="icon" href="data:,"><body>
  <script type="module" src="adam-scope.js"></script><adam-scope surface="beale"><p id="fallback">A picture.</p></adam-scope>`;

test("without JavaScript the page shows a still picture, its set-up in words, and a note", async () => {
  const opened = await openPage(browser, "", { javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
  const { page } = opened;
  assert.equal(await page.isVisible("adam-scope img"), true);
  const image = await page.locator("adam-scope img").boundingBox();
  assert(image && image.width > 1000 && image.height > 200, "the picture is there at its full size");
  assert.match((await page.locator("adam-scope img").getAttribute("alt")) ?? "", /at 0\.1 it has reached the minimum/);
  assert.match((await page.textContent("#sentence")) ?? "", /Adam descends Beale from/);
  assert.match((await page.textContent("body")) ?? "", /needs JavaScript to move/);
  assert.equal(await page.isVisible("#clock"), false);
  // With scripts off, Chromium counts the preloading of modules as refused.
  assert.deepEqual(opened.problems.filter((problem) => !/\.js csp$/.test(problem)), []);
  await page.context().close();
});

for (const [what, answer] of /** @type {[string, { status: number, contentType: string, body: string }][]} */ ([
  ["is not there", { status: 404, contentType: "text/plain", body: "" }],
  ["is cut short", { status: 200, contentType: "application/wasm", body: "\0asm" }],
])) {
  test(`where the core ${what}, page and element keep their pictures and say so`, async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    /** @type {string[]} */
    const exceptions = [];
    page.on("pageerror", (error) => exceptions.push(error.message));
    await page.route(/\.wasm$/, (route) => route.fulfill(answer));
    await page.goto(siteUrl);
    await page.waitForSelector("#still:not([hidden])");
    assert.match((await page.textContent("#still")) ?? "", /could not be loaded, so this is a still picture/);
    assert.equal(await page.isVisible("adam-scope img"), true);
    assert.equal(await page.isVisible("#clock"), false);

    await servePage(page, "post.html", POST);
    await page.goto(new URL("post.html", siteUrl).href);
    await page.waitForSelector("adam-scope .message:not([hidden])");
    assert.equal(await page.isVisible("#fallback"), true);
    const rejected = await page.evaluate(() =>
      /** @type {AdamScope} */ (document.querySelector("adam-scope")).ready.then(() => "", (error) => String(error.message)),
    );
    assert.notEqual(rejected, "");
    assert.deepEqual(exceptions, [], "no unhandled rejection");
    await context.close();
  });
}

test("where the policy forbids WebAssembly the fallback stays", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await servePage(page, "post.html", POST, { "content-security-policy": "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:" });
  await page.goto(new URL("post.html", siteUrl).href);
  await page.waitForSelector("adam-scope .message:not([hidden])");
  assert.equal(await page.isVisible("#fallback"), true);
  assert.equal(await page.isVisible("adam-scope .stage"), false);
  await context.close();
});

test("a first config that is wrong leaves the fallback and its message; put right, the figure appears", async () => {
  const opened = await openPage(browser, "post.html", { html: POST.replace('surface="beale"', 'surface="beale" beta1="2"') });
  const { page } = opened;
  await page.waitForSelector("adam-scope .message:not([hidden])");
  assert.equal(await page.textContent("adam-scope .message"), 'beta1: "2" is out of range (expected a number from 0 to below 1, as in 0.9)');
  assert.equal(await page.isVisible("#fallback"), true);
  await page.evaluate(() => document.querySelector("adam-scope")?.setAttribute("beta1", "0.5"));
  await page.waitForSelector("adam-scope .panel");
  assert.equal(await page.isVisible("#fallback"), false);
  assertClean(opened);
  await page.context().close();
});
