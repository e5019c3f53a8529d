import { fromFetch, fromResponse } from './errors.js';

/** The server's HTTP side: one address, one key, errors in one form. */
export class Api {
  constructor(server, key) {
    this.server = new URL(server, location.href).href.replace(/\/$/, '');
    this.key = key ?? null;
  }

  /** Sends a request; an answer that is no success is thrown as a LiveFaceError. */
  async request(path, { method = 'GET', headers = {}, body, signal, keepalive } = {}) {
    const all = { ...headers };
    if (this.key) all.Authorization = `Bearer ${this.key}`;
    let response;
    try {
      response = await fetch(new URL(path, `${this.server}/`), { method, headers: all, body, signal, keepalive, cache: 'no-store' });
    } catch (error) {
      throw fromFetch(error);
    }
    if (!response.ok) throw await fromResponse(response);
    return response;
  }

  async json(path, { body, ...options } = {}) {
    const response = await this.request(path, {
      ...options,
      headers: body === undefined ? options.headers : { 'Content-Type': 'application/json', ...options.headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return response.status === 204 ? null : response.json();
  }
}
