// Makes the recipes of examples/ with their real tools, in copies, as somebody would who follows them.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { setting } from "../browser/harness.mjs";
import { siteFolder } from "../browser/hosts.mjs";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
/** The folder in which the recipes' packages are installed; copies of the recipes lie below it, and find them. */
const tools = resolve(setting("ADAM_SCOPE_RECIPES"));

/**
 * A fresh copy of a recipe, with the still picture that it names, made by the command line.
 * @param {string} name
 * @param {string} picture its path in the recipe
 */
export function copyOf(name, picture = "figure.svg") {
  const folder = join(tools, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(examples, name), folder, { recursive: true });
  mkdirSync(dirname(join(folder, picture)), { recursive: true });
  const words = ["figure", "surface=beale&lr=0.01,0.1,1", "--width", "680", "--height", "400", "-o", join(folder, picture)];
  execFileSync(setting("ADAM_SCOPE_BIN"), words);
  return folder;
}

/**
 * Uploads the site, without what is not for visitors, into the folder.
 * @param {string} folder
 */
export function uploadSite(folder) {
  cpSync(siteFolder, folder, {
    recursive: true,
    filter: (file) => ![join(siteFolder, "npm"), join(siteFolder, "examples")].includes(file) && ![".br", ".gz"].includes(extname(file)),
  });
}

/**
 * Runs a program in the folder; what it says is shown where it fails.
 * @param {string} folder
 * @param {string} program
 * @param {string[]} words
 */
export function run(folder, program, words) {
  try {
    execFileSync(program, words, { cwd: folder, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout: string, stderr: string }} */ (error);
    throw new Error(`${program} ${words.join(" ")} failed:\n${stdout}${stderr}`);
  }
}

/**
 * Runs a program of one of the recipes' packages.
 * @param {string} folder
 * @param {string} file the program's, in its package
 * @param {string[]} words
 */
export const runPackaged = (folder, file, words) => run(folder, "node", [join(tools, "node_modules", file), ...words]);

/** The npm package, packed. @type {string | undefined} */
let tarball;

/**
 * Installs the npm package from its tarball.
 * @param {string} folder
 */
export function installPackage(folder) {
  tarball ??= join(tools, execFileSync("npm", ["pack", join(siteFolder, "npm"), "--silent"], { cwd: tools, encoding: "utf8" }).trim());
  run(folder, "npm", ["install", "--offline", "--no-audit", "--no-fund", tarball]);
}
