// Adam Scope where its page is not: on other origins, in frames, on a disk, in each way that the other tests do not open.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { figureReady, pageReady, read } from "./figure.mjs";
import { SECURITY_POLICY, openBrowser, recordProblems, trace } from "./harness.mjs";
import { hostedHeaders, openHost, siteFolder } from "./hosts.mjs";
import { post } from "./post.mjs";

/** @import { Browser } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

async function newPage() {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  return { page, problems: await recordProblems(page) };
}

/** The site as a host has it that reads packages/host/_headers, below a path. */
const openSite = () => openHost({ folders: { "/deep/scope/": siteFolder }, headersOf: (path) => hostedHeaders(path.replace("/deep/scope", "")) });

/** The policy of a page that takes scripts and cores from another origin. @param {string} origin */
const allowing = (origin) => SECURITY_POLICY.replace("script-src 'self'", `script-src 'unsafe-inline' ${origin}`).replace("connect-src 'self'", `connect-src ${origin}`);

test("scripts of another origin have the core's numbers", async () => {
  const site = await openSite();
  const origin = new URL(site.url).origin;
  const script = `<script type="module">
    import { init, trace, basin } from "${site.url}deep/scope/core.js";
    await init();
    window.told = { path: [...trace("surface=beale&lr=0.1")[0].path], cells: basin("surface=himmelblau&lr=0.1", 4, 4).minimum.length };
  </script>`;
  const blog = await openHost({ pages: { "/": post(script) }, headers: { "content-security-policy": allowing(origin) } });
  const { page, problems } = await newPage();
  await page.goto(blog.url);
  const told = await (await page.waitForFunction(() => Reflect.get(window, "told"))).jsonValue();
  const [{ x, y }] = await trace("surface=beale&lr=0.1");
  assert.deepEqual(told, { path: x.flatMap((x, k) => [x, y[k]]), cells: 16 });
  assert.deepEqual(problems, []);
  await page.context().close();
  await Promise.all([site.close(), blog.close()]);
});

for (const [name, sandbox] of [["with its origin", ""], ["in a sandbox without one", 'sandbox="allow-scripts"']]) {
  test(`a frame of another origin, ${name}, shows its figure and tells its height to a page that allows no script but its own`, async () => {
    const site = await openSite();
    const frame = `<iframe ${sandbox} src="${site.url}deep/scope/embed.html#surface=beale&lr=0.1,1" title="Adam" width="700" height="100"></iframe>`;
    const listener = `addEventListener("message", ({ source, data }) => {
      if (!data || data.type !== "adam-scope-height" || !(data.height > 0 && data.height < 10000)) return;
      for (const frame of document.querySelectorAll("iframe")) if (frame.contentWindow === source) frame.height = data.height;
    });`;
    const headers = { "content-security-policy": `default-src 'none'; script-src 'unsafe-inline'; frame-src ${new URL(site.url).origin}; img-src data:` };
    const blog = await openHost({ pages: { "/": post(`<script>${listener}</script>${frame}`) }, headers });
    const { page, problems } = await newPage();
    await page.goto(blog.url);
    const inner = page.frames()[1];
    await inner.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).figure);
    const own = await inner.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
    assert(own > 250, `${own}`);
    await page.waitForFunction((own) => Number(document.querySelector("iframe")?.height) === own, own);
    assert.equal(await inner.evaluate(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).config), "surface=beale&lr=0.1,1");
    assert.equal(site.asked.some((path) => path.endsWith(".wasm")), sandbox === "");
    assert.deepEqual(problems, []);
    await page.context().close();
    await Promise.all([site.close(), blog.close()]);
  });
}

test("from a disk, where browsers load no modules, the fallback of the usual way stays, and that of the one script goes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "adam-scope-"));
  cpSync(siteFolder, join(folder, "adam-scope"), { recursive: true, filter: (file) => !file.endsWith("npm") });
  const element = '<adam-scope surface="beale" lr="0.1"><p id="fallback">A picture.</p></adam-scope>';
  writeFileSync(join(folder, "modules.html"), post(`<script type="module" src="adam-scope/adam-scope.js"></script>${element}`));
  writeFileSync(join(folder, "script.html"), post(`<script src="adam-scope/adam-scope.inline.js"></script>${element}`));
  const { page, problems } = await newPage();
  await page.goto(pathToFileURL(join(folder, "modules.html")).href);
  await page.waitForTimeout(500);
  assert.equal(await page.isVisible("#fallback"), true);
  assert(problems.some((problem) => /CORS|origin/.test(problem)), problems.join());
  problems.length = 0;
  await page.goto(pathToFileURL(join(folder, "script.html")).href);
  await figureReady(page);
  assert.equal(await page.isVisible("#fallback"), false);
  assert.equal(await read(page, "config"), "surface=beale&lr=0.1");
  assert.deepEqual(problems, []);
  await page.context().close();
});

test("the one page keeps the policy that packages/host has for it, in a sandbox too", async () => {
  const site = await openSite();
  const blog = await openHost({
    pages: { "/": post(`<iframe sandbox="allow-scripts" src="${site.url}deep/scope/adam-scope.html#surface=beale" title="Adam Scope" width="900" height="700"></iframe>`) },
    headers: { "content-security-policy": "" },
  });
  const { page, problems } = await newPage();
  await page.goto(blog.url);
  const inner = page.frames()[1];
  await pageReady(inner);
  await inner.waitForSelector(".valley-plot .curve");
  await inner.locator("#maps").scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  assert.deepEqual(problems, []);
  assert.deepEqual(site.asked, ["/deep/scope/adam-scope.html"]);
  await page.context().close();
  await Promise.all([site.close(), blog.close()]);
});
