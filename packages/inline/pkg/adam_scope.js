// One core for all: the one that also writes figures as text.
export * from "./picture.js";
export { default } from "./picture.js";
