// The SignalR side: one connection for all rooms of a page, joined again after each reconnect.

import '../lib/signalr.js';
import { LiveFaceError, fromHub } from './errors.js';

const EVENTS = ['detections', 'stats', 'policy', 'roomState', 'notice'];
const LONGEST_PAUSE_MS = 8_000;

export class Hub {
  #connection;
  #rooms = new Map();
  #watches = new Map();
  #started = null;
  #refusal = null;
  #closed = false;

  constructor(api) {
    const { HubConnectionBuilder, LogLevel } = globalThis.signalR;
    this.#connection = new HubConnectionBuilder()
      .withUrl(`${api.server}/hub`, { accessTokenFactory: api.key ? () => this.#ticket(api) : undefined, withCredentials: false })
      .withAutomaticReconnect({
        nextRetryDelayInMilliseconds: ({ previousRetryCount }) => Math.min(300 * 2 ** previousRetryCount, LONGEST_PAUSE_MS),
      })
      .configureLogging(LogLevel.None)
      .build();
    for (const name of EVENTS) {
      this.#connection.on(name, (value) => {
        this.#rooms.get(value.room)?.listener(name, value);
        if (name === 'roomState')
          for (const [prefix, listener] of this.#watches) if (value.room.startsWith(prefix)) listener(value);
      });
    }
    this.#connection.on('goodbye', (value) => {
      if (value.to) api.moveTo(value.to);
      this.#tellAll('goodbye', value);
    });
    this.#connection.onreconnecting(() => {
      this.#connection.baseUrl = `${api.server}/hub`;
      this.#tellAll('hub', false);
    });
    this.#connection.onreconnected(() => this.#rejoin());
    // The server ends a connection with a goodbye (it restarts, the room ended): come back like after a failure.
    this.#connection.onclose(() => {
      this.#tellAll('hub', false);
      this.#connection.baseUrl = `${api.server}/hub`;
      if (!this.#closed) this.#again(0);
    });
  }

  /** Joins a room. `listener(name, value)` gets its events. Resolves with the RoomSnapshot. */
  async join(room, options, listener) {
    this.#rooms.set(room, { options, listener });
    await this.#start();
    return this.invoke('Join', room, options);
  }

  async leave(room) {
    if (this.#rooms.delete(room) && this.#connected) await this.invoke('Leave', room).catch(() => {});
  }

  /** Tells of each room whose name begins with `prefix`. Resolves with the rooms there are. */
  async watch(prefix, listener) {
    this.#watches.set(prefix, listener);
    await this.#start();
    return this.invoke('Watch', prefix);
  }

  async invoke(method, ...values) {
    try {
      return await this.#connection.invoke(method, ...values);
    } catch (error) {
      throw fromHub(error);
    }
  }

  async close() {
    this.#closed = true;
    this.#rooms.clear();
    this.#watches.clear();
    await this.#connection.stop();
  }

  get #connected() {
    return this.#connection.state === 'Connected';
  }

  #start() {
    this.#started ??= this.#connection.start().catch((error) => {
      this.#started = null;
      throw this.#refusal ?? fromHub(error);
    });
    return this.#started;
  }

  // The hub's address gets a ticket that is good once, and never the key: addresses end up in logs.
  async #ticket(api) {
    try {
      this.#refusal = null;
      return (await api.json('api/hub-ticket', { method: 'POST' })).ticket;
    } catch (error) {
      this.#refusal = error instanceof LiveFaceError ? error : null;
      throw error;
    }
  }

  async #again(attempt) {
    try {
      await this.#connection.start();
      await this.#rejoin();
    } catch {
      if (!this.#closed) setTimeout(() => this.#again(attempt + 1), Math.min(300 * 2 ** attempt, LONGEST_PAUSE_MS));
    }
  }

  async #rejoin() {
    for (const [room, { options, listener }] of this.#rooms) {
      try {
        listener('rejoined', await this.invoke('Join', room, options));
      } catch (error) {
        listener('refused', error);
      }
    }
    for (const [prefix, listener] of this.#watches)
      for (const state of await this.invoke('Watch', prefix).catch(() => [])) listener(state);
    this.#tellAll('hub', true);
  }

  #tellAll(name, value) {
    for (const { listener } of this.#rooms.values()) listener(name, value);
  }
}
