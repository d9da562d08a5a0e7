// Every recipe of examples/ that is run by its real tool: the figure is there, draws what the command line computes, asks
// nothing of another origin and says nothing on the console, under a sub-path and as strict a policy as the tool allows.

import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { HUES, figureReady, hasHue, pixelsAt, placeOf, read, runs, seek } from "../browser/figure.mjs";
import { SECURITY_POLICY, assertClean, openBrowser, recordProblems, setting, trace } from "../browser/harness.mjs";
import { openHost, siteFolder } from "../browser/hosts.mjs";
import { copyOf, installPackage, run, runPackaged, uploadSite } from "./tools.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** What every recipe shows. */
const CONFIG = "surface=beale&lr=0.01,0.1,1";
const BEALE = /** @type {[number, number, number, number]} */ ([-1, 4.5, -2, 2]);

/**
 * @param {string} name
 * @param {() => string} make gives the folder of the finished site
 * @param {{ path?: string, policy?: string }} where the page in the site, and the policy of its host
 * @param {(page: Page) => Promise<void>} [more]
 */
function recipe(name, make, { path = "", policy = SECURITY_POLICY }, more = async () => {}) {
  test(name, async () => {
    const host = await openHost({ folders: { "/course/": make() }, headers: { "content-security-policy": policy } });
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const problems = await recordProblems(page);
    /** @type {Set<string>} */
    const origins = new Set();
    page.on("request", (request) => request.url().startsWith("http") && origins.add(new URL(request.url()).origin));
    try {
      await page.goto(`${host.url}course/${path}`);
      await assertFigure(page);
      await more(page);
      assert.deepEqual([...origins], [new URL(host.url).origin]);
      const cores = host.asked.filter((asked) => asked.endsWith(".wasm")).map((asked) => asked.replace(/^.*\//, ""));
      assert.equal(new Set(cores).size, cores.length, `each once: ${cores}`);
      assert(new Set(cores.map((core) => core.replace(/_(bg|rest).*/, ""))).size <= 1, `one core, of whatever parts: ${cores}`);
      assertClean({ page, problems });
    } finally {
      await context.close();
      await host.close();
    }
  });
}

/** The figure in the place of its fallback, its paths those of the command line and painted. @param {Page} page */
async function assertFigure(page) {
  await figureReady(page);
  const stills = await page.locator("adam-scope img").evaluateAll((all) => all.map((image) => /** @type {HTMLImageElement} */ (image).naturalWidth));
  assert(stills.every((width) => width > 0), "the still picture is there");
  assert.equal(await page.isVisible("adam-scope img"), false);
  assert.equal(await read(page, "config"), CONFIG);
  const native = await trace(CONFIG);
  const shown = await runs(page);
  shown.forEach((run, i) => assert.deepEqual(run.path, native[i].x.flatMap((x, k) => [x, native[i].y[k]])));
  await page.locator("adam-scope").scrollIntoViewIfNeeded();
  await seek(page, 60);
  await figureReady(page);
  for (const panel of [0, 1]) {
    const point = /** @type {[number, number]} */ (shown[panel].path.slice(40, 42));
    const pixels = await pixelsAt(page, panel, await placeOf(page, panel, point, BEALE), { radius: 3 });
    assert(hasHue(pixels, HUES.light[panel]), `no path at ${point} in panel ${panel}`);
  }
}

recipe(
  "plain HTML: a line in a page, the site's folder beside it",
  () => {
    const folder = copyOf("plain");
    uploadSite(join(folder, "adam-scope"));
    return folder;
  },
  {},
);

/** @param {string} name */
function viteSite(name) {
  const folder = copyOf(name);
  installPackage(folder);
  runPackaged(folder, "vite/bin/vite.js", ["build", "--logLevel=warn"]);
  return join(folder, "dist");
}

recipe("Vite: the package from its tarball, element and numbers from one core", () => viteSite("vite"), {}, async (page) => {
  const verdicts = await page.locator("#verdicts li").allTextContents();
  assert.deepEqual(verdicts, (await runs(page)).map(({ label, message }) => `${label}: ${message}`));
});

for (const [name, title] of [["react", "React"], ["svelte", "Svelte"]]) {
  recipe(`${title}: attributes follow its state, events reach it`, () => viteSite(name), {}, async (page) => {
    assert.equal(await page.textContent("output"), "Step 60");
    await page.fill("input", "0.5");
    await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).config === "surface=beale&lr=0.5");
    await seek(page, 7);
    await page.waitForFunction(() => document.querySelector("output")?.textContent === "Step 7");
  });
}

// Its pages have scripts and styles of their own within; WebAssembly is what they need besides.
const BOOK_POLICY = "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'";

recipe(
  "mdBook: the one script by additional-js, the element in a chapter, the book's themes",
  () => {
    const folder = copyOf("mdbook", "src/figure.svg");
    copyFileSync(join(siteFolder, "adam-scope.inline.js"), join(folder, "adam-scope.inline.js"));
    run(folder, resolve(setting("ADAM_SCOPE_MDBOOK")), ["build"]);
    return join(folder, "book");
  },
  { path: "adam.html", policy: BOOK_POLICY },
  async (page) => {
    const isDark = () => page.evaluate(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).themeInForce === "dark");
    assert.equal(await isDark(), false);
    await page.click("#mdbook-theme-toggle");
    await page.click("#mdbook-theme-navy");
    await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).themeInForce === "dark");
  },
);

recipe(
  "Eleventy: a shortcode with config, picture and words, under a path prefix",
  () => {
    const folder = copyOf("eleventy", "content/figure.svg");
    uploadSite(join(folder, "adam-scope"));
    runPackaged(folder, "@11ty/eleventy/cmd.cjs", ["--pathprefix=/course/", "--quiet"]);
    return join(folder, "_site");
  },
  { path: "adam/" },
);
