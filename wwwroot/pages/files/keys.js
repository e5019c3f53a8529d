import { boundsOf, moved, resized } from './shapes.js';

const STEP = 0.01;
const LEAP = 0.05;
const LEAST = 0.01;
const PAN = 60;

export const KEYS = [
  ['v o b p r', 'select, oval, box, polygon, brush'],
  ['f', 'from the selected box, oval or find to the outline of what is in it'],
  ['n', 'a new shape in the middle of what is on show'],
  [', .', 'the one before, the next of what was found and drawn'],
  ['Enter', 'show or hide what is selected; end a polygon'],
  ['arrows', 'move what is selected (Shift: further, Alt: make it larger or smaller), or the picture'],
  ['Delete', 'remove what is selected'],
  ['Ctrl+Z, Ctrl+Y', 'undo, redo'],
  ['+ − 0', 'zoom in, out, fit; the wheel and two fingers do, too'],
  ['Space', 'held: drag moves the picture'],
  ['c', 'before and after'],
  ['Page up, Page down', 'the picture before, the next'],
  ['Esc', 'drop what is being drawn, select nothing'],
];

const TOOLS = { v: 'move', o: 'ellipse', b: 'rectangle', p: 'polygon', r: 'brush' };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Everything that the pen does, by keys. They work while the picture has the focus; undo and redo everywhere. */
export class Keys {
  #stage;
  #pen;
  #commands;
  #draft = null;

  /** @param {any} stage @param {any} pen @param {HTMLElement} canvas @param {Record<string, (value?: any) => void>} commands */
  constructor(stage, pen, canvas, commands) {
    this.#stage = stage;
    this.#pen = pen;
    this.#commands = commands;
    canvas.addEventListener('keydown', (event) => { if (this.#draft && this.#press(event)) event.preventDefault(); });
    canvas.addEventListener('keyup', (event) => { if (event.key === ' ') pen.pans = false; });
    canvas.addEventListener('blur', () => { pen.pans = false; });
    addEventListener('keydown', (event) => {
      const isText = event.target instanceof HTMLInputElement && event.target.type === 'text';
      if (!(event.ctrlKey || event.metaKey) || isText) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      commands[key === 'y' || event.shiftKey ? 'redo' : 'undo']();
    });
  }

  open(draft) {
    this.#draft = draft;
  }

  /** True when the key meant something. */
  #press(event) {
    if (event.ctrlKey || event.metaKey) return false;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (ARROWS[key]) this.#arrow(ARROWS[key], event);
    else if (TOOLS[key]) this.#commands.tool(TOOLS[key]);
    else if (key === 'f') this.#commands.snap();
    else if (key === 'n') this.#draft.add(this.#inTheMiddle());
    else if (key === ',' || key === '.') this.#next(key === '.' ? 1 : -1);
    else if (key === 'Enter') this.#enter();
    else if (key === 'Delete' || key === 'Backspace') this.#remove();
    else if (key === '+' || key === '=' || key === '-') this.#zoom(key === '-' ? 1 / 1.25 : 1.25);
    else if (key === '0') this.#zoom(0);
    else if (key === ' ') this.#pen.pans = true;
    else if (key === 'c') this.#commands.compare();
    else if (key === 'PageDown' || key === 'PageUp') this.#commands.page(key === 'PageDown' ? 1 : -1);
    else if (key === 'Escape') { if (!this.#pen.drop()) this.#draft.select(null); }
    else return false;
    return true;
  }

  #arrow([dx, dy], event) {
    const index = this.#draft.selected?.mark;
    const mark = this.#draft.marks.hide[index];
    if (!mark) {
      this.#stage.view.pan(-dx * PAN, -dy * PAN);
      this.#stage.redraw();
      return;
    }
    const step = event.shiftKey ? LEAP : STEP;
    if (!event.altKey) this.#draft.replace(index, moved(mark, dx * step, dy * step));
    else {
      const { x, y, width, height } = boundsOf(mark, this.#stage.view.size);
      const to = { x, y, width: Math.min(1 - x, Math.max(LEAST, width + dx * step)), height: Math.min(1 - y, Math.max(LEAST, height + dy * step)) };
      this.#draft.replace(index, resized(mark, to, this.#stage.view.size));
    }
  }

  #next(step) {
    this.#draft.selectNext(step);
    const { selected, finds, marks } = this.#draft;
    if (!selected) return;
    const box = selected.find !== undefined ? finds[selected.find].box : boundsOf(marks.hide[selected.mark], this.#stage.view.size);
    this.#stage.view.reveal(box);
    this.#stage.redraw();
    this.#commands.tell();
  }

  #enter() {
    const find = this.#draft.finds[this.#draft.selected?.find];
    if (!find) this.#pen.finish();
    else if (this.#stage.isWanted(find)) this.#draft.keep([find], !this.#draft.isKept(find));
    this.#commands.tell();
  }

  #remove() {
    if (this.#draft.selected?.mark !== undefined) this.#draft.remove(this.#draft.selected.mark);
  }

  #zoom(factor) {
    if (factor === 0) this.#stage.view.fit();
    else this.#stage.view.zoom(factor);
    this.#stage.redraw();
  }

  #inTheMiddle() {
    const { x, y } = this.#stage.view.centre;
    const half = this.#stage.view.partsOf(40);
    const box = { x: Math.max(0, x - half.x), y: Math.max(0, y - half.y), width: Math.min(1, 2 * half.x), height: Math.min(1, 2 * half.y) };
    if (this.#pen.tool === 'brush') return { shape: 'brush', points: [{ x, y }], width: this.#pen.brushWidth };
    if (this.#pen.tool === 'polygon') {
      const corner = (across, down) => ({ x: Math.min(1, box.x + across * box.width), y: Math.min(1, box.y + down * box.height) });
      return { shape: 'polygon', points: [corner(0.5, 0), corner(1, 0.35), corner(0.8, 1), corner(0.2, 1), corner(0, 0.35)] };
    }
    box.width = Math.min(box.width, 1 - box.x);
    box.height = Math.min(box.height, 1 - box.y);
    return { shape: this.#pen.tool === 'rectangle' ? 'rectangle' : 'ellipse', box };
  }
}
