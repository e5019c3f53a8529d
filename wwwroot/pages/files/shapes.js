// Shapes as the server takes them (docs/reference/protocol.md, Pictures): coordinates are parts of the picture, 0 to 1.

const clamp = (value, low = 0, high = 1) => Math.min(high, Math.max(low, value));

/** The box that two corners span, kept inside the picture. */
export function boxOf(a, b) {
  const x = clamp(Math.min(a.x, b.x));
  const y = clamp(Math.min(a.y, b.y));
  return { x, y, width: clamp(Math.max(a.x, b.x)) - x, height: clamp(Math.max(a.y, b.y)) - y };
}

/** Half the width of a brush, in parts of the picture's width and of its height. */
export function brushRadius(mark, size) {
  const pixels = 0.5 * mark.width * Math.min(size.width, size.height);
  return { x: pixels / size.width, y: pixels / size.height };
}

/** The box that a shape fills; `size` is the picture's, in pixels. */
export function boundsOf(mark, size) {
  if (mark.box) return mark.box;
  const xs = mark.points.map((point) => point.x);
  const ys = mark.points.map((point) => point.y);
  const room = mark.shape === 'brush' ? brushRadius(mark, size) : { x: 0, y: 0 };
  const x = Math.min(...xs) - room.x;
  const y = Math.min(...ys) - room.y;
  return { x, y, width: Math.max(...xs) + room.x - x, height: Math.max(...ys) + room.y - y };
}

/** The same shape elsewhere, inside the picture. */
export function moved(mark, dx, dy) {
  if (mark.box) {
    const { width, height } = mark.box;
    return { ...mark, box: { x: clamp(mark.box.x + dx, 0, 1 - width), y: clamp(mark.box.y + dy, 0, 1 - height), width, height } };
  }
  const [x, y] = ['x', 'y'].map((side, index) => {
    const all = mark.points.map((point) => point[side]);
    return clamp(index === 0 ? dx : dy, -Math.min(...all), 1 - Math.max(...all));
  });
  return { ...mark, points: mark.points.map((point) => ({ x: clamp(point.x + x), y: clamp(point.y + y) })) };
}

/** The same shape in another box. */
export function resized(mark, to, size) {
  if (mark.box) return { ...mark, box: to };
  const from = boundsOf(mark, size);
  const place = (value, start, length, begin, span) => clamp(begin + (length > 0 ? (value - start) / length : 0.5) * span);
  return {
    ...mark,
    points: mark.points.map((point) => ({
      x: place(point.x, from.x, from.width, to.x, to.width), y: place(point.y, from.y, from.height, to.y, to.height) })),
  };
}

/** Whether a shape, or room for a finger round it, is at this point. `slack` is in parts of the picture. */
export function isAt(mark, point, slack, size) {
  const box = boundsOf(mark, size);
  const inBox = point.x >= box.x - slack.x && point.x <= box.x + box.width + slack.x && point.y >= box.y - slack.y && point.y <= box.y + box.height + slack.y;
  if (!inBox || mark.shape !== 'brush') return inBox;
  const radius = brushRadius(mark, size);
  return mark.points.some((centre) => Math.abs(centre.x - point.x) <= radius.x + slack.x && Math.abs(centre.y - point.y) <= radius.y + slack.y);
}

/** The eight places of a box that it is resized by: -1, 0 or 1 across and down. */
export const HANDLES = [-1, 0, 1].flatMap((across) => [-1, 0, 1].map((down) => ({ across, down }))).filter(({ across, down }) => across || down);

/** Where a handle of a box is. */
export const handleAt = (box, { across, down }) => ({ x: box.x + (across + 1) / 2 * box.width, y: box.y + (down + 1) / 2 * box.height });

/** A box of which one handle was pulled to a point; it may be turned inside out, and keeps a size. */
export function pulled(box, { across, down }, point, least) {
  const [left, right] = pulledSide(box.x, box.x + box.width, across, point.x, least.x);
  const [top, bottom] = pulledSide(box.y, box.y + box.height, down, point.y, least.y);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function pulledSide(low, high, which, to, least) {
  if (which < 0) low = clamp(to);
  if (which > 0) high = clamp(to);
  if (low > high) [low, high] = [high, low];
  return high - low >= least ? [low, high] : [clamp(low, 0, 1 - least), clamp(low, 0, 1 - least) + least];
}

/** A brush's path without points that change nothing, as many at most as the server takes. */
export function simplified(points, least) {
  const kept = points.filter((point, index) => index === 0 || index === points.length - 1
    || Math.hypot(point.x - points[index - 1].x, point.y - points[index - 1].y) >= least);
  const step = Math.ceil(kept.length / 1000);
  return step > 1 ? kept.filter((_, index) => index % step === 0 || index === kept.length - 1) : kept;
}
