import { inView, inWhole, pictureRect } from './geometry.js';
import { wordsOfReading } from '../../ui/reads.js';

const KEPT = 90;

/** Boxes from the hub drawn over the very frame that they were found in, matched by RTP timestamp. */
export class Overlay {
  #video;
  #canvas;
  #recent = [];
  #layers = [];
  #mirrored = false;
  boxes = false;
  current = null;

  constructor(video, canvas) {
    this.#video = video;
    this.#canvas = canvas;
    this.#listen();
    new ResizeObserver(() => this.draw()).observe(video);
  }

  set mirrored(value) {
    this.#mirrored = value;
    this.draw();
  }

  get mirrored() {
    return this.#mirrored;
  }

  /** Adds something that draws over the boxes: `paint(context, toCanvas)`. */
  addLayer(paint) {
    this.#layers.push(paint);
  }

  push(detections) {
    this.#recent.push(detections);
    if (this.#recent.length > KEPT) this.#recent.shift();
    if (!('requestVideoFrameCallback' in this.#video)) {
      this.current = detections;
      this.draw();
    }
  }

  clear() {
    this.#recent = [];
    this.current = null;
    this.draw();
  }

  /** A point of the canvas (CSS pixels) as parts of the picture, all of it, of which a part may be shown. */
  toPicture(x, y) {
    const rect = pictureRect(this.#video);
    const across = (x - rect.x) / rect.width;
    const point = { x: this.#mirrored ? 1 - across : across, y: (y - rect.y) / rect.height, width: 0, height: 0 };
    return inWhole(point, this.current?.view);
  }

  draw() {
    const ratio = devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    const context = this.#canvas.getContext('2d');
    context.scale(ratio, ratio);
    const rect = pictureRect(this.#video);
    const toCanvas = (box) => ({
      x: rect.x + (this.#mirrored ? 1 - box.x - box.width : box.x) * rect.width,
      y: rect.y + box.y * rect.height,
      width: box.width * rect.width,
      height: box.height * rect.height,
    });
    if (this.boxes && this.current) for (const object of this.current.objects) drawObject(context, object, toCanvas(object.box));
    for (const paint of this.#layers) paint(context, (box) => toCanvas(inView(box, this.current?.view)));
  }

  #listen() {
    if (!('requestVideoFrameCallback' in this.#video)) return;
    const next = (_now, metadata) => {
      this.current = this.#match(metadata.rtpTimestamp);
      this.draw();
      this.#video.requestVideoFrameCallback(next);
    };
    this.#video.requestVideoFrameCallback(next);
  }

  // The newest that is not ahead of the frame on show; RTP timestamps wrap at 2^32.
  #match(timestamp) {
    if (timestamp === undefined) return this.#recent.at(-1) ?? null;
    for (let index = this.#recent.length - 1; index >= 0; index -= 1)
      if (((timestamp - this.#recent[index].rtpTimestamp) >>> 0) < 2 ** 31) return this.#recent[index];
    return null;
  }
}

function drawObject(context, object, box) {
  const colour = object.hidden ? '#ffb020' : '#39d98a';
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.strokeRect(box.x, box.y, box.width, box.height);
  const text = `${object.class} #${object.track} ${Math.round(object.score * 100)} % ${wordsOfReading(object.attributes)}`.trimEnd();
  context.font = '600 12px system-ui, sans-serif';
  const width = context.measureText(text).width + 8;
  context.fillStyle = colour;
  context.fillRect(box.x - 1, Math.max(0, box.y - 18), width, 18);
  context.fillStyle = '#111';
  context.fillText(text, box.x + 3, Math.max(13, box.y - 5));
}
