// The forms in which Adam Scope is taken elsewhere: a folder under any path, one script, one file, a package.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { figureReady, pageReady, read, runs } from "./figure.mjs";
import { SECURITY_POLICY, drawn, openBrowser, printed, trace } from "./harness.mjs";
import { openHost, siteFolder } from "./hosts.mjs";
import { post } from "./post.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const ELEMENT = '<adam-scope surface="beale" lr="0.01,0.1" controls><p id="fallback">A picture.</p></adam-scope>';

/** A page with everything that goes wrong on it and every origin that it asks. */
async function newPage() {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  /** @type {Set<string>} */
  const origins = new Set();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("requestfailed", (request) => problems.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on("request", (request) => /^(http|file)/.test(request.url()) && origins.add(new URL(request.url()).origin));
  return { page, problems, origins };
}

/**
 * The first element's runs are those of the command line.
 * @param {Page} page
 */
async function assertRuns(page) {
  await figureReady(page);
  const native = await trace(String(await read(page, "config")));
  (await runs(page)).forEach((run, i) => assert.deepEqual(run.path, native[i].x.flatMap((x, k) => [x, native[i].y[k]])));
}

/**
 * What the first element gives to take away is what the command line writes, and a picture.
 * @param {Page} page
 */
async function assertOutput(page) {
  const config = String(await read(page, "config"));
  const [svg, csv, [width, height]] = await page.evaluate(async () => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    const { width, height } = await createImageBitmap(await scope.toPNG({ scale: 1 }));
    return /** @type {const} */ ([await scope.toSVG(), await scope.toCSV(), [width, height]]);
  });
  assert.equal(svg, await drawn(`${config}&step=${await read(page, "currentStep")}`));
  assert.equal(csv, await printed("trace", config));
  assert(width > 400 && height > 250, `${width} ${height}`);
}

test("under a sub-path page and element work, under the strict policy, and ask no other origin", async () => {
  const host = await openHost({
    folders: { "/courses/2026/scope/": siteFolder },
    pages: { "/blog/post/": post(`<script type="module" src="../../courses/2026/scope/adam-scope.js"></script>${ELEMENT}`) },
  });
  const { page, problems, origins } = await newPage();
  await page.goto(`${host.url}courses/2026/scope/#surface=beale`);
  await pageReady(page);
  // What is still under way when the page is left would count as failed.
  await page.waitForLoadState("networkidle");
  await page.goto(`${host.url}blog/post/`);
  await assertRuns(page);
  await assertOutput(page);
  const link = await page.evaluate(() => document.querySelector("adam-scope")?.shadowRoot?.querySelector("a")?.href);
  assert.equal(link, `${host.url}courses/2026/scope/#v=1&surface=beale&lr=0.01,0.1&step=0`);
  assert.deepEqual(problems, []);
  assert.deepEqual([...origins], [new URL(host.url).origin]);
  await page.context().close();
  await host.close();
});

test("from another origin the element works where that one allows it, and the policy of the page names it", async () => {
  const scope = await openHost({ folders: { "/scope/": siteFolder }, headers: { "access-control-allow-origin": "*" } });
  const origin = new URL(scope.url).origin;
  const policy = SECURITY_POLICY.replace("script-src 'self'", `script-src ${origin}`).replace("connect-src 'self'", `connect-src ${origin}`);
  const blog = await openHost({ pages: { "/": post(`<script type="module" src="${scope.url}scope/adam-scope.js"></script>${ELEMENT}`) }, headers: { "content-security-policy": policy } });
  const { page, problems } = await newPage();
  await page.goto(blog.url);
  await assertRuns(page);
  await assertOutput(page);
  assert.deepEqual(problems.filter((problem) => !problem.includes("favicon")), []);
  await page.context().close();
  await Promise.all([scope.close(), blog.close()]);
});

