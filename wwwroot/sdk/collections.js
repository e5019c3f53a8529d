const pathOf = (name, rest = '') => `api/collections/${encodeURIComponent(name)}${rest}`;

function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
  return given.length ? `?${new URLSearchParams(given)}` : '';
}

/**
 * Makes a collection: of pictures, or of vectors of so many numbers.
 * @param {import('./api.js').Api} api
 * @param {string} name
 * @param {{ dimensions?: number, signal?: AbortSignal }} options
 */
export function makeCollection(api, name, { dimensions, signal } = {}) {
  return api.json(pathOf(name), { method: 'PUT', body: { dimensions }, signal });
}

/**
 * Adds an item, or replaces it: a picture (a Blob), whose main object counts and which is not kept, or a vector.
 * @param {import('./api.js').Api} api
 * @param {string} name
 * @param {string} id
 * @param {Blob | number[]} what
 * @param {{ metadata?: Record<string, string | number | boolean>, signal?: AbortSignal }} options
 */
export async function putItem(api, name, id, what, { metadata, signal } = {}) {
  const item = `/items/${encodeURIComponent(id)}`;
  if (Array.isArray(what)) return api.json(pathOf(name, item), { method: 'PUT', body: { vector: what, metadata }, signal });
  const response = await api.request(pathOf(name, item + query({ metadata })), { method: 'PUT', headers: { 'Content-Type': what.type }, body: what, signal });
  return response.json();
}

/**
 * The items nearest to the main object of a picture (a Blob), or to a vector.
 * @param {import('./api.js').Api} api
 * @param {string} name
 * @param {Blob | number[]} what
 * @param {{ count?: number, filter?: Record<string, unknown>, signal?: AbortSignal }} options
 */
export async function search(api, name, what, { count, filter, signal } = {}) {
  if (Array.isArray(what)) return api.json(pathOf(name, '/search'), { method: 'POST', body: { vector: what, count, filter }, signal });
  const response = await api.request(pathOf(name, `/search${query({ count, filter })}`), { method: 'POST', headers: { 'Content-Type': what.type }, body: what, signal });
  return response.json();
}

/**
 * Deletes an item, or without an id the whole collection.
 * @param {import('./api.js').Api} api
 * @param {string} name
 * @param {{ id?: string, signal?: AbortSignal }} options
 */
export function removeFromCollection(api, name, { id, signal } = {}) {
  return api.json(pathOf(name, id === undefined ? '' : `/items/${encodeURIComponent(id)}`), { method: 'DELETE', signal });
}
