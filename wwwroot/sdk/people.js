/**
 * People who agreed to be left alone: those whom one may name in a room's policy, or all. An id and dates each; no server gives a picture or a face of them.
 * @param {import('./api.js').Api} api
 * @param {{ room?: string, signal?: AbortSignal }} options
 */
export function people(api, { room, signal } = {}) {
  return api.json(room === undefined ? 'api/people' : `api/rooms/${encodeURIComponent(room)}/people`, { signal });
}

/**
 * Enrols somebody who agreed to it, or takes new pictures of them. The server looks at the pictures and keeps none.
 * @param {import('./api.js').Api} api
 * @param {string} id
 * @param {Blob[]} pictures three to eight, JPEG, PNG or WebP, with the person alone in each
 * @param {{ consent: boolean, days: number, rooms?: string, signal?: AbortSignal }} person `days` and `rooms` are what the person agreed to
 */
export async function enrol(api, id, pictures, { consent, days, rooms, signal }) {
  const form = new FormData();
  form.set('person', new Blob([JSON.stringify({ consent, days, rooms })], { type: 'application/json' }));
  // A name of its own: that of a file may say who is in it.
  for (const picture of pictures) form.append('picture', picture, 'picture');
  const response = await api.request(`api/people/${encodeURIComponent(id)}`, { method: 'PUT', body: form, signal });
  return response.json();
}

/**
 * Forgets somebody, at once and in every room.
 * @param {import('./api.js').Api} api
 * @param {string} id
 * @param {{ signal?: AbortSignal }} options
 */
export function removePerson(api, id, { signal } = {}) {
  return api.json(`api/people/${encodeURIComponent(id)}`, { method: 'DELETE', signal });
}

/**
 * The same by the link of the receipt, without any key.
 * @param {import('./api.js').Api} api
 * @param {string} link the receipt's, or the secret at its end
 * @param {{ signal?: AbortSignal }} options
 */
export function withdrawPerson(api, link, { signal } = {}) {
  return api.json('api/people/withdraw', { method: 'POST', body: { secret: link.slice(link.lastIndexOf('#') + 1) }, signal });
}