test("from an origin that allows others nothing the fallback stays; the one script works from there all the same", async () => {
  const scope = await openHost({ folders: { "/scope/": siteFolder } });
  const origin = new URL(scope.url).origin;
  const headers = { "content-security-policy": SECURITY_POLICY.replace("script-src 'self'", `script-src ${origin}`) };
  const pages = {
    "/modules/": post(`<script type="module" src="${scope.url}scope/adam-scope.js"></script>${ELEMENT}`),
    "/inline/": post(`<script src="${scope.url}scope/adam-scope.inline.js"></script>${ELEMENT}`),
  };
  const blog = await openHost({ pages, headers });
  const { page, problems } = await newPage();
  await page.goto(`${blog.url}modules/`);
  assert.equal(await page.isVisible("#fallback"), true);
  problems.length = 0;
  await page.goto(`${blog.url}inline/`);
  await assertRuns(page);
  await assertOutput(page);
  assert.equal(await page.isVisible("adam-scope .foot a"), false, "there is no page to lead to");
  assert.deepEqual(problems, []);
  await page.context().close();
  await Promise.all([scope.close(), blog.close()]);
});

test("the one script works beside a post on a disk, before and after the element", async () => {
  const folder = mkdtempSync(join(tmpdir(), "adam-scope-"));
  const script = `<script src="${pathToFileURL(join(siteFolder, "adam-scope.inline.js"))}"></script>`;
  for (const [name, html] of Object.entries({ before: script + ELEMENT, after: ELEMENT + script, twice: script + ELEMENT + script })) {
    writeFileSync(join(folder, `${name}.html`), post(html));
    const { page, problems } = await newPage();
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    await assertRuns(page);
    await assertOutput(page);
    assert.equal(await page.isVisible("#fallback"), false);
    assert.deepEqual(problems, [], name);
    await page.context().close();
  }
});

