// What stands around the figure, in one piece, so that the figure itself comes first.
export { announce } from "./announce.js";
export { Beside } from "./beside.js";
export { buildCharts } from "./charts.js";
export { buildExperiments } from "./experiments.js";
export { buildExport } from "./export.js";
export { keepHistory } from "./history.js";
export { buildInspector } from "./inspector.js";
export { buildMaps } from "./maps.js";
export { keepOffline } from "./offline.js";
export { Pool } from "./pool.js";
export { buildSentence } from "./sentence.js";
export { buildShare } from "./share.js";
export { buildTable } from "./table.js";
export { bindTransport } from "./transport.js";
export { buildValley } from "./valley.js";
