// What is left when something is missing: the fallback, and one clear message.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertClean, filesUrl, openBrowser, openPage, servePage, siteUrl } from "./harness.mjs";

/** @import { Browser, Page } from "playwright-core" */
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

/**
 * Opens a post where something is amiss, whose console may complain; what the element says, and whether it left a promise
 * without a hand, is for the test.
 * @param {(page: Page) => Promise<unknown>} spoil
 * @param {{ html?: string, headers?: Record<string, string>, on?: Browser }} [options]
 */
async function spoiltPost(spoil, { html = POST, headers, on = browser } = {}) {
  const context = await on.newContext({ viewport: { width: 800, height: 900 } });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const exceptions = [];
  page.on("pageerror", (error) => exceptions.push(error.message));
  await page.addInitScript(() => {
    /** @type {string[]} */
    const heard = [];
    /** @type {string[]} */
    const violations = [];
    Object.assign(window, { heard, violations });
    addEventListener("securitypolicyviolation", ({ violatedDirective }) => violations.push(violatedDirective));
    addEventListener("adam-scope-error", (event) => heard.push(/** @type {CustomEvent} */ (event).detail.message));
  });
  await spoil(page);
  await servePage(page, "post.html", html, headers);
  await page.goto(new URL("post.html", siteUrl).href);
  return { page, exceptions };
}

/**
 * The fallback is there, with one message that is seen and was fired once; `ready` has failed, no exception is loose, and
 * nothing that the page's policy forbids was tried, but for what is named.
 * @param {{ page: Page, exceptions: string[] }} opened
 * @param {RegExp} message
 * @param {string[]} [violations]
 */
async function assertFallback({ page, exceptions }, message, violations = []) {
  await page.waitForSelector("adam-scope .message:not([hidden])");
  assert.match((await page.textContent("adam-scope .message")) ?? "", message);
  assert.equal(await page.isVisible("adam-scope .message"), true);
  assert.equal(await page.isVisible("#fallback"), true);
  assert.equal(await page.isVisible("adam-scope .stage"), false);
  const { heard, rejected } = await page.evaluate(async () => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    return { heard: Reflect.get(window, "heard"), rejected: await scope.ready.then(() => "", (error) => error.message) };
  });
  assert.deepEqual(heard, [await page.textContent("adam-scope .message")]);
  assert.deepEqual([rejected], heard);
  assert.deepEqual(await page.evaluate(() => [...new Set(Reflect.get(window, "violations"))]), violations);
  assert.deepEqual(exceptions, []);
  await page.context().close();
}

/** @param {Page} page */
const figureShown = (page) => page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).figure);

/** The core as the site has it. */
const core = async () => Buffer.from(await (await fetch(new URL("pkg/adam_scope_bg.wasm", filesUrl))).arrayBuffer());

for (const [what, answer, message] of /** @type {[string, () => Promise<object>, RegExp][]} */ ([
  ["is not there", async () => ({ status: 404, contentType: "text/plain", body: "" }), /^the core could not be fetched: http.*adam_scope_bg\.wasm answers 404$/],
  ["is cut short", async () => ({ contentType: "application/wasm", body: (await core()).subarray(0, 40_000) }), /^the core arrived damaged: /],
  ["is cut short and of another type", async () => ({ contentType: "text/plain", body: (await core()).subarray(0, 40_000) }), /^the core arrived damaged: /],
  ["is a page that says sorry", async () => ({ contentType: "text/html", body: "<!doctype html><p>Sorry" }), /^the core arrived damaged: /],
  ["is empty", async () => ({ contentType: "application/wasm", body: "" }), /^the core arrived damaged: /],
])) {
  test(`where the core ${what}, the element keeps its fallback and says so`, async () => {
    await assertFallback(await spoiltPost((page) => page.route(/\.wasm$/, async (route) => route.fulfill(await answer()))), message);
  });
}

test("where the network breaks off, the element keeps its fallback and says so", async () => {
  await assertFallback(await spoiltPost((page) => page.route(/\.wasm$/, (route) => route.abort())), /^the core could not be fetched: /);
});

