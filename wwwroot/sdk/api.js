import { fromFetch, fromResponse } from './errors.js';

/** The server's HTTP side: one address, one key, errors in one form. */
export class Api {
  /** Called when another node takes over. @type {Set<() => void>} */
  moved = new Set();

  constructor(server, key) {
    this.server = new URL(server, location.href).href.replace(/\/$/, '');
    this.key = key ?? null;
  }

  /** Another node of the cluster takes over. */
  moveTo(server) {
    this.server = server.replace(/\/$/, '');
    for (const tell of this.moved) tell();
  }

  /**
   * Sends a request; an answer that is no success is thrown as a LiveFaceError.
   * @param {string} path
   * @param {RequestInit & { headers?: Record<string, string> }} options
   */
  async request(path, { method = 'GET', headers = {}, body, signal, keepalive } = {}) {
    /** @type {Record<string, string>} */
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

  /**
   * The same with JSON both ways; null where nothing comes back.
   * @param {string} path
   * @param {{ body?: unknown, method?: string, headers?: Record<string, string>, signal?: AbortSignal, keepalive?: boolean }} options
   * @returns {Promise<any>}
   */
  async json(path, { body, ...options } = {}) {
    const response = await this.request(path, {
      ...options,
      headers: body === undefined ? options.headers : { 'Content-Type': 'application/json', ...options.headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return response.status === 204 ? null : response.json();
  }
}
