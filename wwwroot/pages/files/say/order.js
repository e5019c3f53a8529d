import { boundsOf } from '../shapes.js';
import { isSame } from '../draft.js';

const clamp = (value) => Math.min(1, Math.max(0, value));

/**
 * What would be sent of a picture's corrections: what models found with what the person did of it, and what was drawn as boxes.
 * @returns {{ finds: any[], drawn: any[] }}
 */
export function orderOf(item, size) {
  const { hide = [], keep = [] } = item.marks ?? {};
  return {
    finds: (item.finds ?? []).map(({ model, class: name, score, box }) => (
      { model, class: name, score, box, said: keep.some((one) => isSame(one, { model, box })) ? 'shown' : 'right' })),
    drawn: hide.map((mark) => ({ class: mark.class ?? 'face', box: inside(boundsOf(mark, size)) })).filter(({ box }) => box.width > 0 && box.height > 0),
  };
}

/**
 * The same of one picture of a film, of its tracks there. A box that was followed to it counts as found: whoever sends it has looked.
 * @returns {{ finds: any[], drawn: any[] }}
 */
export function orderOfFilm(tracks, number, film) {
  const here = tracks.flatMap(({ boxesFrom, boxes, ...track }) => {
    const box = boxes?.[number - boxesFrom];
    return box ? [{ ...track, byHand: box[5] === 'hand', box: partsOf(box, film) }] : [];
  }).filter(({ box }) => box.width > 0 && box.height > 0);
  return {
    finds: here.filter((one) => !one.byHand).map(({ model, class: name, score, box, kept }) => ({ model, class: name, score, box, said: kept ? 'shown' : 'right' })),
    drawn: here.filter((one) => one.byHand).map(({ class: name, box }) => ({ class: name, box })),
  };
}

const partsOf = ([left, top, right, bottom], { width, height }) => (
  inside({ x: left / width, y: top / height, width: (right - left) / width, height: (bottom - top) / height }));

function inside({ x, y, width, height }) {
  const [left, top] = [clamp(x), clamp(y)];
  return { x: left, y: top, width: clamp(x + width) - left, height: clamp(y + height) - top };
}
