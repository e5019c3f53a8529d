// One video track that lasts as long as the call, whatever happens to the connection under it. It carries the pictures
// that the server has made safe and a plain card at every other time; the camera's own picture never comes near it.

import { CanvasSink } from './canvas-sink.js';
import { GeneratorSink } from './generator-sink.js';

const CARD_INTERVAL_MS = 200;

/** A stable, safe MediaStream: `show` feeds it from a server's stream, `cover` puts the card back. */
export class SafeOutput {
  #sink;
  #stream = new MediaStream();
  #audio = null;
  #source = null;
  #text = 'Connecting…';
  #cardTimer;

  constructor(size) {
    // A generated track goes on in a hidden tab; a canvas track, which every browser has, pauses there.
    this.#sink = GeneratorSink.supported ? new GeneratorSink(size) : new CanvasSink(size);
    this.#stream.addTrack(this.#sink.track);
    this.#sink.card(this.#text);
    // Receivers that join late need a picture to begin with, so the card is sent again and again.
    this.#cardTimer = setInterval(() => { if (!this.#showing) this.#sink.card(this.#text); }, CARD_INTERVAL_MS);
  }

  /** The stream to hand on. Its video track never changes. */
  get stream() {
    return this.#stream;
  }

  /** Covers the picture with a card until the next `show`. */
  cover(text) {
    this.#text = text;
    this.#source = null;
    this.#sink.detach();
    this.#sink.card(text);
  }

  /** Shows a video track of a connection's receiver; nothing else belongs here. */
  show(track) {
    this.#source = track;
    this.#sink.attach(track);
    const covered = () => { if (this.#source === track) this.#sink.card(this.#text); };
    track.addEventListener('mute', covered);
    track.addEventListener('ended', covered);
  }

  /** Carries this microphone beside the picture; null for none. */
  carryAudio(track) {
    if (this.#audio === track) return;
    if (this.#audio) this.#stream.removeTrack(this.#audio);
    if (track) this.#stream.addTrack(track);
    this.#audio = track;
  }

  close() {
    clearInterval(this.#cardTimer);
    this.cover('Ended');
    this.carryAudio(null);
    this.#sink.close();
  }

  get #showing() {
    return this.#source !== null && !this.#source.muted && this.#source.readyState === 'live';
  }
}
