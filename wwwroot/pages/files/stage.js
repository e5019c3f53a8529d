import { HANDLES, boundsOf, brushRadius, handleAt } from './shapes.js';
import { View } from './view.js';

const COLOURS = { hidden: '#ffb020', kept: '#39d98a', other: '#9aa4b2', drawn: '#4cc2ff', handle: '#ffffff' };
const HANDLE = 5;

/**
 * The picture on show: below it the pixels, before and after, redrawn when the view moves; above it what is found and drawn,
 * redrawn when something of it changes, and on top what is being pulled, redrawn as often as that moves.
 */
export class Stage {
  #pixels;
  #lines;
  #before = null;
  #after = null;
  #split = 0;
  #draft = null;
  #dirty = { pixels: false, finds: false };
  #aside = document.createElement('canvas');
  #isAside = false;
  #asked = false;
  view = new View();
  outlines = true;
  /** The shape that is being drawn. */
  pending = null;
  /** Tells whether a find is hidden by the rules. @type {(find: any) => boolean} */
  isWanted = () => true;
  /** Tells whether the picture behind has a mark in it already. @type {(mark: any) => boolean} */
  isApplied = () => true;
  /** Tells whether the picture behind shows a find already. @type {(find: any) => boolean} */
  isKeptApplied = () => true;

  constructor(pixels, lines) {
    this.#pixels = pixels;
    this.#lines = lines;
    new ResizeObserver(() => {
      this.view.resize(lines.clientWidth, lines.clientHeight);
      this.redraw();
    }).observe(lines);
  }

  get before() { return this.#before; }

  /** @param {ImageBitmap | null} before @param {any} draft */
  open(before, draft) {
    this.#before = before;
    this.#after = null;
    this.#draft = draft;
    this.pending = null;
    if (before) {
      this.view.resize(this.#lines.clientWidth, this.#lines.clientHeight);
      this.view.open(before.width, before.height);
    }
    this.redraw();
  }

  /** What the server made of it; null while nothing is known. */
  showAfter(after) {
    this.#after = after;
    this.redraw();
  }

  /** The part of the picture, from its left edge, that shows how it was: 0 to 1. */
  set split(value) {
    this.#split = value;
    this.redraw();
  }

  get split() { return this.#split; }

  /** The view or the picture changed. */
  redraw() {
    this.#dirty.pixels = true;
    this.redrawLines();
  }

  /** Only what is drawn on the picture changed. */
  redrawLines() {
    this.#dirty.finds = true;
    this.redrawPending();
  }

  /** Only the shape that is being drawn changed. */
  redrawPending() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      if (this.#dirty.pixels) this.#drawPixels();
      this.#drawLines(this.#dirty.finds);
      this.#dirty = { pixels: false, finds: false };
    });
  }

  #begin(canvas, { clientWidth, clientHeight } = canvas) {
    const ratio = devicePixelRatio || 1;
    const [width, height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, clientWidth, clientHeight);
    return context;
  }

