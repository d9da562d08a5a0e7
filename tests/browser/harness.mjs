// What the browser tests share: a Chromium, pages that record every problem, and runs of the command-line program.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

/** @import { Browser, BrowserContextOptions, Page } from "playwright-core" */

/**
 * How a page is opened: any of Playwright's context options, a page of the test's own, what is done to it before it loads.
 * @typedef {BrowserContextOptions & { html?: string, headers?: Record<string, string>, prepare?: (page: Page) => Promise<void> }} PageOptions
 */

/**
 * An open page, with everything that went wrong on it so far, one line a problem.
 * @typedef {{ page: Page, problems: string[] }} OpenPage
 */

/**
 * The rows of one run, by the column's name in the CSV. A number that is absent is NaN.
 * @typedef {Record<string, number[]>} Run
 */

/** The policy that the site promises to work under. */
export const SECURITY_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
  "style-src 'self'; img-src 'self' data: blob:; worker-src 'self'";

const CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const CHROMIUM_OPTIONS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long anything expected of a page may take, in milliseconds. */
const PATIENCE = 10_000;

/** The address of the served site, with a closing slash. */
export const siteUrl = setting("ADAM_SCOPE_URL");

/** Where the modules and cores of the site are, with a closing slash: in the folder to which its entries lead, if it has one. */
export const filesUrl = new URL(/files\/[0-9a-f]{16}\//.exec(await (await fetch(new URL("adam-scope.js", siteUrl))).text())?.[0] ?? "", siteUrl).href;

/**
 * @param {string[]} [options] of the browser, besides the usual ones
 * @returns {Promise<Browser>}
 */
export function openBrowser(options = []) {
  return chromium.launch({ executablePath: chromiumPath(), headless: true, args: [...CHROMIUM_OPTIONS, ...options] });
}

/**
 * Opens a path of the site in a context of its own; with `html`, that text stands in for the page (see `servePage`).
 * Close it by `page.context().close()`.
 * @param {Browser} browser
 * @param {string} path relative to the site, as in "" or "guide/#lr=0.1"
 * @param {PageOptions} [options]
 * @returns {Promise<OpenPage>}
 */
export async function openPage(browser, path, { html, headers, prepare, ...contextOptions } = {}) {
  const context = await browser.newContext(contextOptions);
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const problems = await recordProblems(page);
  await page.addInitScript((url) => Object.assign(globalThis, { filesUrl: url }), filesUrl);
  if (html !== undefined) {
    await servePage(page, path, html, headers);
  }
  await prepare?.(page);
  await page.goto(new URL(path, siteUrl).href);
  return { page, problems };
}

/**
 * Answers a path of the site with a page of the test's own, under the site's policy unless `headers` hold another.
 * @param {Page} page
 * @param {string} path
 * @param {string} html
 * @param {Record<string, string>} [headers]
 */
export async function servePage(page, path, html, headers = {}) {
  const address = new URL(path, siteUrl);
  const isThePage = (/** @type {URL} */ asked) => asked.origin === address.origin && asked.pathname === address.pathname;
  await page.route(isThePage, (route) =>
    route.fulfill({
      contentType: "text/html; charset=utf-8",
      headers: { "content-security-policy": SECURITY_POLICY, ...headers },
      body: html,
    }),
  );
}

/**
 * Fails when anything went wrong on the page: a console error or warning, an exception, a failed request, a violation
 * of the policy.
 * @param {OpenPage} opened
 */
export function assertClean({ problems }) {
  assert.deepEqual(problems, []);
}

/**
 * What the command-line program prints.
 * @param {string[]} words
 * @returns {Promise<string>}
 */
export async function printed(...words) {
  return (await promisify(execFile)(setting("ADAM_SCOPE_BIN"), words, { maxBuffer: 2 ** 30 })).stdout;
}

/**
 * The figure that the command-line program draws of a query.
 * @param {string} query
 * @param {string[]} options
 */
export async function drawn(query, ...options) {
  const file = join(mkdtempSync(join(tmpdir(), "adam-scope-")), "figure.svg");
  await printed("figure", query, "-o", file, ...options);
  return readFileSync(file, "utf8");
}

/**
 * What the command-line program says about a query, run by run.
 * @param {string} query
 * @returns {Promise<Run[]>}
 */
export async function trace(query) {
  const stdout = await printed("trace", query);
  const [names, ...rows] = stdout.trimEnd().split("\n").map((line) => line.split(","));
  /** @type {Run[]} */
  const runs = [];
  for (const row of rows) {
    const values = row.map(numberFromCsv);
    const run = (runs[values[names.indexOf("run")]] ??= Object.fromEntries(names.map((name) => [name, []])));
    names.forEach((name, column) => run[name].push(values[column]));
  }
  return runs;
}

/**
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function recordProblems(page) {
  /** @type {string[]} */
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) || message.text().includes("Content Security Policy")) {
      problems.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => problems.push(`failed request: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) {
      problems.push(`failed request: ${response.url()} ${response.status()}`);
    }
  });
  await page.exposeFunction("adamScopeProblem", (/** @type {string} */ problem) => problems.push(problem));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      Reflect.get(globalThis, "adamScopeProblem")(`policy violation: ${violatedDirective} ${blockedURI}`);
    });
  });
  return problems;
}

/** @param {string} text */
function numberFromCsv(text) {
  if (text === "") {
    return NaN;
  }
  return /^-?inf$/.test(text) ? Number(text.replace("inf", "Infinity")) : Number(text);
}

function chromiumPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = CHROMIUM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const path = process.env.CHROME_PATH || candidates.find((candidate) => existsSync(candidate));
  assert(path, "no Chromium found; set CHROME_PATH, or run `cargo xtask test --only browser`");
  return path;
}

/**
 * A variable that `cargo xtask test` sets.
 * @param {string} name
 */
export function setting(name) {
  const value = process.env[name];
  assert(value, `${name} is not set; run \`cargo xtask test --only browser\``);
  return value;
}
