// The element to the letter of its description: what is asked of it before it is there, clocks that are shared, the
// colours of the page around it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { figureReady, hasHue, pixelsAt, placeOf, read } from "./figure.mjs";
import { assertClean, openBrowser, openPage, servePage, siteUrl } from "./harness.mjs";
import { SCRIPT, STYLED, listen, post, posts } from "./post.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const inPost = posts(() => browser);
const BEALE = /** @type {[number, number, number, number]} */ ([-1, 4.5, -2, 2]);

/**
 * Does something to the first element and lets what it wrote take effect.
 * @template T
 * @param {Page} page
 * @param {(scope: AdamScope) => T | Promise<T>} act
 * @returns {Promise<T>}
 */
async function withScope(page, act) {
  return page.evaluate(`(async () => {
    const result = await (${act})(document.querySelector("adam-scope"));
    await new Promise((resolve) => setTimeout(resolve));
    return result;
  })()`);
}

inPost(
  "whatever is set before the element is defined counts: config, speed, step, and play",
  "<adam-scope></adam-scope>",
  async (page) => {
    const state = await page.evaluate(async () => {
      const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
      scope.config = "surface=himmelblau&lr=0.5&steps=90";
      scope.speed = 5;
      scope.currentStep = 40;
      await import(new URL("adam-scope.js", location.href).href);
      const early = [scope.paused, scope.speed];
      scope.play();
      early.push(scope.paused);
      await scope.ready;
      return { early, late: [scope.config, scope.currentStep, scope.speed, scope.paused, scope.getAttribute("speed")] };
    });
    assert.deepEqual(state, { early: [true, 5, false], late: ["surface=himmelblau&steps=90&lr=0.5", 40, 5, false, "5"] });
  },
  { ready: false },
);

inPost(
  "attributes that are written after the property win for what they name, also before the core is there",
  "<adam-scope lr='0.3'></adam-scope>",
  async (page) => {
    const config = await page.evaluate(async () => {
      const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
      await import(new URL("adam-scope.js", location.href).href);
      scope.config = "surface=beale&lr=0.1";
      scope.setAttribute("lr", "0.2");
      await scope.ready;
      return scope.config;
    });
    assert.equal(config, "surface=beale&lr=0.2");
  },
  { ready: false },
);

