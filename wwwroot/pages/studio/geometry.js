/** Where the video's picture lies inside its element (object-fit: contain), in CSS pixels of the element. */
export function pictureRect(video) {
  const { clientWidth: width, clientHeight: height, videoWidth, videoHeight } = video;
  if (!videoWidth || !videoHeight) return { x: 0, y: 0, width, height };
  const scale = Math.min(width / videoWidth, height / videoHeight);
  const shown = { width: videoWidth * scale, height: videoHeight * scale };
  return { x: (width - shown.width) / 2, y: (height - shown.height) / 2, ...shown };
}

/** A box of the picture that is shown in the picture before, of which a part is shown; null is all of it. */
export const inWhole = (box, view) => (!view ? box : {
  x: view.x + box.x * view.width, y: view.y + box.y * view.height, width: box.width * view.width, height: box.height * view.height,
});

/** The other way round. */
export const inView = (box, view) => (!view ? box : {
  x: (box.x - view.x) / view.width, y: (box.y - view.y) / view.height, width: box.width / view.width, height: box.height / view.height,
});

/** The box that two corners span, kept inside the picture; coordinates 0 to 1. */
export function boxOf(a, b) {
  const clamp = (value) => Math.min(1, Math.max(0, value));
  const x = clamp(Math.min(a.x, b.x));
  const y = clamp(Math.min(a.y, b.y));
  return { x, y, width: clamp(Math.max(a.x, b.x)) - x, height: clamp(Math.max(a.y, b.y)) - y };
}
