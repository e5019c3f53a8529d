/**
 * Whether the server takes corrections, and for how many days it keeps them.
 * @param {import('./api.js').Api} api
 * @param {{ signal?: AbortSignal }} options
 */
export function correctionTerms(api, { signal } = {}) {
  return api.json('api/corrections/terms', { signal });
}

/**
 * Sends a picture as it is, with what a person says of it, to be kept for a time. The picture goes as it is given: take what else is
 * in the file out of it before.
 * @param {import('./api.js').Api} api
 * @param {Blob} picture JPEG, PNG or WebP
 * @param {{ keepDays: number, finds?: any[], drawn?: any[], signal?: AbortSignal }} correction `keepDays` is what the person agreed to
 */
export async function sendCorrection(api, picture, { keepDays, finds = [], drawn = [], signal }) {
  const form = new FormData();
  form.set('correction', new Blob([JSON.stringify({ keepDays, finds, drawn })], { type: 'application/json' }));
  // A name of its own: that of a file may say who is in it.
  form.set('picture', picture, 'picture');
  const response = await api.request('api/corrections', { method: 'POST', body: form, signal });
  return response.json();
}

/**
 * Deletes a correction on the server, at once.
 * @param {import('./api.js').Api} api
 * @param {string} link the receipt's, or the secret at its end
 * @param {{ signal?: AbortSignal }} options
 */
export function withdrawCorrection(api, link, { signal } = {}) {
  return api.json('api/corrections/withdraw', { method: 'POST', body: { secret: link.slice(link.lastIndexOf('#') + 1) }, signal });
}

/**
 * Sends a thumb, and words.
 * @param {import('./api.js').Api} api
 * @param {{ thumb: 'up' | 'down', about?: 'picture' | 'film' | 'room' | 'watermark', words?: string, correction?: string | null }} feedback
 * @param {{ signal?: AbortSignal }} options
 */
export function sendFeedback(api, feedback, { signal } = {}) {
  return api.json('api/feedback', { method: 'POST', body: feedback, signal });
}
