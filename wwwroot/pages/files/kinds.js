// Which kind of file one is: a film goes to the server as a job, a picture is worked on at once.

const PICTURES = new Set(['image/jpeg', 'image/png', 'image/webp']);
const FILMS = /\.(mp4|m4v|mov|webm|mkv|gif|apng)$/i;
const START = 2 ** 16;

/** @param {File} file */
export const isPicture = (file) => PICTURES.has(file.type);

/** Films, and pictures that move: GIF, and PNG with frames. @param {File} file */
export async function isFilm(file) {
  if (file.type.startsWith('video/') || file.type === 'image/gif' || file.type === 'image/apng' || FILMS.test(file.name)) return true;
  return file.type === 'image/png' && isAnimated(new DataView(await file.slice(0, START).arrayBuffer()));
}

/** A PNG with frames says so in a chunk 'acTL' before the first picture's data. */
function isAnimated(bytes) {
  for (let at = 8; at + 8 <= bytes.byteLength; at += 12 + bytes.getUint32(at)) {
    const chunk = String.fromCharCode(...[4, 5, 6, 7].map((offset) => bytes.getUint8(at + offset)));
    if (chunk === 'acTL') return true;
    if (chunk === 'IDAT') return false;
  }
  return false;
}
