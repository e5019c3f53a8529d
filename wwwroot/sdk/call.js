import { describePath } from './diagnostics.js';
import { Emitter } from './emitter.js';
import { SafeOutput } from './output.js';
import { PolicyHandle } from './policy.js';
import { Reconnecting } from './reconnecting.js';

// Longer ones do not go into a header: the room begins covered then, and gets its policy over the hub.
const LONGEST_HEADER = 8000;

const STATE_CARDS = {
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting…',
  waiting: 'Waiting…',
  failed: 'Not connected',
  closed: 'Ended',
};

/**
 * A camera that goes through the server, and what comes back. Events: 'state', 'picture', 'detections', 'stats',
 * 'policy', 'roomState', 'notice', 'error', 'sourceended'.
 */
export class Call extends Emitter {
  #api;
  #hub;
  #link = null;
  #senders = {};
  #source = null;
  #output = null;
  #picture = null;
  #state = 'idle';
  #floor = null;
  #isPublished = false;

  constructor(api, hub, room) {
    super();
    this.#api = api;
    this.#hub = hub;
    this.room = room;
    this.policy = new PolicyHandle(hub, room);
    this.roles = [];
  }

  /** 'idle', 'connecting', 'live', 'reconnecting', 'failed' or 'closed'. */
  get state() {
    return this.#state;
  }

  /** The server's own stream, for showing at once; null while there is none. It changes on each reconnect. */
  get picture() {
    return this.#picture;
  }

  /** The RTCPeerConnection in use, for statistics; null while there is none. */
  get peer() {
    return this.#link?.peer ?? null;
  }

  async join(options) {
    this.#learn(await this.#hub.join(this.room, options, (name, value) => this.#hear(name, value)));
  }

