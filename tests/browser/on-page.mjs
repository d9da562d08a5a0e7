// Tests that each open the page anew in one browser, and hold it to a clean console.

import { after, before, test } from "node:test";
import { pageReady } from "./figure.mjs";
import { assertClean, openBrowser, openPage } from "./harness.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { PageOptions } from "./harness.mjs" */

/** The browser of the file's tests. @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/**
 * Another page in the same browser.
 * @param {string} address
 * @param {PageOptions} [options]
 */
export const openBeside = (address, options) => openPage(browser, address, options);

/**
 * Opens the page, waits for it, and runs the test.
 * @param {string} name
 * @param {string} address
 * @param {(page: Page, problems: string[]) => Promise<void>} body
 * @param {PageOptions} [options]
 */
export function onPage(name, address, body, options = {}) {
  test(name, async () => {
    const opened = await openPage(browser, address, { viewport: { width: 1440, height: 900 }, ...options });
    try {
      await pageReady(opened.page);
      await body(opened.page, opened.problems);
      assertClean(opened);
    } finally {
      await opened.page.context().close();
    }
  });
}
