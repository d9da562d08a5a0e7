// Undo, redo, and what a visitor takes along.

import assert from "node:assert/strict";
import { figureReady, placeOf, read, runs } from "./figure.mjs";
import { assertClean, siteUrl } from "./harness.mjs";
import { onPage, openBeside } from "./on-page.mjs";

onPage("every change can be undone and done again, by button and by key", "#surface=beale", async (page) => {
  assert(await page.isDisabled("#undo"));
  await page.selectOption("[aria-label='Surface']", "himmelblau");
  await page.waitForTimeout(450);
  await page.fill("[aria-label='Steps']", "50");
  await page.press("[aria-label='Steps']", "Enter");
  assert.equal(await read(page, "config"), "surface=himmelblau&steps=50");
  await page.click("#undo");
  assert.equal(await read(page, "config"), "surface=himmelblau");
  assert.equal(await page.inputValue("[aria-label='Steps']"), "200");
  await page.keyboard.press("Control+z");
  assert.equal(await read(page, "config"), "surface=beale");
  assert(await page.isDisabled("#undo"));
  await page.keyboard.press("Control+Shift+z");
  await page.click("#redo");
  assert.equal(await read(page, "config"), "surface=himmelblau&steps=50");
  assert(await page.isDisabled("#redo"));
});

onPage("a drag is one change, and the browser's history stays as it is", "#surface=beale", async (page) => {
  const entries = await page.evaluate(() => history.length);
  const [x, y] = await placeOf(page, 0, [0.5, -0.6], [-1, 4.5, -2, 2]);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y - 40, { steps: 8 });
  await page.mouse.up();
  assert.match(await read(page, "config").then(String), /start=/);
  await page.click("#undo");
  assert.equal(await read(page, "config"), "surface=beale");
  assert.equal(await page.evaluate(() => history.length), entries);
});

onPage("a change after an undo begins anew", "#surface=beale", async (page) => {
  await page.selectOption("[aria-label='Surface']", "himmelblau");
  await page.click("#undo");
  await page.waitForTimeout(450);
  await page.selectOption("[aria-label='Surface']", "ackley");
  assert(await page.isDisabled("#redo"));
  await page.click("#undo");
  assert.equal(await read(page, "config"), "surface=beale");
});

onPage("the line of HTML that is copied shows the same runs in a post", "#surface=beale&lr=0.05,0.2&steps=80&optimizer=adamw&beta1=0.8", async (page) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const config = await read(page, "config");
  await page.click("text=Share");
  const link = await page.inputValue("[data-share='link']");
  assert.equal(new URL(link).origin, new URL(siteUrl).origin);
  await page.click("text=Copy HTML");
  const code = await page.evaluate(() => navigator.clipboard.readText());
  assert(code.includes('lr="0.05,0.2"') && code.includes('beta1="0.8"'), code);
  const shown = await runs(page);
  const post = await openBeside("post.html", {
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Post</title><link rel="icon" href="data:,">${code}`,
    viewport: { width: 800, height: 600 },
  });
  await figureReady(post.page);
  assert.equal(await read(post.page, "config"), config);
  assert.deepEqual((await runs(post.page)).map((run) => run.path), shown.map((run) => run.path));
  assertClean(post);
  await post.page.context().close();
});

onPage("where the browser lets no page copy, the text is there to be copied by hand", "#surface=beale", async (page) => {
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await page.click("text=Share");
  await page.click("text=Copy Markdown");
  assert.match((await page.textContent("#live")) ?? "", /copy it by hand/);
  assert.match(await page.inputValue("[data-share='code']"), /^\[!\[.*\]\(adam-scope\.svg\)\]\(http/);
});

onPage("the link, the frame and the Markdown that are copied show the same runs again", "#surface=beale&lr=0.05,0.2&steps=80&step=30", async (page) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const [config, shown] = [await read(page, "config"), (await runs(page)).map((run) => run.path)];
  const copied = async (/** @type {string} */ what) => {
    await page.click("button[popovertarget='share']");
    await page.click(`#share button:has-text("Copy ${what}")`);
    const text = await page.evaluate(() => navigator.clipboard.readText());
    await page.keyboard.press("Escape");
    return text;
  };
  const link = await copied("link");
  const again = await openBeside(link);
  await figureReady(again.page);
  assert.deepEqual([await read(again.page, "config"), await read(again.page, "currentStep")], [config, 30]);
  await again.page.context().close();

  const frame = await copied("iframe");
  const post = await openBeside("post.html", {
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Post</title><link rel="icon" href="data:,">${frame}`,
    headers: { "content-security-policy": "" },
    viewport: { width: 900, height: 700 },
  });
  const inside = await (await post.page.waitForSelector("iframe")).contentFrame();
  assert(inside);
  await inside.waitForFunction(() => /** @type {any} */ (document.querySelector("adam-scope"))?.figure);
  assert.deepEqual(await inside.evaluate(() => /** @type {any} */ (document.querySelector("adam-scope")).runs.map((/** @type {any} */ run) => [...run.path])), shown);
  assert((await post.page.getAttribute("iframe", "title"))?.trim(), "a frame has a title");
  await post.page.context().close();

  const [, words, address] = (await copied("Markdown")).match(/^\[!\[(.*)\]\(adam-scope\.svg\)\]\((.*)\)$/) ?? [];
  assert(words.length > 10, "the picture has words");
  const linked = await openBeside(address);
  await figureReady(linked.page);
  assert.equal(await read(linked.page, "config"), config);
  await linked.page.context().close();
});
