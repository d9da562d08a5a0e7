// Inside a step, for every optimizer that there is: no line is empty, and the last one is where the panel's path goes.

import assert from "node:assert/strict";
import { read, runs, seek } from "./figure.mjs";
import { onPage } from "./on-page.mjs";

/** @param {string | undefined} text */
const number = (text) => {
  const [digits, exponent = ""] = (text ?? "").replace("−", "-").replaceAll(",", "").split("×10");
  const plain = exponent.replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => (digit === "⁻" ? "-" : String("⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit))));
  return Number(exponent === "" ? digits : `${digits}e${plain}`);
};

onPage("every optimizer's lines are whole, and end at the point of the path", "#surface=beale&lr=0.01&step=12", async (page) => {
  await page.locator("#inspector").scrollIntoViewIfNeeded();
  const optimizers = await page.locator("[aria-label='Optimizer'] option").evaluateAll((all) => all.map((option) => /** @type {HTMLOptionElement} */ (option).value));
  assert.equal(optimizers.length, 15);
  for (const optimizer of optimizers) {
    await page.selectOption("[aria-label='Optimizer']", optimizer);
    for (const step of [1, 12, 200]) {
      await seek(page, step);
      await page.waitForFunction((step) => document.querySelector("#inspector-title")?.textContent === `Inside step ${step}`, step);
      const rows = await page.locator(".lines tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? "")));
      assert(rows.length >= 3, `${optimizer}: ${rows.length} lines`);
      for (const row of rows) {
        assert.equal(row.length, 4);
        assert(row.every((cell) => cell !== "") && !row.slice(2).some((cell) => /NaN|undefined|∞/.test(cell)), `${optimizer} at ${step}: ${row.join(" | ")}`);
      }
      const [{ path }] = await runs(page);
      const ends = await page.locator(".lines tr.total .fill b").allTextContents();
      for (const axis of [0, 1]) {
        const point = path[2 * step + axis];
        assert(Math.abs(number(ends[axis]) - point) <= 6e-4 * Math.abs(point), `${optimizer} at ${step}: ${ends[axis]} for ${point}`);
      }
    }
  }
  assert.match(String(await read(page, "config")), /optimizer=/);
});
