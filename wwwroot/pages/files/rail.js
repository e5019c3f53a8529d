import { byId, h } from '../../ui/dom.js';

const STATES = { queued: 'Waiting', working: 'Working…', done: 'Done', failed: 'Failed' };
const STEPS = { looking: 'Looking…', hiding: 'Hiding…', waiting: 'The server is busy, waiting…', unreachable: 'The server does not answer, trying again…' };
const SIDE = 56;

/** The list of files: a small picture, a name, and how far each is. */
export class Rail {
  #list = byId('items');
  #items;
  #rows = new Map();
  #drawn = new WeakMap();
  #remove;
  #retry;

  constructor(items, remove, retry) {
    this.#items = items;
    this.#remove = remove;
    this.#retry = retry;
    this.#list.addEventListener('keydown', (event) => {
      if (event.key !== 'Delete' || !event.target.closest('li')) return;
      const item = this.#items.all.find((one) => one.id === event.target.closest('li').dataset.id);
      if (item) this.#remove(item);
    });
  }

  show() {
    const { all, open } = this.#items;
    for (const id of this.#rows.keys()) if (!all.some((item) => item.id === id)) this.#rows.delete(id);
    const rows = all.map((item) => this.#rowOf(item));
    if (rows.some((row, index) => this.#list.children[index] !== row) || this.#list.children.length !== rows.length) this.#list.replaceChildren(...rows);
    for (const item of all) this.#fill(this.#rows.get(item.id), item, item === open);
  }

  #rowOf(item) {
    const known = this.#rows.get(item.id);
    if (known) return known;
    const small = h('canvas', { width: SIDE, height: SIDE, className: 'small-picture' });
    small.setAttribute('aria-hidden', 'true');
    const choose = h('button', { type: 'button', className: 'choose', onclick: () => this.#items.show(item) },
      small, h('span', { className: 'words' }, h('span', { className: 'name', textContent: item.name }), h('span', { className: 'state soft' })));
    const row = h('li', { dataset: { id: item.id } }, choose,
      h('button', { type: 'button', className: 'small again', textContent: '↻', 'aria-label': `Try ${item.name} again`, onclick: () => this.#retry(item) }),
      h('button', { type: 'button', className: 'small danger', textContent: '✕', 'aria-label': `Remove ${item.name}`, onclick: () => this.#remove(item) }));
    this.#rows.set(item.id, row);
    return row;
  }

  #fill(row, item, isOpen) {
    row.dataset.state = item.state;
    const picture = item.result ?? item.blob;
    row.classList.toggle('film-row', item.kind === 'film');
    if (picture && this.#drawn.get(row) !== picture && (item.state !== 'failed' || item.retry)) {
      this.#drawn.set(row, picture);
      drawSmall(row.querySelector('canvas'), picture);
    }
    row.querySelector('.choose').setAttribute('aria-current', String(isOpen));
    const words = item.words ?? (item.state === 'failed' ? item.problem : null) ?? ((item.state === 'working' && STEPS[item.step]) || STATES[item.state]);
    const state = row.querySelector('.state');
    if (state.textContent !== words) state.textContent = words;
    row.querySelector('.again').hidden = item.state !== 'failed' || !item.retry || item.kind === 'film';
  }
}

async function drawSmall(canvas, blob) {
  try {
    const picture = await createImageBitmap(blob);
    const side = Math.min(picture.width, picture.height);
    canvas.getContext('2d').drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, SIDE, SIDE);
    picture.close();
  } catch {
    // A broken file has no small picture; its state says what is wrong.
  }
}
