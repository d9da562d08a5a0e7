// Importing the package registers <adam-scope>.
export * from "./element.js";
