import { HANDLES, boundsOf, boxOf, handleAt, isAt, moved, pulled, resized, simplified } from './shapes.js';

const CLICK = 4;
const GRIP = 9;
const LEAST = 4;

/** Draws, moves, resizes, pans and zooms on the stage, by mouse, pen and fingers. */
export class Pen {
  #canvas;
  #stage;
  #draft = null;
  #action = null;
  #fingers = new Map();
  /** 'move', 'ellipse', 'rectangle', 'polygon' or 'brush'. */
  tool = 'ellipse';
  /** As a part of the picture's shorter side. */
  brushWidth = 0.06;
  /** While the space bar is held, dragging moves the picture. */
  pans = false;

  constructor(canvas, stage) {
    this.#canvas = canvas;
    this.#stage = stage;
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', (event) => this.#up(event));
    canvas.addEventListener('pointercancel', (event) => this.#cancel(event));
    canvas.addEventListener('dblclick', () => this.finish());
    canvas.addEventListener('wheel', (event) => {
      if (!this.#draft) return;
      event.preventDefault();
      stage.view.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.002)), event.offsetX, event.offsetY);
      stage.redraw();
    }, { passive: false });
  }

  open(draft) {
    this.#draft = draft;
    this.#action = null;
    this.#stage.pending = null;
  }

  /** Ends a polygon that is being drawn; fewer than three corners are none. */
  finish() {
    if (this.#action?.kind !== 'corners') return;
    const points = this.#action.points.filter((point, index, all) => index === 0 || Math.hypot(point.x - all[index - 1].x, point.y - all[index - 1].y) > 1e-4);
    this.drop();
    if (points.length >= 3) this.#draft.add({ shape: 'polygon', points });
  }

  /** Forgets what is being drawn. True when something was. */
  drop() {
    const was = this.#action !== null;
    this.#action = null;
    this.#stage.pending = null;
    this.#stage.redrawLines();
    return was;
  }

  #at(event) {
    return this.#stage.view.toPicture(event.offsetX, event.offsetY);
  }

  #down(event) {
    if (!this.#draft || !this.#stage.before) return;
    this.#canvas.focus({ preventScroll: true });
    this.#canvas.setPointerCapture(event.pointerId);
    this.#fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (this.#fingers.size === 2) {
      this.drop();
      this.#action = { kind: 'pinch' };
      return;
    }
    const point = this.#at(event);
    const start = { x: event.offsetX, y: event.offsetY };
    if (event.button === 1 || this.pans) this.#action = { kind: 'pan', start };
    else if (event.button !== 0) return;
    else if (this.#action?.kind === 'corners') this.#corner(event, point);
    else this.#action = this.#grip(point, start) ?? this.#begin(point, start);
  }

  /** What is under the pointer of what is selected: a handle, or the shape itself. */
  #grip(point, start) {
    const index = this.#draft.selected?.mark;
    const mark = this.#draft.marks.hide[index];
    if (!mark) return null;
    const box = boundsOf(mark, this.#stage.view.size);
    const handle = HANDLES.find((one) => {
      const at = this.#stage.view.toStage(handleAt(box, one));
      return Math.abs(at.x - start.x) <= GRIP && Math.abs(at.y - start.y) <= GRIP;
    });
    if (handle) return { kind: 'resize', index, mark, box, handle, start };
    return isAt(mark, point, { x: 0, y: 0 }, this.#stage.view.size) ? { kind: 'shift', index, mark, from: point, start } : null;
  }

  #begin(point, start) {
    if (this.tool === 'move') {
      const index = this.#markAt(point);
      if (index >= 0) {
        this.#draft.select({ mark: index });
        return { kind: 'shift', index, mark: this.#draft.marks.hide[index], from: point, start };
      }
      return { kind: 'pan', start, clicks: true };
    }
    if (this.tool === 'polygon') return { kind: 'first', from: point, start };
    if (this.tool === 'brush') return { kind: 'stroke', points: [inside(point)], from: point, start };
    return { kind: 'draw', from: point, start };
  }

  #move(event) {
    const before = this.#fingers.get(event.pointerId);
    if (before) this.#fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    const action = this.#action;
    if (!action) return;
    if (action.kind === 'pinch') this.#pinch(event.pointerId, before);
    else if (action.kind === 'corners') this.#show({ shape: 'polygon', points: [...action.points, inside(this.#at(event))] });
    else if (before) this.#drag(action, this.#at(event), { x: event.offsetX, y: event.offsetY }, before);
  }

  #drag(action, point, now, before) {
    action.moved ||= Math.hypot(now.x - action.start.x, now.y - action.start.y) > CLICK;
    if (action.kind === 'pan') {
      this.#stage.view.pan(now.x - before.x, now.y - before.y);
      this.#stage.redraw();
    } else if (!action.moved) return;
    else if (action.kind === 'draw') this.#show({ shape: this.tool, box: boxOf(action.from, point) });
    else if (action.kind === 'stroke') {
      action.points.push(inside(point));
      this.#show({ shape: 'brush', points: action.points, width: this.brushWidth });
    } else if (action.kind === 'shift') this.#show(moved(action.mark, point.x - action.from.x, point.y - action.from.y));
    else if (action.kind === 'resize')
      this.#show(resized(action.mark, pulled(action.box, action.handle, point, this.#stage.view.partsOf(LEAST)), this.#stage.view.size));
  }

  #up(event) {
    this.#fingers.delete(event.pointerId);
    const action = this.#action;
    if (!action || action.kind === 'corners') return;
    const shape = this.#stage.pending;
    if (action.kind === 'first') {
      this.#first(action);
      return;
    }
    this.#action = null;
    this.#stage.pending = null;
    if (!action.moved && action.kind !== 'pinch' && (action.kind !== 'pan' || action.clicks)) this.#click(this.#at(event));
    else if (action.kind === 'stroke') this.#draft.add({ ...shape, points: simplified(shape.points, 0.002) });
    else if (action.kind === 'draw' && shape) {
      const least = this.#stage.view.partsOf(LEAST);
      if (shape.box.width >= least.x && shape.box.height >= least.y) this.#draft.add(shape);
    } else if (shape && (action.kind === 'shift' || action.kind === 'resize')) this.#draft.replace(action.index, shape);
    this.#stage.redrawLines();
  }

  #cancel(event) {
    this.#fingers.delete(event.pointerId);
    this.drop();
  }

  /** The first press with the polygon's tool: on something it selects, elsewhere it sets a corner. */
  #first(action) {
    this.#action = null;
    if (!action.moved && this.#click(action.from)) return;
    this.#action = { kind: 'corners', points: [inside(action.from)] };
  }

  #corner(event, point) {
    const action = this.#action;
    const first = this.#stage.view.toStage(action.points[0]);
    if (action.points.length >= 3 && Math.hypot(first.x - event.offsetX, first.y - event.offsetY) <= GRIP) this.finish();
    else action.points.push(inside(point));
  }

  /** A press without a drag: on a drawn shape it selects, on a find it switches. False where nothing is. */
  #click(point) {
    const mark = this.#markAt(point);
    const find = this.#findAt(point);
    if (mark >= 0) this.#draft.select({ mark });
    else if (find >= 0) {
      this.#draft.select({ find });
      const found = this.#draft.finds[find];
      if (this.#stage.isWanted(found)) this.#draft.keep([found], !this.#draft.isKept(found));
    } else this.#draft.select(null);
    return mark >= 0 || find >= 0;
  }

  #markAt(point) {
    const slack = this.#stage.view.partsOf(3);
    return this.#draft.marks.hide.findLastIndex((mark) => isAt(mark, point, slack, this.#stage.view.size));
  }

  /** The smallest find here: a face before the person whose it is. */
  #findAt(point) {
    let best = -1;
    this.#draft.finds.forEach(({ box }, index) => {
      const over = point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height;
      const area = ({ box: one }) => one.width * one.height;
      if (over && (best < 0 || area(this.#draft.finds[index]) < area(this.#draft.finds[best]))) best = index;
    });
    return best;
  }

  #pinch(id, before) {
    if (this.#fingers.size !== 2 || !before) return;
    const now = this.#fingers.get(id);
    const [, other] = [...this.#fingers].find(([one]) => one !== id);
    const far = (a, b) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
    this.#stage.view.zoom(far(now, other) / far(before, other), (now.x + other.x) / 2, (now.y + other.y) / 2);
    this.#stage.view.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    this.#stage.redraw();
  }

  #show(shape) {
    this.#stage.pending = shape;
    this.#stage.redrawPending();
  }
}

const inside = ({ x, y }) => ({ x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) });