  /**
   * Sends a camera's stream through the server. Resolves, once the first connection stands, with a MediaStream whose
   * video track is safe and lasts as long as the call: at every moment it carries the server's picture or a plain card.
   * Publishing again changes the camera without a new connection.
   *
   * `policy` is what the room begins with, also after a reconnect; without it, that is what this call has set, or no less
   * than the server's default. Below `floor` nobody else goes while this call publishes. Both are policies or
   * `{ preset: 'id' }`.
   * @param {MediaStream} stream
   * @param {{ policy?: object | null, floor?: object | null }} options
   */
  async publish(stream, { policy, floor } = {}) {
    this.#adopt(stream);
    if (policy !== undefined) this.policy.wish(policy);
    if (floor !== undefined) await this.setFloor(floor);
    if (this.#link && this.#state !== 'failed') {
      await this.#swapTracks();
      return this.output;
    }
    await this.#link?.close();
    this.#link = new Reconnecting(this.#api, `api/rooms/${encodeURIComponent(this.room)}/peer`, (pc) => this.#prepare(pc), {
      onState: (state, error) => this.#setState(state, error),
      onStream: (picture) => this.#setPicture(picture),
      onGone: () => this.#setPicture(null),
      headers: () => this.#headers(),
    });
    this.#setState('connecting');
    const output = this.output;
    await this.#link.start();
    return output;
  }

  /** The safe stream, also before it is connected. Making it costs a canvas copy per frame, so it is made on demand. */
  get output() {
    if (!this.#output) {
      const { width = 640, height = 480 } = this.#source?.getVideoTracks()[0]?.getSettings() ?? {};
      this.#output = new SafeOutput({ width, height });
      this.#feedOutput();
    }
    return this.#output.stream;
  }

  /** Below this nobody else goes while this call publishes; null is no floor. Who set it may change it at any time. */
  async setFloor(floor) {
    await this.#link?.setFloor(floor);
    this.#floor = floor;
  }

  /** A link for others; see ShareLink in the protocol. */
  share(options = {}) {
    return this.#api.json(`api/rooms/${encodeURIComponent(this.room)}/share`, { method: 'POST', body: options });
  }

  /** Voids every link made for this room. */
  unshare() {
    return this.#api.json(`api/rooms/${encodeURIComponent(this.room)}/share`, { method: 'DELETE' });
  }

  /** Which way the media takes. */
  diagnostics() {
    return describePath(this.peer);
  }

  /** Stops sending and stays in the room. The camera is left to its owner. */
  async unpublish() {
    await this.#link?.close();
    this.#link = null;
    this.#setPicture(null);
    this.#setState('idle');
  }

  /** Ends everything that the call made; the camera's tracks are left to their owner. */
  async close() {
    if (this.#state === 'closed') return;
    await this.#link?.close();
    this.#setPicture(null);
    this.#setState('closed');
    this.#output?.close();
    await this.#hub.leave(this.room);
  }

  #adopt(stream) {
    this.#source = stream;
    for (const track of stream.getVideoTracks()) {
      track.contentHint = 'motion';
      track.addEventListener('ended', () => { if (this.#source === stream) this.emit('sourceended', track); });
    }
  }

  #headers() {
    const headers = {};
    const wished = this.policy.wished && headerOf(this.policy.wished);
    if (wished) headers['LiveFace-Policy'] = wished.length > LONGEST_HEADER ? 'cover-everything' : wished;
    if (this.#floor) headers['LiveFace-Floor'] = headerOf(this.#floor);
    return headers;
  }

  #prepare(pc) {
    const [video] = this.#source.getVideoTracks();
    const [audio] = this.#source.getAudioTracks();
    this.#senders = { video: pc.addTransceiver(video ?? 'video', { direction: 'sendrecv', streams: [this.#source] }).sender };
    if (audio) this.#senders.audio = pc.addTransceiver(audio, { direction: 'sendonly', streams: [this.#source] }).sender;
  }

  async #swapTracks() {
    const [video = null] = this.#source.getVideoTracks();
    const [audio = null] = this.#source.getAudioTracks();
    await this.#senders.video?.replaceTrack(video);
    await this.#senders.audio?.replaceTrack(audio);
  }

  #setPicture(picture) {
    if (this.#picture === picture) return;
    this.#picture = picture;
    this.#feedOutput();
    this.emit('picture', picture);
  }

  #feedOutput() {
    if (!this.#output) return;
    const track = this.#picture?.getVideoTracks()[0];
    this.#output.carryAudio(this.#source?.getAudioTracks()[0] ?? null);
    if (track) {
      this.#output.show(track);
    } else {
      this.#output.cover(STATE_CARDS[this.#state] ?? STATE_CARDS.connecting);
    }
  }

  #setState(state, error = null) {
    if (this.#state === state || this.#state === 'closed') return;
    this.#state = state;
    if (!this.#picture) this.#feedOutput();
    if (state === 'live' && headerOf(this.policy.wished ?? {}).length > LONGEST_HEADER) {
      this.policy.set(this.policy.wished).catch((problem) => this.emit('error', problem));
    }
    this.emit('state', state);
    if (error) this.emit('error', error);
  }

  #hear(name, value) {
    switch (name) {
      case 'policy': this.emit('policy', this.policy.learn(value.policy)); break;
      case 'rejoined': this.#learn(value); break;
      case 'refused': this.emit('error', value); break;
      case 'roomState': this.#missed(value); this.emit(name, value); break;
      default: this.emit(name, value);
    }
  }

  /** Nobody publishes any more, says the hub, while this call does: its node may have died, which the browser finds out later. */
  #missed({ publisher }) {
    if (this.#isPublished && !publisher && this.#state === 'live') this.#link?.ask();
    this.#isPublished = Boolean(publisher);
  }

  #learn(snapshot) {
    this.roles = snapshot.roles;
    this.emit('policy', this.policy.learn(snapshot.policy));
    this.emit('roomState', snapshot.state);
  }
}

/** A policy as a header carries it: JSON in ASCII. */
function headerOf({ version, ...policy }) {
  return JSON.stringify(policy).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
