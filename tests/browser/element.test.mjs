// The element in pages of other people: one line of HTML under a strict policy.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { figureReady, placeOf, read, runs } from "./figure.mjs";
import { assertClean, openBrowser, openPage, trace } from "./harness.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const SCRIPT = '<script type="module" src="adam-scope.js"></script>';

/**
 * A post with this HTML in it.
 * @param {string} name
 * @param {string} html
 * @param {(page: Page, problems: string[]) => Promise<void>} body
 * @param {import("./harness.mjs").PageOptions & { ready?: boolean }} [options]
 */
function inPost(name, html, body, { ready = true, ...options } = {}) {
  test(name, async () => {
    const post = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Post</title><link rel="icon" href="data:,"><body>${html}`;
    const opened = await openPage(browser, "post.html", { html: post, viewport: { width: 800, height: 900 }, ...options });
    try {
      if (ready) await figureReady(opened.page);
      await body(opened.page, opened.problems);
      assertClean(opened);
    } finally {
      await opened.page.context().close();
    }
  });
}

/**
 * Records what the page's first element says; `seen()` reads it.
 * @param {Page} page
 */
async function listen(page) {
  await page.evaluate(() => {
    /** @type {string[]} */
    const heard = [];
    Object.assign(window, { heard });
    for (const name of ["ready", "change", "step", "end", "error"]) {
      document.addEventListener(`adam-scope-${name}`, (event) => {
        heard.push(`${name} ${JSON.stringify(/** @type {CustomEvent} */ (event).detail)}`);
      });
    }
  });
  return () => page.evaluate(() => /** @type {string[]} */ (Reflect.get(window, "heard")));
}

/**
 * @param {Page} page
 * @param {Record<string, string | null>} attributes
 */
async function write(page, attributes) {
  await page.evaluate((attributes) => {
    const scope = document.querySelector("adam-scope");
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) scope?.removeAttribute(name);
      else scope?.setAttribute(name, value);
    }
  }, attributes);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
}

inPost(
  "one line shows a figure in place of its fallback, under the strict policy",
  `${SCRIPT}<adam-scope surface="beale" lr="0.01,0.1" controls><p id="fallback">A picture.</p></adam-scope>`,
  async (page) => {
    assert.equal(await page.isVisible("#fallback"), false);
    assert.equal(await page.locator("adam-scope .panel").count(), 2);
    assert.equal(await page.textContent("adam-scope .caption"), "Adam on Beale from (0.5, −0.6). Shade is loss, log scale.");
    assert.deepEqual(await page.locator("adam-scope .rate").allTextContents(), ["0.01", "0.1"]);
    assert.equal(await page.locator("adam-scope input:not([type='range']):visible").count(), 0);
    await page.click("adam-scope .play");
    await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep > 2);
    await page.click("adam-scope .play");
    assert.equal(await read(page, "paused"), true);
  },
);

inPost(
  "config first, then single keys; later the last write wins; a removed key is its default again",
  `${SCRIPT}<adam-scope config="surface=beale&lr=0.1&steps=50" lr="0.2"></adam-scope>`,
  async (page) => {
    assert.equal(await read(page, "config"), "surface=beale&steps=50&lr=0.2");
    await write(page, { config: "lr=0.3&surface=saddle" });
    assert.equal(await read(page, "config"), "surface=saddle&lr=0.3");
    await write(page, { lr: "0.4", steps: "20" });
    assert.equal(await read(page, "config"), "surface=saddle&steps=20&lr=0.4");
    await write(page, { lr: null });
    assert.equal(await read(page, "config"), "surface=saddle&steps=20");
  },
);

inPost("many attributes written at once are one change", `${SCRIPT}<adam-scope></adam-scope>`, async (page) => {
  const heard = await listen(page);
  await write(page, { surface: "quadratic", condition: "5", lr: "0.1", steps: "10" });
  assert.deepEqual(await heard(), ['change {"config":"surface=quadratic&condition=5&steps=10&lr=0.1"}']);
});

inPost("a bad attribute keeps the picture and says what is wrong", `${SCRIPT}<adam-scope lr="0.1"></adam-scope>`, async (page) => {
  const heard = await listen(page);
  await write(page, { lr: "fast" });
  const message = 'lr: "fast" is not a number (expected positive numbers, as in 0.001,0.01)';
  assert.deepEqual(await heard(), [`error ${JSON.stringify({ message })}`]);
  assert.equal(await page.textContent("adam-scope .message"), message);
  assert.equal(await read(page, "config"), "lr=0.1");
  await write(page, { surface: "beale" });
  assert.equal(await read(page, "config"), "lr=0.1", "the wrong word still stands");
  await write(page, { lr: "0.2" });
  assert.equal(await read(page, "config"), "surface=beale&lr=0.2");
  assert.equal(await page.isVisible("adam-scope .message"), false);
});

inPost("the property replaces everything, reads back canonically and never throws", `${SCRIPT}<adam-scope lr="0.1"></adam-scope>`, async (page) => {
  const heard = await listen(page);
  const readBack = await page.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    scope.config = "steps=1e2&surface=beale&beta1=0.9";
    const good = scope.config;
    scope.config = "steps=0";
    return [good, scope.config];
  });
  assert.deepEqual(readBack, ["surface=beale&steps=100", "surface=beale&steps=100"]);
  assert.deepEqual((await heard()).map((line) => line.split(" ")[0]), ["change", "error"]);
});

inPost(
  "properties set before the element is defined count",
  `<adam-scope></adam-scope>`,
  async (page) => {
    await page.evaluate(async () => {
      const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
      scope.config = "surface=himmelblau&lr=0.5";
      await import(new URL("adam-scope.js", location.href).href);
      await scope.ready;
    });
    assert.equal(await read(page, "config"), "surface=himmelblau&lr=0.5");
  },
  { ready: false },
);

inPost("the clock says each step and the end, and seeks as media do", `${SCRIPT}<adam-scope steps="3" speed="8"></adam-scope>`, async (page) => {
  const heard = await listen(page);
  await page.evaluate(async () => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    const end = new Promise((resolve) => scope.addEventListener("adam-scope-end", resolve));
    scope.play();
    await end;
  });
  assert.deepEqual(await heard(), ['step {"step":1}', 'step {"step":2}', 'step {"step":3}', 'end {"step":3}']);
  const steps = await page.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    return [99, -5, 1.9, NaN].map((step) => {
      scope.seek(step);
      return scope.currentStep;
    });
  });
  assert.deepEqual(steps, [3, 0, 1, 0]);
});

inPost("a frame that began before play does not turn the clock back", `${SCRIPT}<adam-scope steps="3"></adam-scope>`, async (page) => {
  const steps = await page.evaluate(async () => {
    const { Clock } = await import(new URL("clock.js", Reflect.get(window, "filesUrl")).href);
    /** @type {number[]} */
    const seen = [];
    const clock = new Clock(() => seen.push(clock.step), () => {});
    clock.steps = 3;
    /** @type {FrameRequestCallback[]} */
    const frames = [];
    window.requestAnimationFrame = (frame) => frames.push(frame);
    clock.play();
    frames.shift()?.(performance.now() - 500);
    seen.push(clock.step);
    clock.pause();
    return seen;
  });
  assert.deepEqual(steps, [0]);
});

inPost("it plays by itself, over and over, where it is told to", `${SCRIPT}<adam-scope steps="5" speed="60" autoplay loop></adam-scope>`, async (page) => {
  const heard = await listen(page);
  await page.waitForFunction(() => Reflect.get(window, "heard").filter((/** @type {string} */ line) => line.startsWith("end")).length >= 2);
  assert.equal(await read(page, "paused"), false);
  assert((await heard()).includes('step {"step":0}'));
});

inPost("it does not play by itself for who asked for less motion", `${SCRIPT}<adam-scope steps="5" autoplay></adam-scope>`, async (page) => {
  assert.deepEqual([await read(page, "paused"), await read(page, "currentStep")], [true, 5]);
}, { reducedMotion: "reduce" });

test("three elements fetch the core once, and one far below not before it comes near", async () => {
  const far = '<div style="height:5000px"></div>';
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Post</title><link rel="icon" href="data:,"><style>div{height:5000px}</style><body>${SCRIPT}
    <adam-scope id="a"></adam-scope><adam-scope id="b" surface="beale"></adam-scope>${far}<adam-scope id="c"></adam-scope>`;
  // The post has a style of its own; its policy allows that.
  const headers = { "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data:" };
  const context = await browser.newContext({ viewport: { width: 800, height: 600 } });
  const page = await context.newPage();
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const { servePage, siteUrl } = await import("./harness.mjs");
  await servePage(page, "post.html", html, headers);
  await page.goto(new URL("post.html", siteUrl).href);
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.getElementById("b")).figure);
  assert.equal(await page.evaluate(() => /** @type {AdamScope} */ (document.getElementById("c")).figure === undefined), true);
  await page.evaluate(() => document.getElementById("c")?.scrollIntoView());
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.getElementById("c")).figure);
  assert.equal(asked.filter((path) => path.endsWith(".wasm")).length, 1);
  await context.close();
});

