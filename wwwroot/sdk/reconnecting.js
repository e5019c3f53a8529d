// Keeps a connection up: a failed one is followed by a new one, with growing pauses, until it is closed or told that
// trying again cannot help.

import { Connection } from './connection.js';
import { fromFetch } from './errors.js';

const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 8_000;

/** States: 'connecting', 'live', 'reconnecting', 'waiting' (nobody sends yet), 'failed', 'closed'. */
export class Reconnecting {
  #api;
  #endpoint;
  #prepare;
  #events;
  #connection = null;
  #abort = new AbortController();
  #state = 'connecting';
  #wake = null;

  /**
   * `events`: onState(state, error), onStream(stream) when a picture comes, onGone() when it stops, headers() for each
   * offer.
   */
  constructor(api, endpoint, prepare, events) {
    this.#api = api;
    this.#endpoint = endpoint;
    this.#prepare = prepare;
    this.#events = events;
    addEventListener('online', this.#hurry);
    addEventListener('pagehide', this.#leave);
    api.moved.add(this.#move);
  }

  get peer() {
    return this.#connection?.peer ?? null;
  }

  setFloor(floor) {
    return this.#connection?.setFloor(floor);
  }

  /** Asks whether the session is still there, without waiting until media is missed. */
  ask() {
    this.#connection?.ask();
  }

  get state() {
    return this.#state;
  }

  /** Connects; resolves at the first picture, rejects where trying again cannot help. */
  start() {
    return new Promise((resolve, reject) => this.#run(resolve, reject));
  }

  async close() {
    if (this.#state === 'closed') return;
    removeEventListener('online', this.#hurry);
    removeEventListener('pagehide', this.#leave);
    this.#api.moved.delete(this.#move);
    this.#setState('closed');
    this.#abort.abort();
    this.#wake?.();
    await this.#connection?.close();
  }

  async #run(resolve, reject) {
    let pause = FIRST_PAUSE_MS;
    while (this.#state !== 'closed') {
      try {
        const down = Promise.withResolvers ? Promise.withResolvers() : withResolvers();
        this.#connection = new Connection(this.#api, this.#endpoint, {
          headers: this.#events.headers,
          onDown: (reason) => down.resolve(reason),
          onShaky: () => { this.#events.onGone(); this.#setState('reconnecting'); },
          onSteady: () => { if (stream) { this.#events.onStream(stream); this.#setState('live'); } },
        });
        let stream = null;
        stream = await this.#connection.open(this.#prepare, this.#abort.signal);
        this.#events.onStream(stream);
        this.#setState('live');
        resolve();
        pause = FIRST_PAUSE_MS;
        await down.promise;
        this.#events.onGone();
        this.#setState('reconnecting');
      } catch (cause) {
        const error = fromFetch(cause);
        await this.#connection?.close();
        if (this.#state === 'closed') break;
        this.#events.onGone();
        if (error.permanent) {
          this.#setState('failed', error);
          reject(error);
          return;
        }
        this.#setState(error.code === 'room-empty' ? 'waiting' : 'reconnecting', error);
        await this.#sleep(error.retryAfter ?? pause * (0.75 + Math.random() / 2));
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
    reject(fromFetch(new DOMException('closed', 'AbortError')));
  }

  #setState(state, error = null) {
    if (this.#state === state || this.#state === 'closed') return;
    this.#state = state;
    this.#events.onState(state, error);
  }

  #sleep(milliseconds) {
    return new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  #hurry = () => this.#wake?.();

  #move = () => {
    this.#connection?.move();
    this.#wake?.();
  };

  #leave = () => { this.close(); };
}

function withResolvers() {
  let resolve;
  const promise = new Promise((r) => { resolve = r; });
  return { promise, resolve };
}
