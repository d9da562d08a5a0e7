// For eyes of all kinds, and on paper: larger text, more space, other colours, less motion, small targets.

import assert from "node:assert/strict";
import { read, seek } from "./figure.mjs";
import { onPage } from "./on-page.mjs";

/** @import { Page } from "playwright-core" */
/** @import { AdamScope } from "../../www/element.js" */

/** Shows every part of the page once, so that all of it is there. @param {Page} page */
async function unfold(page) {
  await seek(page, 30);
  await page.click("text=More settings");
  for (const id of ["#charts", "#maps", "#inspector", "#table"]) {
    await page.locator(id).scrollIntoViewIfNeeded();
    await page.waitForTimeout(60);
  }
}

/** What is wider than the window, or cut off in a box of its own. @param {Page} page */
const cutOff = (page) =>
  page.evaluate(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector("adam-scope")?.shadowRoot);
    const all = [...document.querySelectorAll("h1, h2, p, label, button, legend, td, th"), ...root.querySelectorAll("p, b, i, .now, .verdict, .evidence, .who")];
    const seen = all.filter((element) => element.getClientRects().length > 0 && getComputedStyle(element).clipPath === "none" && !element.closest(".scroll"));
    const wide = seen.filter((element) => element.getBoundingClientRect().right > innerWidth + 1);
    const clipped = seen.filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      return (overflowX !== "visible" || overflowY !== "visible") && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
    });
    const sideways = document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [];
    return [...wide, ...clipped].map((element) => element.outerHTML.slice(0, 90)).concat(sideways);
  });

onPage("zoomed to 200 % nothing is cut off, and the clock is there", "#surface=beale", async (page) => {
  await unfold(page);
  assert.deepEqual(await cutOff(page), []);
  assert(await page.isVisible("#clock [data-act='play']"));
}, { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });

onPage("zoomed to 400 %, 320 px wide, everything is one column and nothing is cut off", "#surface=beale", async (page) => {
  await unfold(page);
  assert.deepEqual(await cutOff(page), []);
}, { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });

for (const width of [1440, 360]) {
  onPage(`at ${width} px, with the spacing of text that WCAG 1.4.12 allows a reader, nothing is cut off`, "#surface=beale", async (page) => {
    await unfold(page);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }");
      const root = /** @type {ShadowRoot} */ (document.querySelector("adam-scope")?.shadowRoot);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    });
    await page.waitForTimeout(100);
    assert.deepEqual(await cutOff(page), []);
  }, { viewport: { width, height: 900 } });
}

for (const [width, theme] of /** @type {const} */ ([[1440, "light"], [768, "dark"], [360, "light"], [360, "projector"]])) {
  onPage(`at ${width} px in ${theme} every target is at least 24 px wide and high`, `#surface=beale&theme=${theme}&schedule=piecewise&points=0:1,100:0.5`, async (page) => {
    await unfold(page);
    const small = await page.evaluate(() => {
      const root = /** @type {ShadowRoot} */ (document.querySelector("adam-scope")?.shadowRoot);
      const controls = [...document.querySelectorAll("a, button, select, input, [tabindex='0']"), ...root.querySelectorAll("button, input")];
      return controls.flatMap((control) => {
        // A box or a hidden radio is pressed by its label; a skip link is there with the focus only.
        const target = control.matches("[type='checkbox'], [type='radio']") ? (control.closest("label") ?? control) : control;
        const { width, height } = target.getBoundingClientRect();
        if (width === 0 || control.classList.contains("skip")) return [];
        return width < 23.9 || height < 23.9 ? [`${Math.round(width)} x ${Math.round(height)}: ${control.outerHTML.slice(0, 90)}`] : [];
      });
    });
    assert.deepEqual(small, []);
  }, { viewport: { width, height: 900 } });
}