for (const contentType of ["application/octet-stream", "text/html", ""]) {
  test(`a host that calls the core ${contentType || "nothing"} shows the figure all the same`, async () => {
    const opened = await spoiltPost((page) => page.route(/\.wasm$/, async (route) => route.fulfill({ body: await core(), headers: contentType ? { "content-type": contentType } : {} })));
    await figureShown(opened.page);
    assert.deepEqual(opened.exceptions, []);
    await opened.page.context().close();
  });
}

test("a load that failed is tried again when the element comes near again", async () => {
  let broken = true;
  const { page } = await spoiltPost((page) => page.route(/\.wasm$/, (route) => (broken ? route.abort() : route.continue())));
  await page.waitForSelector("adam-scope .message:not([hidden])");
  broken = false;
  await page.evaluate(() => {
    const scope = /** @type {Element} */ (document.querySelector("adam-scope"));
    document.body.append(scope);
  });
  await figureShown(page);
  assert.equal(await page.isVisible("adam-scope .message"), false);
  assert.equal(await page.evaluate(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).ready.then(() => "ready")), "ready");
  await page.context().close();
});

for (const [what, answer] of /** @type {[string, { status: number, contentType: string, body: string }][]} */ ([
  ["is not there", { status: 404, contentType: "text/plain", body: "" }],
  ["is cut short", { status: 200, contentType: "application/wasm", body: "\0asm" }],
])) {
  test(`where the core ${what}, the page is a still picture and says so`, async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.route(/\.wasm$/, (route) => route.fulfill(answer));
    await page.goto(siteUrl);
    await page.waitForSelector("#still:not([hidden])");
    assert.match((await page.textContent("#still")) ?? "", /could not be loaded, so this is a still picture/);
    assert.equal(await page.isVisible("adam-scope img"), true);
    assert.equal(await page.isVisible("#clock"), false);
    await context.close();
  });
}

for (const [what, html] of [
  ["the modules", POST],
  ["the one script", POST.replace('type="module" src="adam-scope.js"', 'src="adam-scope.inline.js"')],
]) {
  test(`where the policy forbids WebAssembly the fallback stays, and the message of ${what} names what is missing`, async () => {
    const headers = { "content-security-policy": "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:" };
    const message = /^this page's Content-Security-Policy forbids WebAssembly: its script-src lacks 'wasm-unsafe-eval'$/;
    await assertFallback(await spoiltPost(async () => {}, { html, headers }), message, ["script-src"]);
  });
}

test("where the module beside the core is not there, the element keeps its fallback and names it", async () => {
  await assertFallback(await spoiltPost((page) => page.route(/pkg\/adam_scope\.js$/, (route) => route.fulfill({ status: 404, body: "" }))), /pkg\/adam_scope\.js/);
});

