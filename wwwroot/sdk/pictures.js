/**
 * Asks the server what is in a picture.
 * @param {import('./api.js').Api} api
 * @param {Blob} picture JPEG, PNG or WebP
 * @param {{ models?: string[], preset?: string, room?: string, look?: 'thorough' | 'quick',
 *   attributes?: ('age' | 'gender' | 'emotion')[], signal?: AbortSignal }} options
 */
export function detect(api, picture, { models, preset, room, look, attributes, signal } = {}) {
  const query = new URLSearchParams();
  if (models) query.set('models', models.join(','));
  if (preset) query.set('preset', preset);
  if (room) query.set('room', room);
  if (look) query.set('look', look);
  if (attributes) query.set('attributes', attributes.join(','));
  return post(api, `api/detect?${query}`, picture, signal);
}

/**
 * Asks the server for the box of a picture's main object.
 * @param {import('./api.js').Api} api
 * @param {Blob} picture JPEG, PNG or WebP
 * @param {{ signal?: AbortSignal }} options
 */
export function crop(api, picture, { signal } = {}) {
  return post(api, 'api/crop', picture, signal);
}

/**
 * Asks the server for the outline of what is in a box.
 * @param {import('./api.js').Api} api
 * @param {Blob} picture JPEG, PNG or WebP
 * @param {import('../liveface.js').Box} box in parts of the picture's width and height
 * @param {{ signal?: AbortSignal }} options
 */
export function outline(api, picture, { x, y, width, height }, { signal } = {}) {
  return post(api, `api/outline?box=${[x, y, width, height].join(',')}`, picture, signal);
}

/**
 * @param {import('./api.js').Api} api
 * @param {string} path
 * @param {Blob} picture
 * @param {AbortSignal | undefined} signal
 */
async function post(api, path, picture, signal) {
  const headers = { 'Content-Type': picture.type || 'image/jpeg' };
  const response = await api.request(path, { method: 'POST', headers, body: picture, signal });
  return response.json();
}

/**
 * Sends a picture and gets it back safe, with what a person marked in it.
 * @param {import('./api.js').Api} api
 * @param {Blob} picture JPEG, PNG or WebP
 * @param {{ preset?: string, policy?: any, marks?: any, room?: string, signal?: AbortSignal }} options
 */
export async function redact(api, picture, { preset, policy, marks, room, signal } = {}) {
  const form = new FormData();
  form.set('redaction', new Blob([JSON.stringify({ preset, policy, marks })], { type: 'application/json' }));
  form.set('picture', picture);
  const query = room ? `?room=${encodeURIComponent(room)}` : '';
  const response = await api.request(`api/redact${query}`, { method: 'POST', body: form, signal });
  return {
    picture: await response.blob(),
    found: Number(response.headers.get('LiveFace-Found')),
    kept: Number(response.headers.get('LiveFace-Kept')),
  };
}

/**
 * Sends a picture and gets it back with a mark put on: `mark`, a picture with transparency, or `text`, or a sticker of the server's.
 * @param {import('./api.js').Api} api
 * @param {Blob} picture JPEG, PNG or WebP
 * @param {{ mark?: Blob, signal?: AbortSignal, [setting: string]: any }} options the settings of a policy's watermark
 */
export async function watermark(api, picture, { mark, signal, ...settings }) {
  const form = new FormData();
  form.set('watermark', new Blob([JSON.stringify(settings)], { type: 'application/json' }));
  if (mark) form.set('mark', mark);
  form.set('picture', picture);
  const response = await api.request('api/watermark', { method: 'POST', body: form, signal });
  return response.blob();
}

/**
 * Sends a picture of one's own and gets it back without its mark, with the mask and how sure it is.
 * @param {import('./api.js').Api} api
 * @param {Blob} picture JPEG, PNG or WebP
 * @param {{ signal?: AbortSignal }} options
 */
export async function unmark(api, picture, { signal } = {}) {
  const headers = { 'Content-Type': picture.type || 'image/jpeg', Accept: 'application/json' };
  const response = await api.request('api/watermark/remove', { method: 'POST', headers, body: picture, signal });
  return response.json();
}