inPost("off screen it rests, and goes on where it was", `${SCRIPT}<adam-scope steps="100000" speed="60"></adam-scope><p id="space"></p>`, async (page) => {
  await page.evaluate(() => {
    const space = /** @type {HTMLElement} */ (document.getElementById("space"));
    space.style.height = "6000px";
    /** @type {AdamScope} */ (document.querySelector("adam-scope")).play();
  });
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep > 3);
  await page.evaluate(() => scrollTo(0, 5000));
  await page.waitForTimeout(300);
  const before = await read(page, "currentStep");
  await page.waitForTimeout(300);
  assert.deepEqual([await read(page, "currentStep"), await read(page, "paused")], [before, false]);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction((before) => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep > Number(before), before);
});

inPost("moved in the document it keeps its state", `${SCRIPT}<adam-scope lr="0.1"></adam-scope><section></section>`, async (page) => {
  await page.evaluate(() => {
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    scope.seek(40);
    document.querySelector("section")?.append(scope);
  });
  await figureReady(page);
  assert.deepEqual([await read(page, "currentStep"), await read(page, "config")], [40, "lr=0.1"]);
});

inPost("a click in an embed moves the start too", `${SCRIPT}<adam-scope surface="saddle" lr="0.1"></adam-scope>`, async (page) => {
  await page.mouse.click(...(await placeOf(page, 0, [1, 1], [-2, 2, -2, 2])));
  const [{ path }] = await runs(page);
  assert(Math.abs(path[0] - 1) < 0.02 && Math.abs(path[1] - 1) < 0.02, `${path[0]} ${path[1]}`);
});