test("without WebAssembly the fallback stays", async () => {
  await assertFallback(await spoiltPost((page) => page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"))), /^this browser cannot run WebAssembly$/);
});

test("without SIMD the fallback stays, and the core is not even fetched", async () => {
  // A processor so old has no SIMD for V8; on another architecture these options do nothing, and the answer is feigned.
  const old = await openBrowser(["--js-flags=--no-enable-ssse3 --no-enable-sse4-1 --no-enable-sse3 --no-enable-avx"]);
  const opened = await spoiltPost(
    async (page) => {
      if (process.arch !== "x64") await page.addInitScript(() => (WebAssembly.validate = () => false));
      await page.route(/\.wasm$/, () => assert.fail("the core was fetched"));
    },
    { on: old },
  );
  await assertFallback(opened, /^this browser's WebAssembly has no vectors \(SIMD\), which the core needs$/);
  await old.close();
});

test("where the browser gives no canvas context the fallback stays", async () => {
  await assertFallback(
    await spoiltPost((page) => page.addInitScript(() => (HTMLCanvasElement.prototype.getContext = /** @type {any} */ (() => null)))),
    /^the browser gives no 2-D canvas to draw on$/,
  );
});

test("where the browser gives no canvas context later on, the fallback comes back", async () => {
  const { page, exceptions } = await spoiltPost(async () => {});
  await figureShown(page);
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    HTMLCanvasElement.prototype.getContext = /** @type {any} */ (() => null);
    document.querySelector("adam-scope")?.setAttribute("surface", "saddle");
  });
  await page.waitForSelector("adam-scope .message:not([hidden])");
  assert.equal(await page.isVisible("#fallback"), true);
  assert.equal(await page.isVisible("adam-scope .stage"), false);
  assert.deepEqual(await page.evaluate(() => Reflect.get(window, "heard")), ["the browser gives no 2-D canvas to draw on"]);
  assert.deepEqual(exceptions, []);
  await page.context().close();
});

for (const missing of ["IntersectionObserver", "ResizeObserver"]) {
  test(`without ${missing} there is a figure all the same, and it follows the window`, async () => {
    const { page, exceptions } = await spoiltPost((page) => page.addInitScript((missing) => Reflect.deleteProperty(globalThis, missing), missing));
    await figureShown(page);
    const width = () => page.evaluate(() => Number(document.querySelector("adam-scope")?.shadowRoot?.querySelector("canvas")?.width));
    await page.waitForFunction(() => Number(document.querySelector("adam-scope")?.shadowRoot?.querySelector("canvas")?.width) > 301);
    const before = await width();
    await page.setViewportSize({ width: 600, height: 900 });
    await page.waitForFunction((before) => Number(document.querySelector("adam-scope")?.shadowRoot?.querySelector("canvas")?.width) < before, before);
    await page.click("adam-scope .panel canvas", { force: true, position: { x: 80, y: 80 } });
    assert.deepEqual(exceptions, []);
    await page.context().close();
  });
}

for (const [what, hide, show] of [
  ["display: none", "display:none", "display:block"],
  ["no size", "width:0;height:0;overflow:hidden", "width:600px;height:auto"],
]) {
  test(`in a container of ${what} nothing goes wrong, and once it has a size the figure is drawn`, async () => {
    const html = POST.replace("<adam-scope", '<div id="box"><adam-scope') + "</div>";
    const { page, exceptions } = await spoiltPost(async () => {}, { html });
    await page.evaluate((hide) => (/** @type {HTMLElement} */ (document.getElementById("box")).style.cssText = hide), hide);
    await page.evaluate(() => document.querySelector("adam-scope")?.setAttribute("loading", "eager"));
    await page.waitForTimeout(300);
    await page.evaluate((show) => (/** @type {HTMLElement} */ (document.getElementById("box")).style.cssText = show), show);
    await figureShown(page);
    await page.waitForFunction(() => Number(document.querySelector("adam-scope")?.shadowRoot?.querySelector("canvas")?.width) > 301);
    assert.equal(await page.isVisible("#fallback"), false);
    assert.deepEqual([exceptions, await page.evaluate(() => Reflect.get(window, "heard"))], [[], []]);
    await page.context().close();
  });
}

test("taken out of the document while it loads, it begins anew when it is put back", async () => {
  /** @type {() => void} */
  let go = () => {};
  const held = new Promise((resolve) => (go = () => resolve(undefined)));
  const { page, exceptions } = await spoiltPost((page) =>
    page.route(/\.wasm$/, async (route) => {
      await held;
      await route.continue();
    }),
  );
  await page.evaluate(async () => {
    await customElements.whenDefined("adam-scope");
    await new Promise((resolve) => setTimeout(resolve, 200));
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    Object.assign(window, { scope });
    scope.remove();
  });
  go();
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => Reflect.get(window, "scope").figure === undefined), true);
  await page.evaluate(() => document.body.append(Reflect.get(window, "scope")));
  await figureShown(page);
  assert.deepEqual([exceptions, await page.evaluate(() => Reflect.get(window, "heard"))], [[], []]);
  await page.context().close();
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
