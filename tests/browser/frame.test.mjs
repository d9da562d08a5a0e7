// embed.html in frames: what it shows, what it tells its parent, what it does not listen to.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertClean, openBrowser, openPage, siteUrl } from "./harness.mjs";
import { openHost, siteFolder } from "./hosts.mjs";
import { post } from "./post.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** The snippet of EMBEDDING.md, with a record of what came. */
const SNIPPET = `<script>
  const heard = (window.heard = []);
  addEventListener("message", ({ source, data }) => {
    heard.push(data);
    if (!data || data.type !== "adam-scope-height" || !(data.height > 0 && data.height < 10000)) return;
    for (const frame of document.querySelectorAll("iframe")) if (frame.contentWindow === source) frame.height = data.height;
  });
</script>`;
const HEADERS = { "content-security-policy": "default-src 'none'; script-src 'unsafe-inline'; frame-src *; style-src 'unsafe-inline'; img-src data:" };

/** @param {Page} page */
async function figureIn(page) {
  await page.waitForFunction(() => document.querySelector("iframe"));
  const frame = /** @type {Frame} */ (page.frames()[1]);
  await frame.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).figure);
  return frame;
}

/** @param {Page} page */
const heights = async (page) => ({
  frame: await page.evaluate(() => Number(/** @type {HTMLIFrameElement} */ (document.querySelector("iframe")).height)),
  content: await page.frames()[1].evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height)),
});

test("a frame shows the config of its address and grows to its height, once", async () => {
  const html = post(`${SNIPPET}<iframe src="embed.html#v=1&surface=beale&lr=0.01,0.1&theme=dark&speed=50" title="Adam" width="700" height="100"></iframe>`);
  const opened = await openPage(browser, "parent.html", { html, headers: HEADERS, viewport: { width: 800, height: 600 } });
  const { page } = opened;
  const frame = await figureIn(page);
  const state = await frame.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    return [scope.config, scope.getAttribute("theme"), scope.speed, scope.shadowRoot?.querySelector(".stage")?.classList.contains("framed")];
  });
  assert.deepEqual(state, ["surface=beale&lr=0.01,0.1", "dark", 50, false]);
  await page.waitForTimeout(400);
  const first = await heights(page);
  assert.equal(first.frame, first.content);
  assert(first.frame > 250 && first.frame < 700, `${first.frame}`);
  await page.waitForTimeout(400);
  assert.deepEqual(await heights(page), first, "it does not grow with its frame");
  assert.equal(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);

  const told = await page.evaluate(() => Reflect.get(window, "heard"));
  const last = (/** @type {(data: any) => boolean} */ which) => told.filter(which).at(-1);
  assert.deepEqual(last((data) => data.type === "adam-scope-height"), { type: "adam-scope-height", height: first.frame });
  assert.deepEqual(last((data) => data.sentinel === "amp"), { sentinel: "amp", type: "embed-size", height: first.frame });
  const embedly = JSON.parse(last((data) => typeof data === "string"));
  assert.deepEqual([embedly.context, embedly.height, embedly.src], ["iframe.resize", first.frame, frame.url()]);
  assertClean(opened);
  await page.context().close();
});

test("a frame answers the one question that it knows, and acts on nothing else", async () => {
  const html = post(`${SNIPPET}<iframe src="embed.html#surface=beale" title="Adam" width="700" height="100"></iframe>`);
  const { page } = await openPage(browser, "parent.html", { html, headers: { "content-security-policy": "" } });
  const frame = await figureIn(page);
  await page.waitForTimeout(300);
  const count = () => page.evaluate(() => Reflect.get(window, "heard").length);
  const before = await count();
  for (const message of ["play", null, 7, { type: "play" }, { type: "config", config: "surface=saddle" }, '{"type":"adam-scope-height?"}', { type: "adam-scope-height", height: 1 }]) {
    await page.evaluate((message) => /** @type {HTMLIFrameElement} */ (document.querySelector("iframe")).contentWindow?.postMessage(message, "*"), message);
  }
  await page.waitForTimeout(200);
  assert.equal(await count(), before);
  assert.deepEqual(await frame.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    return [scope.config, scope.paused];
  }), ["surface=beale", true]);
  await page.evaluate(() => /** @type {HTMLIFrameElement} */ (document.querySelector("iframe")).contentWindow?.postMessage({ type: "adam-scope-height?" }, "*"));
  await page.waitForFunction((before) => Reflect.get(window, "heard").length === before + 3, before);
  await page.context().close();
});

test("a sandbox without an origin works on a host that allows other origins nothing, under the strict policy", async () => {
  const scope = await openHost({ folders: { "/deep/scope/": siteFolder } });
  const parent = await openHost({
    pages: { "/": post(`<iframe sandbox="allow-scripts" src="${scope.url}deep/scope/embed.html#surface=beale&lr=0.1" title="Adam" width="700" height="500"></iframe>`) },
    headers: { "content-security-policy": "" },
  });
  const page = await browser.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(parent.url);
  const frame = await figureIn(page);
  assert.equal(await frame.evaluate(() => self.origin), "null");
  assert.equal(await frame.evaluate(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).config), "surface=beale&lr=0.1");
  assert(scope.asked.includes("/deep/scope/adam-scope.inline.js") && !scope.asked.some((path) => path.endsWith(".wasm")), scope.asked.join());
  assert.deepEqual(problems, []);
  await page.close();
  await Promise.all([scope.close(), parent.close()]);
});

test("a wrong address leaves a link and a message, and the frame has their height; put right, it shows the figure", async () => {
  const html = post(`${SNIPPET}<iframe src="embed.html#lr=fast" title="Adam" width="700" height="600"></iframe>`);
  const { page } = await openPage(browser, "parent.html", { html, headers: { "content-security-policy": "" } });
  const frame = page.frames()[1];
  await frame.waitForSelector("adam-scope .message:not([hidden])");
  assert.match((await frame.textContent("adam-scope .message")) ?? "", /^lr: "fast" is not a number/);
  assert.equal(await frame.isVisible("adam-scope > p a"), true);
  await page.waitForFunction(() => Number(/** @type {HTMLIFrameElement} */ (document.querySelector("iframe")).height) < 200);
  await frame.evaluate(() => (location.hash = "#lr=0.1&theme=sepia"));
  await frame.waitForFunction(() => document.querySelector("adam-scope")?.shadowRoot?.querySelector(".message")?.textContent?.startsWith("theme"));
  await frame.evaluate(() => (location.hash = "#lr=0.1"));
  await figureIn(page);
  await page.context().close();
});

test("where its script cannot be had, the frame says so", async () => {
  const { page } = await openPage(browser, "empty.html", { html: post("") });
  await page.route(/adam-scope\.js$/, (route) => route.abort());
  await page.goto(new URL("embed.html#lr=0.1", siteUrl).href);
  assert.equal(await page.textContent("[role='alert']"), "The script of this figure could not be loaded.");
  assert.equal(await page.isVisible("adam-scope > p a"), true);
  await page.context().close();
});

test("browsers that size frames by themselves are allowed to", async () => {
  const { page } = await openPage(browser, "embed.html");
  assert.equal(await page.locator("meta[name='responsive-embedded-sizing']").count(), 1);
  await page.context().close();
});
