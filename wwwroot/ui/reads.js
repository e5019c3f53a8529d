// What a model reads of the faces in a room's picture, in words for those who are in it.

/**
 * Tells it in an element, which is empty while nothing is read.
 * @param {HTMLElement} element
 * @param {{ reads?: string[] }} state of the room
 */
export function showReads(element, { reads = [] }) {
  const said = reads.length ? `A model reads the faces in this picture: ${reads.join(', ')}. Nothing of it is kept.` : '';
  if (element.textContent !== said) element.textContent = said;
}

/** What was read of one face, in a few words; empty where nothing was. */
export function wordsOfReading(attributes) {
  if (!attributes) return '';
  const { age, gender, emotion } = attributes;
  return [age && `${Math.round(age.low)}–${Math.round(age.high)}`, gender?.value, emotion?.value].filter(Boolean).join(', ');
}
