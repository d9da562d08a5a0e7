// What stands below the first view, and what a visitor takes away: all that waits for the rest of the core.
import { styleBelow } from "./below-style.js";
import { buildBest } from "./best.js";
import { buildCharts } from "./charts.js";
import { buildExport } from "./export.js";
import { buildInspector } from "./inspector.js";
import { buildMaps } from "./maps.js";
import { buildStarts } from "./starts.js";
import { buildTable } from "./table.js";

/**
 * @param {import("./explorer-core.js").ExplorerCore} core the whole of it
 * @param {import("./element.js").AdamScope} scope
 * @param {{ pool: import("./pool.js").Pool, beside: import("./beside.js").Beside, say: (message: string) => void }} tools
 */
export async function buildBelow(core, scope, { pool, beside, say }) {
  await styleBelow();
  const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const charts = buildCharts(core, scope, byId("charts"), beside);
  buildInspector(core, scope, byId("inspector"), (run) => charts.choose(run));
  buildBest(core, scope, byId("best"), pool, say);
  buildStarts(core, scope, byId("starts"), pool);
  buildMaps(core, scope, byId("maps"), pool, beside);
  buildTable(core, scope, byId("table"), say);
  buildExport(byId("export"), scope);
  beside.place();
}
