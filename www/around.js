// What stands around the figure in the first view, in one piece, so that the figure itself comes first.
export { announce } from "./announce.js";
export { Beside } from "./beside.js";
export { buildExperiments } from "./experiments.js";
export { keepHistory } from "./history.js";
export { keepOffline } from "./offline.js";
export { buildSentence } from "./sentence.js";
export { buildShare } from "./share.js";
export { bindTransport } from "./transport.js";
export { buildValley } from "./valley.js";
export { wanted } from "./wanted.js";
