// The gallery, as it lies in the site: every way to show a figure works, and says of itself what is true.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { assertClean, openBrowser, recordProblems } from "./harness.mjs";
import { hostedHeaders, openHost, siteFolder } from "./hosts.mjs";

/** @import { Browser, BrowserContextOptions, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ROOT = "/teaching/scope";

/**
 * Opens the gallery on a host of its own, below a path, and goes through it from top to bottom.
 * @param {BrowserContextOptions} options
 * @param {(opened: { page: Page, problems: string[], origins: Set<string>, origin: string }) => Promise<void>} body
 * @param {(path: string) => Record<string, string>} [headersOf]
 */
async function inGallery(options, body, headersOf = (path) => hostedHeaders(path.replace(ROOT, ""))) {
  const host = await openHost({ folders: { [`${ROOT}/`]: siteFolder }, headersOf });
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const problems = await recordProblems(page);
  /** @type {Set<string>} */
  const origins = new Set();
  page.on("request", (request) => request.url().startsWith("http") && origins.add(new URL(request.url()).origin));
  try {
    await page.goto(`${host.url}${ROOT.slice(1)}/examples/`);
    for (const shown of await page.locator(".shown").all()) {
      await shown.scrollIntoViewIfNeeded();
      await page.waitForTimeout(150);
    }
    await body({ page, problems, origins, origin: new URL(host.url).origin });
  } finally {
    await context.close();
    await host.close();
  }
}

/** Waits for every element of the page and of its frames. @param {Page} page */
async function allShown(page) {
  let count = 0;
  for (const frame of page.frames()) {
    await frame.waitForFunction(() => [...document.querySelectorAll("adam-scope")].every((scope) => /** @type {AdamScope} */ (scope).figure));
    count += await frame.locator("adam-scope canvas[role='img']").count();
  }
  return count;
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [1440, 768, 360]) {
    test(`at ${width} px in ${colorScheme} every figure is there, nothing is too wide, and axe finds nothing`, () =>
      inGallery({ viewport: { width, height: 900 }, colorScheme }, async ({ page, problems, origins, origin }) => {
        // Three, three, two and two, three; two in each frame.
        assert.equal(await allShown(page), 17);
        assert.equal(await page.isVisible("adam-scope img, adam-scope p"), false, "no fallback is left");
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        const heights = await page.locator("iframe").evaluateAll((all) => all.map((frame) => Number(/** @type {HTMLIFrameElement} */ (frame).height)));
        assert(heights.every((height) => height > 200 && height !== 480), `frames have the heights of their pages: ${heights}`);
        await page.evaluate(AXE);
        const violations = await page.evaluate(async () => {
          const { violations } = await Reflect.get(globalThis, "axe").run();
          return violations.map((/** @type {any} */ rule) => `${rule.id}: ${rule.nodes.map((/** @type {any} */ node) => node.html).join(" | ")}`);
        });
        assert.deepEqual(violations, []);
        assertClean({ page, problems });
        assert.deepEqual([...origins], [origin]);
      }));
  }
}

test("the lines of HTML are those of the figures beside them", () =>
  inGallery({ viewport: { width: 1440, height: 900 } }, async ({ page }) => {
    const pairs = await page.evaluate(() => {
      /** @param {Element} element what it is, its address from the name of the file on */
      const said = (element) => [element.localName, ...[...element.attributes].map(({ name, value }) => `${name}=${name === "src" ? value.replace(/^.*\//, "") : value}`).sort()].join(" ");
      /** @param {ParentNode} parent */
      const all = (parent) => [...parent.querySelectorAll("adam-scope, iframe")].map(said);
      return [...document.querySelectorAll("section:not([aria-labelledby='script'])")].map((section) => {
        const lines = new DOMParser().parseFromString(section.querySelector("pre")?.textContent ?? "", "text/html");
        return [all(lines), all(/** @type {Element} */ (section.querySelector(".shown")))];
      });
    });
    assert.equal(pairs.flatMap(([lines]) => lines).length, 6);
    // A frame's height is by now that of its page.
    for (const [lines, shown] of pairs) assert.deepEqual(shown.map((text) => text.replace(/^(iframe.* height=)\d+/, "$1480")), lines);
  }));

test("elements that share a clock go together", () =>
  inGallery({ viewport: { width: 1440, height: 900 } }, async ({ page }) => {
    await allShown(page);
    const steps = await page.evaluate(() => {
      const [one, other] = /** @type {AdamScope[]} */ ([...document.querySelectorAll("adam-scope[clock]")]);
      one.seek(42);
      return [one.currentStep, other.currentStep];
    });
    assert.deepEqual(steps, [42, 42]);
  }));

test("under the strict policy itself, which allows no frames, a link stands in for each and all else works", () =>
  inGallery(
    { viewport: { width: 1440, height: 900 } },
    async ({ page, problems }) => {
      await page.waitForFunction(() => document.querySelectorAll("iframe").length === 0);
      assert.equal(await allShown(page), 13);
      const links = await page.locator(".framed a").evaluateAll((all) => all.map((link) => `${link.textContent} ${/** @type {HTMLAnchorElement} */ (link).href.replace(/^.*scope/, "")}`));
      assert.deepEqual(links, [
        "Adam on Rosenbrock at two rates (this host allows no frames) /embed.html#lr=0.01,0.1",
        "Adam on a saddle at two rates, by one script (this host allows no frames) /examples/one-script.html",
      ]);
      assert.deepEqual(problems.filter((problem) => !/frame-src|default-src/.test(problem)), []);
    },
    () => ({}),
  ));

test("without scripts the still picture and the words are there", () =>
  inGallery({ viewport: { width: 1440, height: 900 }, javaScriptEnabled: false }, async ({ page }) => {
    assert.equal(await page.locator("adam-scope :is(img, p)").count(), 5);
    for (const fallback of await page.locator("adam-scope :is(img, p)").all()) assert.equal(await fallback.isVisible(), true);
  }));
