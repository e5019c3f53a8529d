import { h } from '../../../ui/dom.js';
import { KeyBox } from './key-box.js';
import { timeOf } from './words.js';

const AHEAD = 60;
const LEAST = 6;

/** A film, picture by picture: as it would be written or as it is, with the boxes of its tracks; a box can be drawn on it. */
export class Player {
  #job = null;
  #film = { width: 16, height: 9, pictures: 1, rate: 25 };
  #number = 0;
  #raw = false;
  #stop = null;
  #boxes = null;
  #drag = null;
  #drawing = false;
  /** @type {KeyBox | null} */
  #keyBox = null;
  #kept = new Map();
  #picture = h('canvas', { className: 'film-picture' });
  #lines = h('canvas', { tabIndex: 0, className: 'film-lines', role: 'application' });
  #slider = h('input', { type: 'range', min: '0', 'aria-label': 'Picture', className: 'film-slider' });
  #time = h('output', { className: 'film-time' });
  #said;
  /** @type {(number: number) => void} */
  onmove = () => {};
  /** @type {(box: number[] | null) => void} null: it was given up */
  ondraw = () => {};
  /** @type {(track: number) => void} */
  onselect = () => {};
  selected = null;

  constructor(said) {
    this.#said = said;
    const step = (by, name) => h('button', {
      type: 'button', className: 'small', textContent: name, 'aria-label': `${Math.abs(by)} ${by < 0 ? 'back' : 'on'}`,
      onclick: () => this.go(this.#number + by),
    });
    this.element = h('div', { className: 'film-player' },
      h('div', { className: 'stage film-stage' }, this.#picture, this.#lines),
      h('div', { className: 'controls for-times' }, step(-25, '−25'), step(-1, '−1'), step(1, '+1'), step(25, '+25'), this.#slider, this.#time));
    this.#slider.addEventListener('input', () => this.go(Number(this.#slider.value)));
    this.#lines.addEventListener('keydown', (event) => {
      if (this.#drawing && this.#press(event)) {
        event.preventDefault();
        return;
      }
      const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -25, PageDown: 25 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.go(this.#number + by * (event.shiftKey ? 10 : 1));
    });
    this.#lines.addEventListener('pointerdown', (event) => this.#down(event));
    this.#lines.addEventListener('pointermove', (event) => { if (this.#drag) { this.#drag.to = this.#at(event); this.#drawLines(); } });
    this.#lines.addEventListener('pointerup', (event) => this.#up(event));
    new ResizeObserver(() => this.#drawLines()).observe(this.#lines);
  }

  get number() { return this.#number; }

  get film() { return this.#film; }

  secondsOf(number) { return number / (this.#film.rate || 25); }

  open(job, film, number = 0) {
    this.#job = job;
    this.#film = { ...film, pictures: film.pictures ?? 1 };
    this.#lines.setAttribute('aria-label', this.#film.pictures > 1 ? 'The picture of the film; arrow keys go to the next' : 'The picture');
    this.#slider.max = String(Math.max(0, this.#film.pictures - 1));
    this.#boxes = null;
    this.#kept.clear();
    this.go(number);
  }

  set raw(value) {
    this.#raw = value;
    this.refresh();
  }

  /** While on, dragging on the picture draws a box, and keys put one there. */
  set drawing(on) {
    this.#drawing = on;
    this.#keyBox = null;
    this.#lines.classList.toggle('drawing', on);
    this.#drawLines();
    if (on) this.focus();
  }

  focus() {
    this.#lines.focus();
  }

  /** Something was edited: what is on show is asked for again. */
  refresh() {
    this.#boxes = null;
    this.#kept.clear();
    this.go(this.#number);
  }

  async go(number) {
    if (!this.#job) return;
    this.#number = Math.min(this.#film.pictures - 1, Math.max(0, Math.round(number)));
    this.#slider.value = String(this.#number);
    this.#time.textContent = `${this.#number} · ${timeOf(this.secondsOf(this.#number))}`;
    this.onmove(this.#number);
    this.#stop?.abort();
    const stop = this.#stop = new AbortController();
    // What is on show is not yet what is asked for.
    this.element.setAttribute('aria-busy', 'true');
    try {
      const [picture] = await Promise.all([this.#load(this.#number, stop.signal), this.#loadBoxes(this.#number)]);
      if (stop.signal.aborted) return;
      this.#show(picture);
      this.element.setAttribute('aria-busy', 'false');
      this.#said('');
      // The next one is most often asked for next.
      if (this.#number + 1 < this.#film.pictures) this.#load(this.#number + 1, stop.signal).catch(() => {});
    } catch (error) {
      if (stop.signal.aborted) return;
      this.element.setAttribute('aria-busy', 'false');
      this.#said(error.message);
    }
  }

  #load(number, signal) {
    const key = `${number} ${this.#raw}`;
    const known = this.#kept.get(key);
    // What was on its way when another picture was asked for never comes.
    if (known && (known.done || !known.signal.aborted)) return known.asked;
    if (this.#kept.size > 12) this.#kept.delete(this.#kept.keys().next().value);
    const entry = { signal, done: false, asked: this.#job.picture(number, this.#raw, signal).then((blob) => createImageBitmap(blob)) };
    this.#kept.set(key, entry);
    entry.asked.then(() => { entry.done = true; }, () => { if (this.#kept.get(key) === entry) this.#kept.delete(key); });
    return entry.asked;
  }

  async #loadBoxes(number) {
    if (this.#boxes && number >= this.#boxes.from && number <= this.#boxes.to) return;
    const [from, to] = [Math.max(0, number - 10), Math.min(this.#film.pictures - 1, number + AHEAD)];
    this.#boxes = { from, to, tracks: await this.#job.boxes(from, to) };
  }

  #show(bitmap) {
    Object.assign(this.#picture, { width: bitmap.width, height: bitmap.height });
    this.#picture.getContext('2d').drawImage(bitmap, 0, 0);
    this.#drawLines();
  }

  /** Where the picture lies in its element, and how much smaller it is. */
  #place() {
    const { clientWidth: width, clientHeight: height } = this.#lines;
    const scale = Math.min(width / this.#film.width, height / this.#film.height) || 1;
    return { scale, x: (width - this.#film.width * scale) / 2, y: (height - this.#film.height * scale) / 2 };
  }

  #at(event) {
    const { scale, x, y } = this.#place();
    const hold = (value, most) => Math.min(most, Math.max(0, value));
    return { x: hold((event.offsetX - x) / scale, this.#film.width), y: hold((event.offsetY - y) / scale, this.#film.height) };
  }

  #boxesNow() {
    return (this.#boxes?.tracks ?? []).flatMap((track) => {
      const box = track.boxes?.[this.#number - track.boxesFrom];
      return box ? [{ track, box }] : [];
    });
  }

  #drawLines() {
    const ratio = devicePixelRatio || 1;
    Object.assign(this.#lines, { width: this.#lines.clientWidth * ratio, height: this.#lines.clientHeight * ratio });
    const context = this.#lines.getContext('2d');
    const { scale, x, y } = this.#place();
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y);
    for (const { track, box: [left, top, right, bottom] } of this.#boxesNow()) {
      context.strokeStyle = track.kept ? '#39d98a' : '#ffb020';
      context.lineWidth = (track.id === this.selected ? 4 : 2) / scale;
      context.strokeRect(left, top, right - left, bottom - top);
    }
    const drawn = this.#drag?.to ? [this.#drag.from.x, this.#drag.from.y, this.#drag.to.x, this.#drag.to.y] : this.#keyBox?.edges;
    if (!drawn) return;
    context.strokeStyle = '#4cc2ff';
    context.lineWidth = 2 / scale;
    context.strokeRect(drawn[0], drawn[1], drawn[2] - drawn[0], drawn[3] - drawn[1]);
  }

  /** A key while a box is drawn: Enter or an arrow puts one in the middle first. True when it meant something. */
  #press(event) {
    if (event.ctrlKey || event.metaKey) return false;
    const box = this.#keyBox ?? new KeyBox(this.#film);
    if (event.key === 'Escape') this.ondraw(null);
    else if (event.key === 'Enter' && this.#keyBox) this.ondraw(box.edges.map((value) => Math.round(value)));
    else if (event.key === 'Enter' || box.press(event)) this.#keyBox = box;
    else return false;
    this.#drawLines();
    return true;
  }

  #down(event) {
    this.#lines.focus({ preventScroll: true });
    const from = this.#at(event);
    if (this.#drawing) {
      this.#lines.setPointerCapture(event.pointerId);
      this.#keyBox = null;
      this.#drag = { from, to: null };
      return;
    }
    const hit = this.#boxesNow().find(({ box: [left, top, right, bottom] }) => from.x >= left && from.x <= right && from.y >= top && from.y <= bottom);
    if (hit) this.onselect(hit.track.id);
  }

  #up(event) {
    if (!this.#drag) return;
    const { from } = this.#drag;
    const to = this.#at(event);
    this.#drag = null;
    this.#drawLines();
    const box = [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)].map((value) => Math.round(value));
    if (box[2] - box[0] >= LEAST && box[3] - box[1] >= LEAST) this.ondraw(box);
  }
}
