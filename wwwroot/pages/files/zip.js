// A zip file without compression, which pictures and films would gain nothing from (APPNOTE 6.3.10, method 0).

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xEDB88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x0800;
// Beyond these a zip needs its 64-bit form.
const MOST_BYTES = 0xFFFFFFFF;
const MOST_FILES = 0xFFFF;

/**
 * Writes files into one zip; names that are there already get a number.
 * @param {{ name: string, blob: Blob }[]} files
 * @returns {Promise<Blob>}
 */
export async function zip(files, now = new Date()) {
  if (files.length > MOST_FILES || files.reduce((sum, { blob }) => sum + blob.size, 0) > MOST_BYTES - 2 ** 20)
    throw new Error('That is more than one zip file takes. Download the larger ones by themselves.');
  const parts = [];
  const central = [];
  let at = 0;
  for (const { name, blob } of unique(files)) {
    const title = new TextEncoder().encode(name);
    const shared = [VERSION, UTF8, 0, ...dosTime(now)];
    const check = crc32(new Uint8Array(await blob.arrayBuffer()));
    const local = header(LOCAL, [...shared.map((value) => [value, 2]), [check, 4], [blob.size, 4], [blob.size, 4], [title.length, 2], [0, 2]]);
    parts.push(local, title, blob);
    central.push(header(CENTRAL, [[VERSION, 2], ...shared.map((value) => [value, 2]), [check, 4], [blob.size, 4], [blob.size, 4], [title.length, 2],
      [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]]), title);
    at += local.length + title.length + blob.size;
  }
  const length = central.reduce((sum, piece) => sum + piece.length, 0);
  const count = central.length / 2;
  return new Blob([...parts, ...central, header(END, [[0, 2], [0, 2], [count, 2], [count, 2], [length, 4], [at, 4], [0, 2]])], { type: 'application/zip' });
}

/** CRC-32 as zip and PNG have it. */
export function crc32(bytes) {
  let value = 0xFFFFFFFF;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xFFFFFFFF) >>> 0;
}

/** A signature and numbers, each in so many bytes, the lowest first. */
function header(signature, fields) {
  const bytes = new Uint8Array(4 + fields.reduce((sum, [, size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  let at = 4;
  for (const [value, size] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

function dosTime(date) {
  return [date.getHours() << 11 | date.getMinutes() << 5 | date.getSeconds() >> 1,
    Math.max(0, date.getFullYear() - 1980) << 9 | (date.getMonth() + 1) << 5 | date.getDate()];
}

function unique(files) {
  const taken = new Set();
  return files.map(({ name, blob }) => {
    const [, stem, end] = /^(.*?)(\.[^.]*)?$/s.exec(name);
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${stem} (${number})${end ?? ''}`;
    taken.add(free);
    return { name: free, blob };
  });
}