inPost("hundreds of attribute changes are one redraw", `${SCRIPT}<adam-scope surface="beale"></adam-scope>`, async (page) => {
  const heard = await listen(page);
  const draws = await page.evaluate(async () => {
    const { Figure } = await import(new URL("pkg/adam_scope.js", Reflect.get(window, "filesUrl")).href);
    const scope = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    let runs = 0;
    const apply = Figure.prototype.apply;
    Figure.prototype.apply = function () {
      runs += 1;
      return apply.call(this);
    };
    for (let i = 1; i <= 300; i++) {
      scope.setAttribute("lr", String(i / 1000));
      scope.setAttribute("steps", String(i));
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    return runs;
  });
  assert.equal(draws, 1);
  assert.deepEqual(await heard(), ['change {"config":"surface=beale&steps=300&lr=0.3"}']);
});

inPost("a config that cannot be read stands in the way until it is put right, and loses nothing that was written meanwhile", `${SCRIPT}<adam-scope surface="beale"></adam-scope>`, async (page) => {
  const heard = await listen(page);
  await withScope(page, (scope) => {
    scope.setAttribute("config", "sourface=saddle");
    scope.setAttribute("steps", "20");
  });
  await withScope(page, (scope) => scope.setAttribute("lr", "0.2"));
  assert.equal(await read(page, "config"), "surface=beale");
  assert.equal((await heard()).length, 2);
  await withScope(page, (scope) => scope.setAttribute("config", "surface=saddle"));
  assert.equal(await read(page, "config"), "surface=saddle&steps=20&lr=0.2");
});

for (const [attribute, message] of [
  ['theme="sepia"', 'theme: "sepia" is unknown (expected one of auto, light, dark'],
  ['loading="soon"', 'loading: "soon" is unknown (expected one of lazy, eager)'],
  ['speed="fast"', 'speed: "fast" is not a number (expected steps a second above 0, as in 20)'],
]) {
  inPost(
    `${attribute} leaves the fallback and says what is allowed`,
    `${SCRIPT}<adam-scope ${attribute}><p id="fallback">A picture.</p></adam-scope>`,
    async (page) => {
      await page.waitForSelector("adam-scope .message:not([hidden])");
      assert((await page.textContent("adam-scope .message"))?.startsWith(message), (await page.textContent("adam-scope .message")) ?? "");
      assert.equal(await page.isVisible("#fallback"), true);
      await page.evaluate((name) => document.querySelector("adam-scope")?.removeAttribute(name), attribute.split("=")[0]);
      await figureReady(page);
      assert.equal(await page.isVisible("#fallback"), false);
    },
    { ready: false },
  );
}

test("a second copy of the script, from another address, changes nothing and fetches no second core", async () => {
  const opened = await openPage(browser, "empty.html", { html: post("") });
  // The copy: the same files under another folder.
  await opened.page.route(/\/copy\//, async (route) => route.fulfill({ response: await route.fetch({ url: route.request().url().replace("/copy/", "/") }) }));
  /** @type {string[]} */
  const asked = [];
  opened.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const again = '<script type="module" src="adam-scope.js?again"></script><script type="module" src="copy/adam-scope.js"></script>';
  await servePage(opened.page, "post.html", post(`${SCRIPT}${again}<adam-scope lr="0.1"></adam-scope>`));
  await opened.page.goto(new URL("post.html", siteUrl).href);
  await figureReady(opened.page);
  assert.equal(asked.filter((path) => path.endsWith(".wasm")).length, 1);
  assert(asked.some((path) => path.endsWith("/copy/adam-scope.js")), asked.join());
  assert.equal(await read(opened.page, "config"), "lr=0.1");
  assertClean(opened);
  await opened.page.context().close();
});

inPost("moved in the document while it plays, it goes on with config, step and speed", `${SCRIPT}<adam-scope lr="0.1" steps="100000" speed="60"></adam-scope><section></section>`, async (page) => {
  const [before, after] = await withScope(page, async (scope) => {
    scope.config = "surface=beale&steps=100000";
    scope.seek(500);
    scope.play();
    const panel = scope.shadowRoot?.querySelector(".panel");
    const before = [scope.config, scope.paused, scope.speed, scope.currentStep >= 500];
    document.querySelector("section")?.append(scope);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return [before, [scope.config, scope.paused, scope.speed, scope.currentStep >= 500, panel === scope.shadowRoot?.querySelector(".panel")]];
  });
  assert.deepEqual(after, [...before, true]);
  await page.waitForFunction(() => /** @type {AdamScope} */ (document.querySelector("adam-scope")).currentStep > 505);
});

inPost(
  "elements with the same clock play, pause and seek as one; the shorter one waits at its end",
  `${SCRIPT}<adam-scope loading="eager" id="long" clock="c" steps="60"></adam-scope><adam-scope loading="eager" id="short" clock="c" steps="30" surface="beale"></adam-scope><adam-scope loading="eager" id="own" steps="60"></adam-scope>`,
  async (page) => {
    const heard = await listen(page);
    const steps = () => page.evaluate(() => ["long", "short", "own"].map((id) => /** @type {AdamScope} */ (document.getElementById(id)).currentStep));
    await page.evaluate(() => /** @type {AdamScope} */ (document.getElementById("long")).seek(20));
    assert.deepEqual(await steps(), [20, 20, 0]);
    await page.evaluate(() => /** @type {AdamScope} */ (document.getElementById("long")).seek(50));
    assert.deepEqual(await steps(), [50, 30, 0]);
    await page.evaluate(() => /** @type {AdamScope} */ (document.getElementById("short")).seek(99));
    assert.deepEqual(await steps(), [30, 30, 0], "a seek is clamped to the figure's own steps");
    const paused = await page.evaluate(async () => {
      const [long, short, own] = ["long", "short", "own"].map((id) => /** @type {AdamScope} */ (document.getElementById(id)));
      short.setAttribute("speed", "200");
      short.play();
      const paused = [long.paused, short.paused, own.paused];
      await new Promise((resolve) => long.addEventListener("adam-scope-end", resolve));
      return [...paused, long.speed, long.currentStep, short.currentStep, long.paused];
    });
    assert.deepEqual(paused, [false, false, true, 200, 60, 30, true]);
    const ends = (await heard()).filter((line) => line.includes("end"));
    assert.deepEqual(ends, ['long end {"step":60}', 'short end {"step":30}']);
  },
);

inPost(
  "one that joins later goes to where the clock is; loop of any keeps all of them going; leaving stops nobody",
  `${SCRIPT}<adam-scope id="a" clock="c" steps="40" speed="400"></adam-scope>`,
  async (page) => {
    const heard = await listen(page);
    const joined = await page.evaluate(async () => {
      const a = /** @type {AdamScope} */ (document.getElementById("a"));
      a.seek(25);
      const b = /** @type {AdamScope} */ (document.createElement("adam-scope"));
      b.id = "b";
      for (const [name, value] of [["clock", "c"], ["steps", "40"], ["loop", ""]]) b.setAttribute(name, value);
      document.body.append(b);
      await b.ready;
      return [b.currentStep, b.speed];
    });
    assert.deepEqual(joined, [25, 400]);
    await page.evaluate(() => /** @type {AdamScope} */ (document.getElementById("a")).play());
    await page.waitForFunction(() => Reflect.get(window, "heard").filter((/** @type {string} */ line) => line.startsWith("a end")).length >= 2);
    assert((await heard()).some((line) => line.startsWith("b end")));
    const left = await page.evaluate(() => {
      const [a, b] = ["a", "b"].map((id) => /** @type {AdamScope} */ (document.getElementById(id)));
      b.removeAttribute("clock");
      b.seek(3);
      return [a.paused, b.paused, b.currentStep];
    });
    assert.deepEqual(left, [false, true, 3]);
  },
);

inPost(
  "a figure on a page of another theme has a frame, and none where they are alike",
  `${SCRIPT}<style>#dark{background:#111}</style><adam-scope loading="eager" id="a"></adam-scope><adam-scope loading="eager" id="b" theme="dark"></adam-scope><div id="dark"><adam-scope loading="eager" id="c"></adam-scope><adam-scope loading="eager" id="d" theme="dark"></adam-scope></div>`,
  async (page) => {
    const framed = await page.evaluate(() => [...document.querySelectorAll("adam-scope")].map((scope) => scope.shadowRoot?.querySelector(".stage")?.classList.contains("framed")));
    assert.deepEqual(framed, [false, true, true, false]);
  },
  { headers: STYLED },
);

inPost(
  "the page's colours are those of map, runs, words and greys, and a change of them is followed",
  `${SCRIPT}<style>adam-scope{--adam-scope-ink:#402000;--adam-scope-paper:rgb(255 250 240);--adam-scope-accent:#c00;--adam-scope-run-1:oklch(0.5 0.2 300);--adam-scope-map-low:#fff;--adam-scope-map-middle:#fda;--adam-scope-map-high:#fb5;--adam-scope-font:serif} .other{--adam-scope-run-1:#00a000}</style><adam-scope surface="beale" lr="0.1" step="60" controls></adam-scope>`,
  async (page) => {
    const seen = await withScope(page, (scope) => {
      const find = (/** @type {string} */ selector) => getComputedStyle(/** @type {Element} */ (scope.shadowRoot?.querySelector(selector)));
      return { accent: find(".play").backgroundColor, word: find(".rate").color, font: find(".rate").fontFamily, top: scope.figure?.scaleColors("light").at(-1) };
    });
    assert.deepEqual(seen, { accent: "rgb(204, 0, 0)", word: "rgb(64, 32, 0)", font: "serif", top: "rgb(255 187 85)" });
    const hue = await page.evaluate(() => {
      const canvas = new OffscreenCanvas(1, 1);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
      context.fillStyle = "oklch(0.5 0.2 300)";
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    });
    const path = await withScope(page, (scope) => [...scope.runs[0].path]);
    const place = await placeOf(page, 0, [path[40], path[41]], BEALE);
    assert(hasHue(await pixelsAt(page, 0, place, { radius: 3 }), hue), `${hue}`);
    await withScope(page, (scope) => scope.classList.add("other"));
    await page.waitForTimeout(100);
    assert(hasHue(await pixelsAt(page, 0, place, { radius: 3 }), [0, 160, 0]));
  },
  { headers: STYLED },
);

inPost(
  "a page that turns dark by itself takes its figures along",
  `${SCRIPT}<style>.dark{color-scheme:dark;background:#14171b}</style><adam-scope surface="beale"></adam-scope>`,
  async (page) => {
    const paper = () => withScope(page, (scope) => scope.figure?.scaleColors("dark")[0]);
    assert.equal(await paper(), "rgb(24 28 32)");
    const before = await pixelsAt(page, 0, await placeOf(page, 0, [3, -1], BEALE), { layer: "surface" });
    await page.evaluate(() => document.documentElement.classList.add("dark"));
    await page.waitForTimeout(150);
    const after = await pixelsAt(page, 0, await placeOf(page, 0, [3, -1], BEALE), { layer: "surface" });
    assert(before.every(([red]) => red > 150) && after.every(([red]) => red < 120), `${before[0]} ${after[0]}`);
    assert.equal(await withScope(page, (scope) => scope.shadowRoot?.querySelector(".stage")?.classList.contains("framed")), false);
  },
  { headers: STYLED },
);

inPost("the line names the set-up and leads to the page with all of it, at the step that is shown", `${SCRIPT}<adam-scope surface="beale" lr="0.1" controls></adam-scope>`, async (page) => {
  await withScope(page, (scope) => scope.seek(30));
  assert.equal(await page.textContent("adam-scope .caption"), "Adam on Beale from (0.5, −0.6). Shade is loss, log scale.");
  await page.focus("adam-scope .foot a");
  const href = await page.getAttribute("adam-scope .foot a", "href");
  assert.equal(href, `${siteUrl}#v=1&surface=beale&lr=0.1&step=30`);
  await withScope(page, (scope) => scope.setAttribute("explorer", "https://example.org/scope/"));
  assert.match((await page.getAttribute("adam-scope .foot a", "href")) ?? "", /^https:\/\/example\.org\/scope\/#v=1/);
  await withScope(page, (scope) => scope.setAttribute("explorer", ""));
  assert.equal(await page.isVisible("adam-scope .foot a"), false);
});

inPost("every part has its name", `${SCRIPT}<adam-scope controls></adam-scope>`, async (page) => {
  const parts = await withScope(page, (scope) => [...new Set([...(scope.shadowRoot?.querySelectorAll("[part]") ?? [])].map((element) => element.getAttribute("part")))]);
  assert.deepEqual(parts.sort(), ["caption", "controls", "error", "figure", "link", "panel", "panels"]);
});