onPage("who asked for less motion gets no transitions, the last step first, and a clock that plays all the same", "#surface=beale&steps=50", async (page) => {
  assert.equal(await read(page, "currentStep"), 50);
  const moving = await page.evaluate(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector("adam-scope")?.shadowRoot);
    // The probe's colour is what tells of a change of colours; nobody sees it.
    const all = [...document.querySelectorAll("*"), ...root.querySelectorAll("*:not(.probe)")];
    return all.filter((element) => parseFloat(getComputedStyle(element).transitionDuration) > 0 && getComputedStyle(element).transitionProperty !== "none").map(({ outerHTML }) => outerHTML.slice(0, 80));
  });
  assert.deepEqual(moving, []);
  await page.click("#clock [data-act='play']");
  await page.waitForFunction(() => {
    const { currentStep } = /** @type {AdamScope} */ (document.querySelector("adam-scope"));
    return currentStep > 2 && currentStep < 50;
  });
}, { reducedMotion: "reduce" });

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  onPage(`in forced colours, ${colorScheme}, words, controls and lines are the system's, and runs keep their hues`, "#surface=beale&step=75", async (page) => {
    await page.locator("#charts").scrollIntoViewIfNeeded();
    const { ink, paper, system, hues, valley } = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      const resolved = (/** @type {string} */ color) => ((probe.style.color = color), getComputedStyle(probe).color);
      const root = /** @type {ShadowRoot} */ (document.querySelector("adam-scope")?.shadowRoot);
      return {
        ink: [document.body, root.querySelector(".evidence"), document.querySelector(".chart p")].map((element) => getComputedStyle(/** @type {Element} */ (element)).color),
        paper: getComputedStyle(document.body).backgroundColor,
        system: [resolved("CanvasText"), resolved("Canvas")],
        hues: [...root.querySelectorAll(".swatch .dash")].map((line) => getComputedStyle(line).stroke),
        valley: [...document.querySelectorAll(".valley-plot .zone, .valley-plot .curve")].map((part) => getComputedStyle(part)[part.matches("path") ? "stroke" : "fill"]),
      };
    });
    assert.deepEqual([new Set([...ink, ...valley]), paper], [new Set([system[0]]), system[1]]);
    assert.equal(new Set(hues).size, 4);
  }, { forcedColors: "active", colorScheme });
}

onPage("on paper the clock and the handles are gone, the figure, the charts and the table are there, and nothing is wider than the sheet", "#surface=beale&step=200", async (page) => {
  for (const id of ["#charts", "#maps", "#inspector", "#table"]) {
    await page.locator(id).scrollIntoViewIfNeeded();
    await page.waitForTimeout(100);
  }
  await page.emulateMedia({ media: "print" });
  for (const gone of ["#clock", ".top", ".handles"]) assert(await page.isHidden(gone), gone);
  for (const there of ["h1", "#sentence", "adam-scope canvas >> nth=0", ".valley-plot .curve", ".chart canvas >> nth=0", "#table table"]) assert(await page.isVisible(there), there);
  const paper = await page.pdf({ format: "A4" });
  assert.equal(paper.subarray(0, 5).toString(), "%PDF-");
  const sheets = paper.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
  assert(sheets >= 2 && sheets <= 8, `${sheets} sheets`);
  await page.setViewportSize({ width: 794, height: 1123 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
});

onPage("a dark page is printed in ink on paper, and is dark again afterwards", "#surface=beale&theme=dark", async (page) => {
  await page.evaluate(() => {
    const seen = /** @type {string[]} */ ([]);
    Object.assign(window, { seen });
    addEventListener("beforeprint", () => seen.push(getComputedStyle(document.body).color, /** @type {AdamScope} */ (document.querySelector("adam-scope")).themeInForce));
  });
  await page.pdf({ format: "A4" });
  assert.deepEqual(await page.evaluate(() => Reflect.get(window, "seen")), ["rgb(27, 30, 36)", "light"]);
  assert.equal(await page.inputValue("#theme"), "dark");
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(237, 235, 230)");
});
