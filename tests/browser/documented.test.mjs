// The tables of EMBEDDING.md, the manifest of custom elements and the types say what there is: no more, no less.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before } from "node:test";
import { openBrowser } from "./harness.mjs";
import { SCRIPT, posts } from "./post.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const inPost = posts(() => browser);
const text = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const words = text("EMBEDDING.md");
const types = text("packages/npm/element.d.ts");
const [manifest] = JSON.parse(text("packages/npm/custom-elements.json")).modules[0].declarations;

/** The names in a list of the manifest. @param {{ name: string }[]} list */
const named = (list) => list.map(({ name }) => name).sort();

/** What a text matches, each once, sorted. @param {string} text @param {RegExp} pattern */
const matches = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();

/** The names in the first column of the table with that heading, without what stands in brackets. @param {string} heading */
function table(heading) {
  const start = words.indexOf(`| ${heading} |`);
  assert(start >= 0, heading);
  const rows = words.slice(start, words.indexOf("\n\n", start)).split("\n").slice(2);
  return rows.flatMap((row) => matches(row.split("|")[1], /`([\w-]+)/g)).sort();
}

/** What the page of Adam Scope uses of an element besides, and nobody else should. */
const INTERNAL = ["change", "core", "drawAt", "edit", "figure", "openingStep", "played", "plotBoxes", "plotCanvases", "rewind", "themeInForce"];

/** A figure in which everything shows: six runs with controls, at a step where their paths are long. */
const FIGURE = `${SCRIPT}<adam-scope surface="beale" lr="0.003,0.01,0.03,0.1,0.3,1" step="90" controls></adam-scope>`;

inPost("attributes, properties, methods, events", FIGURE, async (page) => {
  const there = await page.evaluate(() => {
    const { constructor } = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    /** @type {Record<string, "method" | "settable" | "readable">} */
    const members = {};
    for (const [name, { value, set }] of Object.entries(Object.getOwnPropertyDescriptors(constructor.prototype))) {
      if (name !== "constructor" && !name.endsWith("Callback")) members[name] = typeof value === "function" ? "method" : set ? "settable" : "readable";
    }
    return { attributes: /** @type {string[]} */ (Reflect.get(constructor, "observedAttributes")), members };
  });
  const keys = matches(text("www/words.js"), /"([a-z][\w-]*)",/g).filter((name) => text("README.md").includes(`| \`${name}\` |`));
  const others = table("attribute");
  // It counts at the first figure only, so that nobody has to observe it.
  assert.deepEqual([...there.attributes, "autoplay"].sort(), [...keys, ...others].sort());
  assert.deepEqual(named(manifest.attributes), [...keys, ...others].sort());

  const members = Object.keys(there.members).filter((name) => !INTERNAL.includes(name)).sort();
  assert.deepEqual([...table("property"), ...table("method")].sort(), members);
  assert.deepEqual(INTERNAL.filter((name) => !(name in there.members)), []);
  assert.deepEqual(named(manifest.members), members);
  const described = types.slice(types.indexOf("export class AdamScope"), types.indexOf("declare global"));
  assert.deepEqual(matches(described, /^ {2}(?:readonly )?(\w+)[:(]/gm).filter((name) => name !== "addEventListener"), members);
  for (const { name, kind, readonly } of manifest.members) {
    const expected = kind === "method" ? "method" : readonly ? "readable" : "settable";
    assert.equal(there.members[name], expected, name);
    assert.equal(new RegExp(`readonly ${name}:`).test(described), expected === "readable", name);
  }

  const events = matches(text("www/showing.js"), /#emit\("(\w+)"/g).map((name) => `adam-scope-${name}`);
  assert.equal(events.length, 5);
  assert.deepEqual(table("event"), events);
  assert.deepEqual(named(manifest.events), events);
  assert.deepEqual(matches(types, /"(adam-scope-\w+)": CustomEvent/g), events);
});

inPost("parts", FIGURE, async (page) => {
  const parts = await page.evaluate(() => [...(document.querySelector("adam-scope")?.shadowRoot?.querySelectorAll("[part]") ?? [])].map((element) => String(element.getAttribute("part"))));
  const there = [...new Set(parts)].sort();
  assert.deepEqual(matches(/** @type {RegExpExecArray} */ (/The parts are ([^.]*)\./.exec(words))[1], /`(\w+)`/g), there);
  assert.deepEqual(named(manifest.cssParts), there);
});

/** A value for each custom property that is not its default. @param {string} name */
function other(name) {
  if (name.endsWith("-font")) return "serif";
  if (name.endsWith("-window")) return "560px";
  return name.endsWith("-chrome") ? "700px" : "rgb(200 0 200)";
}

/**
 * What is seen of the figure, in one text: colours and families of its words, heights, pixels.
 * @param {Page} page
 */
const look = (page) =>
  page.evaluate(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector("adam-scope")?.shadowRoot);
    const styles = [".stage", ".rate", ".play", ".foot", ".foot a"].map((selector) => {
      const { color, backgroundColor, fontFamily, height } = getComputedStyle(/** @type {Element} */ (root.querySelector(selector)));
      return [color, backgroundColor, fontFamily, height];
    });
    const hashes = [...root.querySelectorAll("canvas")].map((canvas) => {
      const copy = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(canvas.width, canvas.height).getContext("2d"));
      copy.drawImage(canvas, 0, 0);
      return new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer).reduce((hash, pixel) => (Math.imul(hash, 31) + pixel) | 0, 0);
    });
    return JSON.stringify([styles, hashes]);
  });

inPost(
  "custom properties, each of which changes what is seen, and back",
  FIGURE,
  async (page) => {
    const sheets = await page.evaluate(() => (document.querySelector("adam-scope")?.shadowRoot?.adoptedStyleSheets ?? []).flatMap((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText)).join("\n"));
    const there = matches(sheets, /(--adam-scope-[\w-]+)/g);
    assert.deepEqual(named(manifest.cssProperties), there);
    const written = words.slice(words.indexOf("| custom property |"), words.indexOf("## A picture")).replace("`-middle`, `-high`", "`--adam-scope-map-middle`, `--adam-scope-map-high`");
    const runs = [2, 3, 4, 5, 6].map((run) => `--adam-scope-run-${run}`);
    assert(written.includes("`--adam-scope-run-1` to `-run-6`"));
    assert.deepEqual([...matches(written, /`(--adam-scope-[\w-]+)`/g), ...runs].sort(), there);

    const before = await look(page);
    const set = (/** @type {string} */ name, /** @type {string} */ value) => page.evaluate(([name, value]) => /** @type {AdamScope} */ (document.querySelector("adam-scope")).style.setProperty(name, value), [name, value]);
    /** The page's colours are told by a transition, and followed in the frames after it. @param {(now: string) => boolean} isRight */
    const eventually = async (isRight) => {
      for (let tries = 0; tries < 40; tries++) {
        if (isRight(await look(page))) return true;
        await page.waitForTimeout(50);
      }
      return false;
    };
    for (const name of there) {
      await set(name, other(name));
      assert(await eventually((now) => now !== before), name);
      await set(name, "");
      assert(await eventually((now) => now === before), `${name} taken back`);
    }
  },
  { viewport: { width: 1300, height: 900 } },
);
