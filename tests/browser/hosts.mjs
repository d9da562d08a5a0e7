// Hosts of the tests' own: folders served under any path, with any headers, on origins that differ by their port.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { SECURITY_POLICY } from "./harness.mjs";

/** The built site on the disk, with a closing slash. */
export const siteFolder = fileURLToPath(new URL("../../dist/", import.meta.url));

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/**
 * @typedef {{ url: string, asked: string[], close: () => Promise<void> }} Host
 */

/**
 * Serves folders, by the path under which they lie, and pages, by theirs. The policy is the strict one unless `headers`
 * hold another; "" takes it away. What is not the same for every path, `headersOf` says.
 * @param {{ folders?: Record<string, string>, pages?: Record<string, string>, headers?: Record<string, string>, headersOf?: (path: string) => Record<string, string> }} what
 * @returns {Promise<Host>}
 */
export async function openHost({ folders = {}, pages = {}, headers = {}, headersOf = () => ({}) }) {
  /** @type {string[]} */
  const asked = [];
  const all = (/** @type {string} */ path) => Object.entries({ "content-security-policy": SECURITY_POLICY, ...headers, ...headersOf(path) }).filter(([, value]) => value !== "");
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    asked.push(path);
    for (const [name, value] of all(path)) response.setHeader(name, value);
    try {
      const { type, body } = await find(path);
      response.setHeader("content-type", type);
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  /** @param {string} path */
  async function find(path) {
    if (path in pages) return { type: TYPES[".html"], body: pages[path] };
    const [prefix, folder] = Object.entries(folders).find(([prefix]) => path.startsWith(prefix)) ?? ["/", "/nowhere"];
    const inner = normalize(path.slice(prefix.length) || "index.html");
    const file = join(folder, inner.endsWith("/") ? `${inner}index.html` : inner);
    return { type: TYPES[extname(file)] ?? "application/octet-stream", body: await readFile(file) };
  }
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  // A test that fails closes nothing; what it opened must not keep the others waiting.
  server.unref();
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The rules of packages/host/_headers: a path, which may end in a star, and its headers. A line with "!" takes one back. */
function rules() {
  /** @type {[string, [string, string][]][]} */
  const all = [];
  for (const line of readFileSync(join(siteFolder, "../packages/host/_headers"), "utf8").split("\n")) {
    if (line.startsWith("/")) all.push([line.trim(), []]);
    const [, taken, name, value] = /^ {2}(! )?([^:]+)(?:: (.*))?$/.exec(line) ?? [];
    if (name) all.at(-1)?.[1].push([name.toLowerCase(), taken ? "" : value]);
  }
  return all;
}

/**
 * What a host that reads packages/host/_headers sends with a path.
 * @param {string} path
 */
export function hostedHeaders(path) {
  // Where no rule says otherwise.
  const headers = { "cache-control": "public, max-age=0, must-revalidate" };
  for (const [rule, named] of rules()) {
    if (rule.endsWith("*") ? path.startsWith(rule.slice(0, -1)) : path === rule) Object.assign(headers, Object.fromEntries(named));
  }
  return headers;
}
