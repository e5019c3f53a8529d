import { drawCard } from './card.js';

/** A generated video track: frames go from the receiver's track into it without a canvas between. */
export class GeneratorSink {
  static get supported() {
    return 'MediaStreamTrackGenerator' in globalThis && 'MediaStreamTrackProcessor' in globalThis;
  }

  #writer;
  #canvas;
  #context;
  #attached = null;

  constructor({ width, height }) {
    this.track = new MediaStreamTrackGenerator({ kind: 'video' });
    this.#writer = this.track.writable.getWriter();
    this.#canvas = new OffscreenCanvas(width, height);
    this.#context = this.#canvas.getContext('2d', { alpha: false });
  }

  card(text) {
    drawCard(this.#context, text);
    this.#write(new VideoFrame(this.#canvas, { timestamp: Math.round(performance.now() * 1000) }));
  }

  attach(track) {
    this.detach();
    // The processor ends with its track, so it reads a clone that can be stopped alone.
    const clone = this.#attached = track.clone();
    this.#pump(clone, new MediaStreamTrackProcessor({ track: clone, maxBufferSize: 1 }).readable.getReader());
  }

  detach() {
    this.#attached?.stop();
    this.#attached = null;
  }

  close() {
    this.detach();
    this.#writer.close().catch(() => {});
    this.track.stop();
  }

  async #pump(track, reader) {
    for (;;) {
      const { done, value: frame } = await reader.read();
      if (done) return;
      if (this.#attached !== track) {
        frame.close();
        continue;
      }
      if (frame.displayWidth !== this.#canvas.width || frame.displayHeight !== this.#canvas.height) {
        this.#canvas.width = frame.displayWidth;
        this.#canvas.height = frame.displayHeight;
      }
      this.#write(frame);
    }
  }

  #write(frame) {
    // A consumer that does not keep up loses frames here rather than getting them late.
    if (this.#writer.desiredSize !== null && this.#writer.desiredSize <= 0) frame.close();
    else this.#writer.write(frame).catch(() => frame.close());
  }
}