inPost(
  "a finger on the handle drags the start and does not scroll the page; elsewhere it scrolls",
  `${SCRIPT}<meta name="viewport" content="width=device-width"><adam-scope surface="saddle" lr="0.1"></adam-scope>`,
  async (page) => {
    const touchActions = await page.evaluate(() => {
      const root = /** @type {ShadowRoot} */ (document.querySelector("adam-scope")?.shadowRoot);
      return [".start", "canvas"].map((selector) => getComputedStyle(/** @type {Element} */ (root.querySelector(selector))).touchAction);
    });
    assert.deepEqual(touchActions, ["none", "pan-y"]);
    await page.touchscreen.tap(...(await placeOf(page, 0, [-1, -1], [-2, 2, -2, 2])));
    const [{ path }] = await runs(page);
    assert(Math.abs(path[0] + 1) < 0.03 && Math.abs(path[1] + 1) < 0.03, `${path[0]} ${path[1]}`);
  },
  { hasTouch: true, viewport: { width: 360, height: 780 } },
);

inPost("the element's attributes are the core's keys", `${SCRIPT}<adam-scope></adam-scope>`, async (page) => {
  const { keys, attributes } = await page.evaluate(async () => {
    const core = await import(new URL("pkg/explorer.js", Reflect.get(window, "filesUrl")).href);
    await core.default();
    const { KEYS } = await import(new URL("words.js", Reflect.get(window, "filesUrl")).href);
    return { keys: core.keys(), attributes: KEYS };
  });
  assert.deepEqual(attributes, keys);
});

inPost("twelve runs of 100,000 steps take at most 60 MB, and changing them takes no more", `${SCRIPT}<adam-scope></adam-scope>`, async (page) => {
  const [start, first, changed] = await page.evaluate(async () => {
    const core = await import(new URL("pkg/adam_scope.js", Reflect.get(window, "filesUrl")).href);
    // Already loaded by the element: this gives its exports.
    const { memory } = await core.default();
    const sizes = [memory.buffer.byteLength];
    const figure = new core.Figure();
    for (const start of ["1,-1", "1.5,-1", "1,1"]) {
      figure.replace(`surface=rosenbrock&steps=100000&start=${start}&lr=0.001,0.002,0.003,0.005,0.01,0.02,0.03,0.05,0.1,0.2,0.3,0.5`);
      figure.settle();
      sizes.push(memory.buffer.byteLength);
    }
    const [last] = figure.path(11).slice(-1);
    if (!Number.isFinite(last)) throw new Error("the runs are not whole");
    figure.free();
    return [sizes[0], sizes[1], sizes[3]];
  });
  // The paths alone, x, y, loss and rate of each step, are 38.4 MB.
  assert(first - start > 38e6 && first - start <= 60e6, `${first - start}`);
  assert(changed - start <= 60e6, `${changed - start}`);
});

inPost("what the core computes in the browser is to the bit what it computes natively", `${SCRIPT}<adam-scope></adam-scope>`, async (page) => {
  const { surfaces, optimizers } = await page.evaluate(async () => {
    const core = await import(new URL("pkg/explorer.js", Reflect.get(window, "filesUrl")).href);
    await core.default();
    return { surfaces: core.surfaces(), optimizers: core.optimizers() };
  });
  const adams = ["", "&beta1=0.5&beta2=0.9&eps=0.001&weight-decay=0.03", "&bias-correction=off"];
  const choices = adams.map((hyperparameters) => `lr=0.001,0.03,1,40${hyperparameters}`);
  // Twelve runs a config.
  for (let i = 0; i < optimizers.length; i += 6) choices.push(`optimizer=${optimizers.slice(i, i + 6)}&lr=0.003,0.3`);
  assert(surfaces.length >= 6 && optimizers.length >= 15);
  for (const surface of surfaces) {
    for (const choice of choices) {
      const query = `surface=${surface}&steps=300&${choice}`;
      const native = await trace(query);
      await page.evaluate((query) => (/** @type {AdamScope} */ (document.querySelector("adam-scope")).config = query), query);
      const shown = await runs(page);
      assert.equal(shown.length, native.length);
      shown.forEach((run, i) => {
        assert.deepEqual(run.path, native[i].x.flatMap((x, k) => [x, native[i].y[k]]), `${query} run ${i}`);
      });
    }
  }
});
