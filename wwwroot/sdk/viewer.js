import { describePath } from './diagnostics.js';
import { Emitter } from './emitter.js';
import { Reconnecting } from './reconnecting.js';

/** Watches a room. Events: 'state', 'picture', 'detections', 'stats', 'policy', 'roomState', 'notice', 'error'. */
export class Viewer extends Emitter {
  #api;
  #hub;
  #link = null;
  #picture = null;

  constructor(api, hub, room) {
    super();
    this.#api = api;
    this.#hub = hub;
    this.room = room;
  }

  /** 'connecting', 'waiting' (nobody sends yet), 'live', 'reconnecting', 'failed' or 'closed'. */
  get state() {
    return this.#link?.state ?? 'closed';
  }

  /** What the room shows now; null while there is nothing. It changes on each reconnect. */
  get picture() {
    return this.#picture;
  }

  get peer() {
    return this.#link?.peer ?? null;
  }

  async join(options) {
    const snapshot = await this.#hub.join(this.room, options, (name, value) => this.emit(name, value));
    this.emit('roomState', snapshot.state);
  }

  /** Begins to watch, and goes on until `close`: it waits for a room that is empty and comes back after a failure. */
  start() {
    this.#link = new Reconnecting(this.#api, `whep/${encodeURIComponent(this.room)}`, (pc) => {
      pc.addTransceiver('video', { direction: 'recvonly' });
      pc.addTransceiver('audio', { direction: 'recvonly' });
    }, {
      onState: (state, error) => {
        this.emit('state', state);
        if (error) this.emit('error', error);
      },
      onStream: (stream) => this.#show(stream),
      onGone: () => this.#show(null),
    });
    this.emit('state', 'connecting');
    // What goes wrong for good is told by the events above.
    this.#link.start().catch(() => {});
  }

  diagnostics() {
    return describePath(this.peer);
  }

  async close() {
    await this.#link?.close();
    this.#show(null);
    await this.#hub.leave(this.room);
  }

  #show(picture) {
    if (this.#picture === picture) return;
    this.#picture = picture;
    this.emit('picture', picture);
  }
}
