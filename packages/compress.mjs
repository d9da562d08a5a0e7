// Writes every file of the site that shrinks a second and a third time, as gzip and as Brotli: `node compress.mjs FOLDER`.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = /\.(html|js|css|svg|json|webmanifest|wasm|txt)$/;

const site = process.argv[2];
for (const entry of readdirSync(site, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  // A package is not served.
  if (!entry.isFile() || !TEXT.test(file) || relative(site, file).startsWith("npm")) continue;
  const bytes = readFileSync(file);
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, brotli));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}
