// Words in a PNG.

/** The bytes of the signature and of the header chunk, behind which other chunks may stand. */
const HEAD = 33;

/**
 * A PNG with a piece of text in it. PNG specification, third edition, 11.3.3.2.
 * @param {Blob} blob
 * @param {string} key
 * @param {string} text
 */
export async function labelled(blob, key, text) {
  const data = new TextEncoder().encode(`tEXt${key}\0${text}`);
  const chunk = new Uint8Array(data.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length - 4);
  chunk.set(data, 4);
  view.setUint32(data.length + 4, crc32(data));
  return new Blob([blob.slice(0, HEAD), chunk, blob.slice(HEAD)], { type: "image/png" });
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
