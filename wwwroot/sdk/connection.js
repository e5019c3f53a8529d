// One WebRTC connection to the server: offer by POST, answer back, ICE restart by PATCH, end by DELETE (RFC 9725).

import { LiveFaceError } from './errors.js';

const CONNECT_DEADLINE_MS = 10_000;
const RESTART_DEADLINE_MS = 5_000;
const DISCONNECT_GRACE_MS = 1_500;

/** Opens once and lives until it fails for good or is closed; `Reconnecting` makes a new one then. */
export class Connection {
  #api;
  #endpoint;
  #headers;
  #pc;
  #location = null;
  #closed = false;
  #stands = false;
  #restarting = false;
  #graceTimer = 0;

  /** `onDown(reason)` is called once, when only a new connection can help; `onShaky()` while a restart is tried. */
  constructor(api, endpoint, { onDown, onShaky, onSteady, headers = () => ({}) }) {
    this.#api = api;
    this.#endpoint = endpoint;
    this.#headers = headers;
    this.onDown = onDown;
    this.onShaky = onShaky;
    this.onSteady = onSteady;
  }

  get peer() {
    return this.#pc;
  }

  /** Negotiates. `prepare(pc)` adds the transceivers. Resolves with the stream that the server sends. */
  async open(prepare, signal) {
    const room = /(?:rooms|whep|whip)\/([^/]+)/.exec(this.#endpoint)?.[1] ?? '';
    const { iceServers } = await this.#api.json(`api/ice?room=${room}`, { signal });
    const pc = this.#pc = new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' });
    const stream = new MediaStream();
    pc.addEventListener('track', ({ track, receiver }) => {
      // The picture is only worth something now: ask the browser to hold back as little as it can.
      if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;
      stream.addTrack(track);
    });
    prepare(pc);
    await pc.setLocalDescription();
    const response = await this.#api.request(this.#endpoint, {
      method: 'POST', headers: { ...this.#headers(), 'Content-Type': 'application/sdp' }, body: pc.localDescription.sdp, signal,
    });
    this.#location = new URL(response.headers.get('Location'), response.url).href;
    const answer = await response.text();
    // The server already holds a session: if the caller has left meanwhile, it must end too.
    if (this.#closed) {
      await this.#end();
      throw new LiveFaceError('closed', 'The call was closed.', { permanent: true });
    }
    await pc.setRemoteDescription({ type: 'answer', sdp: answer });
    await this.#untilConnected(CONNECT_DEADLINE_MS);
    pc.addEventListener('connectionstatechange', () => this.#watch());
    this.#watch();
    this.#stands = true;
    return stream;
  }

  /** Changes the floor of what this connection publishes; null takes it away. Does nothing before the session stands. */
  async setFloor(floor) {
    if (!this.#location) return;
    await this.#api.json(`${this.#location}/floor`, floor ? { method: 'PUT', body: floor } : { method: 'DELETE' });
  }

  /** Ends the session on both sides. */
  async close() {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#graceTimer);
    this.#pc?.close();
    await this.#end();
  }

  /** The server stops, and another goes on: nobody waits until media is missed. One that does not stand yet fails by itself. */
  move() {
    if (this.#stands) this.#down('moving');
  }

  /** Asks the server for this session: where it is gone, a new one follows, else it goes on over a path that is looked for anew. */
  ask() {
    if (this.#stands) this.#restart();
  }

  #watch() {
    if (this.#closed) return;
    clearTimeout(this.#graceTimer);
    switch (this.#pc.connectionState) {
      case 'connected': this.onSteady(); break;
      case 'disconnected': this.#graceTimer = setTimeout(() => this.#restart(), DISCONNECT_GRACE_MS); break;
      case 'failed': this.#restart(); break;
      case 'closed': this.#down('closed'); break;
    }
  }

  async #restart() {
    if (this.#closed || this.#restarting) return;
    this.#restarting = true;
    this.onShaky();
    try {
      const pc = this.#pc;
      await pc.setLocalDescription(await pc.createOffer({ iceRestart: true }));
      const response = await this.#api.request(this.#location, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' },
        body: restartFragment(pc.localDescription.sdp),
        signal: AbortSignal.timeout(RESTART_DEADLINE_MS),
      });
      await pc.setRemoteDescription({ type: 'answer', sdp: applyFragment(pc.currentRemoteDescription.sdp, await response.text()) });
      await this.#untilConnected(RESTART_DEADLINE_MS);
      this.#restarting = false;
      if (!this.#closed) this.onSteady();
    } catch (error) {
      this.#down(error);
    }
  }

  #down(reason) {
    if (this.#closed) return;
    this.close();
    this.onDown(reason);
  }

  #untilConnected(deadline) {
    const pc = this.#pc;
    return new Promise((resolve, reject) => {
      const finish = (settle, value) => {
        clearTimeout(timer);
        pc.removeEventListener('connectionstatechange', check);
        settle(value);
      };
      const blocked = () => new LiveFaceError('media-blocked',
        'The server answers, but no media gets through: a firewall may block its UDP and TCP port for media.');
      const timer = setTimeout(() => finish(reject, blocked()), deadline);
      const check = () => {
        if (pc.connectionState === 'connected') finish(resolve);
        else if (pc.connectionState === 'failed') finish(reject, blocked());
        else if (pc.connectionState === 'closed') finish(reject, new LiveFaceError('closed', 'The call was closed.', { permanent: true }));
      };
      pc.addEventListener('connectionstatechange', check);
      check();
    });
  }

  async #end() {
    if (!this.#location) return;
    const location = this.#location;
    this.#location = null;
    try {
      await this.#api.request(location, { method: 'DELETE', keepalive: true });
    } catch {
      // The server ends a session by itself when its peer is gone.
    }
  }
}

/** The fragment that asks for an ICE restart (RFC 8840, RFC 9725 section 4.3.2). */
export function restartFragment(sdp) {
  const pick = (pattern) => pattern.exec(sdp)?.[0];
  return [pick(/^a=ice-ufrag:.*$/m), pick(/^a=ice-pwd:.*$/m), pick(/^a=group:BUNDLE.*$/m), pick(/^m=.*$/m), pick(/^a=mid:.*$/m)]
    .filter(Boolean).map((line) => line.trim()).join('\r\n') + '\r\n';
}

/** The last answer with the credentials and candidates of a fragment in place of its own. */
export function applyFragment(answer, fragment) {
  const value = (name) => new RegExp(`^a=${name}:(.*)$`, 'm').exec(fragment)?.[1].trim();
  const candidates = fragment.split(/\r?\n/).filter((line) => line.startsWith('a=candidate:'));
  const lines = answer.split(/\r?\n/).filter((line) => !candidates.length || !line.startsWith('a=candidate:'))
    .flatMap((line) => {
      if (line.startsWith('a=ice-ufrag:')) return [`a=ice-ufrag:${value('ice-ufrag')}`, ...candidates];
      if (line.startsWith('a=ice-pwd:')) return [`a=ice-pwd:${value('ice-pwd')}`];
      return [line];
    });
  return lines.join('\r\n');
}
