/**
 * Asks the server what is in a picture.
 * @param {import('./api.js').Api} api
 * @param {Blob} picture JPEG, PNG or WebP
 * @param {{ models?: string[], preset?: string, room?: string, look?: 'thorough' | 'quick', signal?: AbortSignal }} options
 */
export async function detect(api, picture, { models, preset, room, look, signal } = {}) {
  const query = new URLSearchParams();
  if (models) query.set('models', models.join(','));
  if (preset) query.set('preset', preset);
  if (room) query.set('room', room);
  if (look) query.set('look', look);
  const response = await api.request(`api/detect?${query}`, {
    method: 'POST', headers: { 'Content-Type': picture.type || 'image/jpeg' }, body: picture, signal,
  });
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
