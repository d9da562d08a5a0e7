// The module for scripts: the same numbers as everywhere, and the core's own messages.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertClean, openBrowser, openPage, trace } from "./harness.mjs";

/** @import { Browser, Page } from "playwright-core" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/**
 * @param {string} name
 * @param {(page: Page) => Promise<void>} body
 */
function inScript(name, body) {
  test(name, async () => {
    const html = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Script</title><link rel="icon" href="data:,">';
    const opened = await openPage(browser, "script.html", { html });
    try {
      await body(opened.page);
      assertClean(opened);
    } finally {
      await opened.page.context().close();
    }
  });
}

/**
 * Calls a function of the module and brings its result home, typed arrays as plain ones; an error as its message.
 * @param {Page} page
 * @param {string} name
 * @param {...any} words
 */
function call(page, name, ...words) {
  return page.evaluate(
    async ([name, words]) => {
      const core = await import(new URL("core.js", location.href).href);
      await core.init();
      const plain = (/** @type {any} */ value) =>
        JSON.parse(JSON.stringify(value, (_, inner) => (ArrayBuffer.isView(inner) ? Array.from(/** @type {any} */ (inner), String) : inner)));
      try {
        return { result: plain(core[name](...words)) };
      } catch (error) {
        return { message: /** @type {Error} */ (error).message, isError: error instanceof Error };
      }
    },
    /** @type {[string, any[]]} */ ([name, words]),
  );
}

inScript("trace gives the command line's numbers, to the bit", async (page) => {
  const query = "surface=himmelblau&optimizer=adam,lion&lr=0.01,3&steps=60&noise=0.3&seed=5";
  const { result } = await call(page, "trace", query);
  const native = await trace(query);
  assert.equal(result.length, 4);
  native.forEach((run, i) => {
    assert.deepEqual(result[i].path.map(Number), run.x.flatMap((x, k) => [x, run.y[k]]));
    assert.deepEqual(result[i].losses.map(Number), run.loss);
    assert.deepEqual(result[i].rates.map(Number), run.lr.slice(1));
  });
  assert.equal(result[3].label, "Lion, lr 3");
  assert(["too low", "about right", "too high"].includes(result[3].rating) && result[3].message.length > 10);
});

inScript("a wrong query is thrown as the core's message", async (page) => {
  assert.deepEqual(await call(page, "trace", "lr=fast"), {
    message: 'lr: "fast" is not a number (expected positive numbers, as in 0.001,0.01)',
    isError: true,
  });
});

inScript("before init there is nothing to call", async (page) => {
  const message = await page.evaluate(async () => {
    const core = await import(new URL("core.js", location.href).href);
    try {
      core.trace("");
      return "nothing thrown";
    } catch (error) {
      return /** @type {Error} */ (error).message;
    }
  });
  assert.equal(message, "await init() first");
});
