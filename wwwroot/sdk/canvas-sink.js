import { drawCard } from './card.js';

/** A video track drawn on a canvas that is never on the page. */
export class CanvasSink {
  #canvas = document.createElement('canvas');
  #context;
  #video = document.createElement('video');
  #handle = 0;
  #attached = null;

  constructor({ width, height }) {
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#context = this.#canvas.getContext('2d', { alpha: false });
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.track = this.#canvas.captureStream().getVideoTracks()[0];
  }

  card(text) {
    drawCard(this.#context, text);
  }

  attach(track) {
    this.detach();
    this.#attached = track;
    this.#video.srcObject = new MediaStream([track]);
    // A play() that a later detach interrupts rejects, which is no fault.
    this.#video.play().catch(() => {});
    const draw = () => {
      if (this.#attached !== track) return;
      const { videoWidth: width, videoHeight: height } = this.#video;
      if (width > 0 && !track.muted) {
        if (this.#canvas.width !== width || this.#canvas.height !== height) {
          this.#canvas.width = width;
          this.#canvas.height = height;
        }
        this.#context.drawImage(this.#video, 0, 0);
      }
      this.#next(draw);
    };
    this.#next(draw);
  }

  detach() {
    if ('cancelVideoFrameCallback' in this.#video) this.#video.cancelVideoFrameCallback(this.#handle);
    else cancelAnimationFrame(this.#handle);
    this.#attached = null;
    this.#video.srcObject = null;
  }

  close() {
    this.detach();
    this.track.stop();
  }

  #next(draw) {
    this.#handle = 'requestVideoFrameCallback' in this.#video
      ? this.#video.requestVideoFrameCallback(draw)
      : requestAnimationFrame(draw);
  }
}
