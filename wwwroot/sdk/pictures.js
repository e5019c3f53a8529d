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
