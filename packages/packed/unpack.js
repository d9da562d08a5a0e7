// A core that was packed by gzip, as if it came from a host.

/** @param {Uint8Array} bytes */
export function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": "application/wasm" } });
}
