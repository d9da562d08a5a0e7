// Pages of other people with an element in them, for the tests.

import { test } from "node:test";
import { figureReady } from "./figure.mjs";
import { assertClean, openPage } from "./harness.mjs";

/** @import { Browser, Page } from "playwright-core" */

export const SCRIPT = '<script type="module" src="adam-scope.js"></script>';

/** The policy of a post that has styles of its own. */
export const STYLED = { "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data:" };

/** @param {string} html */
export const post = (html) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Post</title><link rel="icon" href="data:,"><body>${html}`;

/**
 * Makes the function that tests a post with some HTML in it, whose figures are awaited unless `ready` is false.
 * @param {() => Browser} browser
 */
export function posts(browser) {
  /**
   * @param {string} name
   * @param {string} html
   * @param {(page: Page, problems: string[]) => Promise<void>} body
   * @param {import("./harness.mjs").PageOptions & { ready?: boolean, clean?: boolean }} [options]
   */
  return (name, html, body, { ready = true, clean = true, ...options } = {}) => {
    test(name, async () => {
      const opened = await openPage(browser(), "post.html", { html: post(html), viewport: { width: 800, height: 900 }, ...options });
      try {
        if (ready) await figureReady(opened.page);
        await body(opened.page, opened.problems);
        if (clean) assertClean(opened);
      } finally {
        await opened.page.context().close();
      }
    });
  };
}

/**
 * Records what the page's elements say; the function that it gives reads it.
 * @param {Page} page
 */
export async function listen(page) {
  await page.evaluate(() => {
    /** @type {string[]} */
    const heard = [];
    Object.assign(window, { heard });
    for (const name of ["ready", "change", "step", "end", "error"]) {
      document.addEventListener(`adam-scope-${name}`, (event) => {
        const { id } = /** @type {Element} */ (event.target);
        heard.push(`${id ? `${id} ` : ""}${name} ${JSON.stringify(/** @type {CustomEvent} */ (event).detail)}`);
      });
    }
  });
  return () => page.evaluate(() => /** @type {string[]} */ (Reflect.get(window, "heard")));
}

/** The first error that an element of the page fires; to be awaited after what causes it. @param {Page} page */
export function errorMessage(page) {
  return page.waitForFunction(() => Reflect.get(window, "heard").find((/** @type {string} */ line) => line.startsWith("error"))).then((handle) => handle.jsonValue());
}