test("a frame's page works from a disk", async () => {
  const { page, problems } = await newPage();
  await page.goto(`${pathToFileURL(join(siteFolder, "embed.html"))}#surface=beale&lr=0.1`);
  await assertRuns(page);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test("the whole page in one file runs from a disk: picture, valley, menus, address, its workers from blobs", async () => {
  const folder = mkdtempSync(join(tmpdir(), "adam-scope-"));
  writeFileSync(join(folder, "scope.html"), readFileSync(join(siteFolder, "adam-scope.html")));
  const { page, problems, origins } = await newPage();
  /** @type {string[]} */
  const workers = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await page.goto(`${pathToFileURL(join(folder, "scope.html"))}#surface=rosenbrock&steps=20000&lr=0.01,0.1`);
  await pageReady(page);
  await assertRuns(page);
  await page.waitForSelector(".valley-plot .curve");
  await page.selectOption("[aria-label='Surface']", "himmelblau");
  await page.waitForFunction(() => location.hash.includes("himmelblau"));
  await assertOutput(page);
  assert(workers.every((address) => address.startsWith("blob:")), workers.join());
  assert.deepEqual(problems, []);
  assert.deepEqual([...origins], ["null"]);
  assert.equal(await page.evaluate(() => [...document.images].every((image) => image.src.startsWith("data:"))), true);
  await page.context().close();
});

test("the one page works under a learning platform's frame without an origin", async () => {
  const host = await openHost({
    folders: { "/upload/": siteFolder },
    pages: { "/": post('<iframe sandbox="allow-scripts" src="upload/adam-scope.html" width="900" height="800" title="Adam Scope"></iframe>') },
    headers: { "content-security-policy": "" },
  });
  const { page, problems } = await newPage();
  await page.goto(host.url);
  await page.frames()[1].waitForSelector(':root[data-state="ready"]');
  assert.deepEqual(problems.filter((problem) => !problem.includes("favicon")), []);
  await page.context().close();
  await host.close();
});

/** Where the package was installed from its tarball, as a stranger would. */
function installed() {
  const folder = mkdtempSync(join(tmpdir(), "adam-scope-"));
  const npm = (/** @type {string[]} */ ...words) => execFileSync("npm", words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const [{ filename, files }] = JSON.parse(npm("pack", join(siteFolder, "npm"), "--json"));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  npm("install", "--offline", "--no-audit", "--no-fund", `./${filename}`);
  return { folder, files: files.map((/** @type {{ path: string }} */ file) => file.path) };
}

test("the package installs from its tarball; scripts have the core under Node.js, and servers import the element in vain", async () => {
  const { folder, files } = installed();
  for (const file of ["adam-scope.js", "element.js", "core.js", "index.d.ts", "custom-elements.json", "output.js", "pkg/adam_scope_bg.wasm", "pkg/picture.js", "pkg/picture_bg.wasm", "README.md", "LICENSE-MIT", "adam-scope.inline.js"]) {
    assert(files.includes(file), file);
  }
  assert(!files.some((/** @type {string} */ file) => /explorer\.(js|css)$/.test(file) && !file.startsWith("pkg/")), files.join());
  writeFileSync(
    join(folder, "use.js"),
    `import "adam-scope";
    import { AdamScope } from "adam-scope/element";
    import { init, trace } from "adam-scope/core";
    import { createRequire } from "node:module";
    await init();
    const wrong = (() => { try { trace("lr=fast"); } catch (error) { return error.message; } })();
    const manifest = createRequire(import.meta.url)("adam-scope/custom-elements.json");
    console.log(JSON.stringify({ path: [...trace("surface=beale&lr=0.1&steps=20")[0].path], wrong, name: AdamScope.name.length > 0, tag: manifest.modules[0].declarations[0].tagName }));`,
  );
  const said = JSON.parse(execFileSync("node", ["use.js"], { cwd: folder, encoding: "utf8" }));
  const [{ x, y }] = await trace("surface=beale&lr=0.1&steps=20");
  assert.deepEqual(said.path, x.flatMap((x, k) => [x, y[k]]));
  assert.match(said.wrong, /^lr: "fast" is not a number/);
  assert.deepEqual([said.name, said.tag], [true, "adam-scope"]);
});

test("the package's types hold what they say, and refuse what is wrong", () => {
  const { folder } = installed();
  writeFileSync(
    join(folder, "use.ts"),
    `import "adam-scope";
    import { AdamScope } from "adam-scope/element";
    import { init, trace } from "adam-scope/core";
    const scope = document.querySelector("adam-scope")!;
    scope.config = "lr=0.1";
    scope.addEventListener("adam-scope-step", (event) => { const step: number = event.detail.step; void step; });
    document.addEventListener("adam-scope-error", (event) => { const message: string = event.detail.message; void message; });
    const element: AdamScope = document.createElement("adam-scope");
    const texts: Promise<string>[] = [element.toSVG({ width: 680 }), element.toCSV()];
    const picture: Promise<Blob> = element.toPNG();
    void [texts, picture];
    const paths: Float64Array[] = element.runs.map((run) => run.path);
    await init();
    const losses: Float64Array = trace("lr=0.1")[0].losses;
    void [paths, losses];
    // @ts-expect-error
    scope.currentStep = "three";
    // @ts-expect-error
    scope.paused = true;
    `,
  );
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "", "use.ts"];
  execFileSync("node", [join(siteFolder, "../node_modules/typescript/bin/tsc"), ...options], { cwd: folder, encoding: "utf8", stdio: "pipe" });
});

test("the manifest of custom elements names every attribute that is observed and every part that there is", async () => {
  const { page } = await newPage();
  const host = await openHost({ folders: { "/scope/": siteFolder }, pages: { "/": post(`<script type="module" src="scope/adam-scope.js"></script>${ELEMENT}`) } });
  await page.goto(host.url);
  await figureReady(page);
  const there = await page.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    const parts = [...(scope.shadowRoot?.querySelectorAll("[part]") ?? [])].map((part) => part.getAttribute("part"));
    return { attributes: Reflect.get(scope.constructor, "observedAttributes"), parts: [...new Set(parts)] };
  });
  const { declarations } = JSON.parse(readFileSync(join(siteFolder, "npm/custom-elements.json"), "utf8")).modules[0];
  const named = (/** @type {string} */ list) => declarations[0][list].map((/** @type {{ name: string }} */ { name }) => name);
  assert.deepEqual(there.attributes.filter((/** @type {string} */ name) => !named("attributes").includes(name)), []);
  assert.deepEqual(there.parts.sort(), named("cssParts").sort());
  const words = readFileSync(join(siteFolder, "../EMBEDDING.md"), "utf8");
  const keys = readFileSync(join(siteFolder, "../README.md"), "utf8");
  for (const name of named("attributes")) assert(words.includes(`\`${name}\``) || keys.includes(`\`${name}\``), name);
  for (const name of [...named("cssParts"), ...named("events")]) assert(words.includes(`\`${name}\``), name);
  await page.context().close();
  await host.close();
});
