// How the site is hosted: what lies where, what browsers keep of it, what becomes of pages that an update finds open.

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { figureReady, pageReady } from "./figure.mjs";
import { filesUrl, openBrowser, siteUrl } from "./harness.mjs";
import { hostedHeaders, openHost, siteFolder } from "./hosts.mjs";
import { post } from "./post.mjs";

/** @import { Browser } from "playwright-core" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** The folder that is named by its content, by its path in the site. */
const files = filesUrl.slice(siteUrl.length);
const ELEMENT = '<script type="module" src="adam-scope.js"></script><adam-scope surface="beale"></adam-scope>';

test("with the headers of packages/host a second visit asks for the entries alone, under the strict policy", async () => {
  const host = await openHost({ folders: { "/": siteFolder }, pages: { "/post.html": post(ELEMENT) }, headersOf: hostedHeaders });
  const context = await browser.newContext();
  /** @type {string[]} */
  const problems = [];
  const visit = async (/** @type {string} */ path) => {
    const page = await context.newPage();
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
    host.asked.length = 0;
    await page.goto(host.url + path);
    await (path.startsWith("adam-scope.html") ? pageReady(page) : figureReady(page));
    await page.close();
    return host.asked.filter((asked) => asked !== "/favicon.ico");
  };
  assert((await visit("post.html")).includes(`/${files}pkg/adam_scope_bg.wasm`));
  assert.deepEqual(await visit("post.html"), ["/post.html", "/adam-scope.js"]);
  await visit("embed.html#surface=beale");
  assert.deepEqual((await visit("embed.html#surface=beale")).filter((path) => path !== "/icon.svg"), ["/embed.html", "/adam-scope.js"]);
  await visit("adam-scope.html#surface=beale");
  assert.deepEqual(problems, []);
  await context.close();
  await host.close();
});

test("the name of the folder is that of its content, and every entry leads to what is there", () => {
  assert.match(files, /^files\/[0-9a-f]{16}\/$/);
  for (const entry of ["index.html", "embed.html", "adam-scope.js", "core.js", "sw.js"]) {
    const text = readFileSync(join(siteFolder, entry), "utf8");
    assert(text.includes(files), entry);
    for (const [, inner] of text.matchAll(/["'`](?:\.\/)?(files\/[^"'`]+)["'`]/g)) assert(existsSync(join(siteFolder, inner)), `${entry}: ${inner}`);
  }
});

test("what is beside a file for hosts that send it in its place is that file, and smaller", () => {
  const packed = readdirSync(siteFolder, { recursive: true, encoding: "utf8" }).filter((file) => /\.(br|gz)$/.test(file));
  assert(packed.length > 80 && packed.includes(`${files}pkg/adam_scope_bg.wasm.br`), packed.join());
  for (const file of packed) {
    const bytes = readFileSync(join(siteFolder, file));
    const whole = readFileSync(join(siteFolder, file.slice(0, -3)));
    assert(whole.equals(file.endsWith(".br") ? brotliDecompressSync(bytes) : gunzipSync(bytes)), file);
    assert(bytes.length < whole.length || whole.length < 100, file);
  }
});

test("a window from before an update goes on where the host keeps the folder that it came from", async () => {
  const folder = mkdtempSync(join(tmpdir(), "adam-scope-"));
  cpSync(siteFolder, folder, { recursive: true });
  const host = await openHost({ folders: { "/": folder }, pages: { "/post.html": post(`<p style="height: 3000px"></p>${ELEMENT}`) }, headers: { "content-security-policy": "" } });
  const page = await browser.newPage();
  await page.goto(`${host.url}post.html`);
  await page.waitForFunction(() => customElements.get("adam-scope"));
  // The update: entries that lead into another folder, which lies beside the old one.
  const next = "files/0123456789abcdef/";
  cpSync(join(folder, files), join(folder, next), { recursive: true });
  const entry = join(folder, "adam-scope.js");
  writeFileSync(entry, readFileSync(entry, "utf8").replaceAll(files, next));
  assert(!host.asked.some((path) => path.endsWith(".wasm")));
  await page.locator("adam-scope").scrollIntoViewIfNeeded();
  await figureReady(page);
  assert(host.asked.includes(`/${files}pkg/adam_scope_bg.wasm`), host.asked.join());
  // A visit after it has the new one, also once the old one is gone.
  renameSync(join(folder, files), join(folder, "files/gone"));
  await page.reload();
  await page.locator("adam-scope").scrollIntoViewIfNeeded();
  await figureReady(page);
  assert(host.asked.includes(`/${next}pkg/adam_scope_bg.wasm`), host.asked.join());
  await page.close();
  await host.close();
});