  #drawPixels() {
    const context = this.#begin(this.#pixels);
    if (!this.#before) return;
    context.imageSmoothingEnabled = this.view.scale < 3;
    context.imageSmoothingQuality = 'high';
    const rect = this.view.rectOf({ x: 0, y: 0, width: 1, height: 1 });
    const put = (picture, from, to) => {
      context.save();
      context.beginPath();
      context.rect(rect.x + from * rect.width, rect.y, (to - from) * rect.width, rect.height);
      context.clip();
      context.drawImage(picture, rect.x, rect.y, rect.width, rect.height);
      context.restore();
    };
    const split = this.#after ? this.#split : 1;
    if (split > 0) put(this.#before, 0, split);
    if (split < 1) put(this.#after, split, 1);
    if (this.#after && split > 0 && split < 1) {
      context.fillStyle = '#ffffff';
      context.fillRect(rect.x + split * rect.width - 1, rect.y, 2, rect.height);
    }
  }

  /** While a shape is pulled, all else is drawn once, aside, and copied; it may be ten thousand boxes. */
  #drawLines(changed) {
    if (!this.pending || !this.#before) {
      this.#isAside = false;
      this.#drawFinds(this.#begin(this.#lines));
      return;
    }
    if (changed || !this.#isAside) this.#drawFinds(this.#begin(this.#aside, this.#lines));
    this.#isAside = true;
    const context = this.#begin(this.#lines);
    const { clientWidth: width, clientHeight: height } = this.#lines;
    if (width > 0 && height > 0) context.drawImage(this.#aside, 0, 0, width, height);
    this.#drawMark(context, this.pending, false, true);
  }

  #drawFinds(context) {
    if (!this.#before || !this.#draft) return;
    const { marks, finds, selected } = this.#draft;
    for (const find of finds) this.#drawFind(context, find, selected?.find !== undefined && finds[selected.find] === find);
    marks.hide.forEach((mark, index) => this.#drawMark(context, mark, selected?.mark === index));
  }

  #drawFind(context, find, selected) {
    const rect = this.view.rectOf(find.box);
    if (!this.view.shows(rect)) return;
    const kept = this.#draft.isKept(find);
    if (kept && this.#after && !this.isKeptApplied(find)) this.#showBare(context, find.box, rect);
    if (!this.outlines && !selected) return;
    const wanted = this.isWanted(find);
    context.strokeStyle = kept ? COLOURS.kept : wanted ? COLOURS.hidden : COLOURS.other;
    context.setLineDash(kept || !wanted ? [5, 4] : []);
    context.lineWidth = selected ? 3.5 : 1.5;
    if (find.outline) for (const polygon of find.outline) this.#path(context, polygon, true);
    else context.strokeRect(rect.x, rect.y, rect.width, rect.height);
    context.setLineDash([]);
  }

  // Until the server's picture is here, a find that is shown is shown from the picture as it was.
  #showBare(context, box, rect) {
    const { width, height } = this.#before;
    context.drawImage(this.#before, box.x * width, box.y * height, box.width * width, box.height * height, rect.x, rect.y, rect.width, rect.height);
  }

  #drawMark(context, mark, selected, drawing = false) {
    // What is drawn is hidden at once, in one colour, until the server's picture is here.
    const fill = drawing ? 'rgb(76 194 255 / 0.3)' : this.isApplied(mark) ? null : '#5b6472';
    context.strokeStyle = COLOURS.drawn;
    context.lineWidth = selected ? 2.5 : 1.5;
    const { x, y, width, height } = this.view.rectOf(boundsOf(mark, this.view.size));
    if (mark.shape === 'brush') this.#drawBrush(context, mark, fill ?? 'rgb(76 194 255 / 0.18)');
    else {
      context.beginPath();
      if (mark.shape === 'rectangle') context.rect(x, y, width, height);
      else if (mark.shape === 'ellipse') context.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
      else this.#path(context, mark.points, !drawing, false);
      if (fill) {
        context.fillStyle = fill;
        context.fill();
      }
      if (this.outlines || selected || drawing) context.stroke();
    }
    if (!selected) return;
    context.fillStyle = COLOURS.handle;
    context.strokeStyle = COLOURS.drawn;
    context.strokeRect(x, y, width, height);
    for (const handle of HANDLES) {
      const at = handleAt({ x, y, width, height }, handle);
      context.fillRect(at.x - HANDLE, at.y - HANDLE, 2 * HANDLE, 2 * HANDLE);
      context.strokeRect(at.x - HANDLE, at.y - HANDLE, 2 * HANDLE, 2 * HANDLE);
    }
  }

  #drawBrush(context, mark, colour) {
    const radius = brushRadius(mark, this.view.size).x * this.view.size.width * this.view.scale;
    context.lineCap = context.lineJoin = 'round';
    context.lineWidth = Math.max(1, 2 * radius);
    context.strokeStyle = colour;
    const points = mark.points.length > 1 ? mark.points : [mark.points[0], mark.points[0]];
    this.#path(context, points, false);
    context.lineWidth = 1.5;
    context.strokeStyle = COLOURS.drawn;
  }

  #path(context, points, closed, stroke = true) {
    if (stroke) context.beginPath();
    points.forEach((point, index) => {
      const { x, y } = this.view.toStage(point);
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    if (closed) context.closePath();
    if (stroke) context.stroke();
  }
}
