import { h, toggle } from '../../../ui/dom.js';
import { Player } from './player.js';
import { Timeline } from './timeline.js';
import { timeOf } from './words.js';

/** The review of a film, or of a picture, which is a film of one picture: what was found is shown or hidden, joined, split, drawn and covered, the least certain first. */
export class Review {
  #films;
  #item = null;
  #job = null;
  #tracks = [];
  #edits = { edits: [], inForce: [], kinds: [] };
  #selected = null;
  #joins = false;
  #draws = false;
  #from = null;
  #said = h('p', { className: 'notice', role: 'alert' });
  #player = new Player((text) => { this.#said.textContent = text; });
  #timeline = new Timeline();
  #what = h('p', { className: 'soft', role: 'status' });
  #ranges = h('ul', { className: 'ranges' });
  #buttons = {};
  #kind = h('select', { 'aria-label': 'What is drawn' });
  #write = h('button', { type: 'button', className: 'primary', onclick: () => this.#films.ask(this.#item, (job) => job.render()) });
  #setDrawing;

  constructor(films) {
    this.#films = films;
    this.element = h('div', { className: 'review' }, this.#said, this.#player.element, this.#tools(), this.#what, this.#timeline.element, this.#rangeTools(), this.#ranges);
    this.#player.onmove = (number) => this.#timeline.mark(number);
    this.#player.onselect = (id) => this.#select(id, false);
    this.#player.ondraw = (box) => this.#draw(box);
    this.#timeline.onselect = (track) => this.#select(track.id, true);
    this.#timeline.onswitch = (track) => this.#edit({ [track.kept ? 'hide' : 'keep']: [track.id] });
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  /** The picture that is on show, and of which job; for who has the review open. */
  get shown() { return this.#job && { job: this.#job, number: this.#player.number, film: this.#player.film }; }

  get #isStill() { return this.#item?.job.kind === 'picture'; }

  /** Keys are for the picture from now on. */
  focus() {
    this.#player.focus();
  }

  async open(item) {
    if (this.#item === item) return;
    this.#item = item;
    this.#job = this.#films.jobOf(item);
    this.#selected = null;
    this.element.classList.toggle('still', this.#isStill);
    this.#write.textContent = this.#isStill ? 'Write the picture' : 'Write the film';
    this.#timeline.open(this.#job, item.job.film?.pictures ?? 1, this.#isStill);
    this.#player.open(this.#job, item.job.film);
    await this.#load();
  }

  #tools() {
    const button = (name, title, key, action) => (this.#buttons[name] = h('button', {
      type: 'button', textContent: title, title: key ? `${title} (${key})` : title, 'aria-keyshortcuts': key || undefined, onclick: action }));
    const raw = h('button', { type: 'button', textContent: 'As it is' });
    toggle(raw, (on) => { this.#player.raw = on; });
    const draw = button('draw', 'Draw a box', 'b', () => {});
    this.#setDrawing = toggle(draw, (on) => {
      this.#draws = this.#player.drawing = on;
      this.#tell();
    });
    return h('div', { className: 'controls', role: 'toolbar', 'aria-label': 'Review' },
      button('next', 'Next in doubt', 'd', () => this.#next()),
      button('accept', 'Hide it', 'h', () => this.#switch('hide')), button('keep', 'Show it', 's', () => this.#switch('keep')),
      button('only', 'All but this one', 'a', () => this.#selected !== null && this.#edit({ keepOnly: [this.#selected] })),
      button('split', 'Split here', 'x', () => this.#selected !== null && this.#edit({ split: { track: this.#selected, at: this.#player.number } })),
      button('join', 'Join with…', 'j', () => { this.#joins = this.#selected !== null; this.#tell(); }),
      draw, this.#kind, raw, h('span', { className: 'spring' }), button('undo', 'Undo', 'u', () => this.#undo()),
      this.#write);
  }

  #rangeTools() {
    const end = (kind, title) => h('button', { type: 'button', textContent: title, onclick: () => this.#range(kind) });
    return h('div', { className: 'controls for-times', role: 'group', 'aria-label': 'From one time to another' },
      h('button', { type: 'button', textContent: 'From here', onclick: () => { this.#from = this.#player.number; this.#tell(); } }),
      end('cover', 'to here: cover'), end('mute', 'to here: mute'), end('beep', 'to here: beep'));
  }

  async #load() {
    const job = this.#job;
    try {
      const [tracks, edits] = await Promise.all([job.tracks(), job.edits()]);
      if (job !== this.#job) return;
      this.#tracks = tracks.toSorted((a, b) => b.doubt - a.doubt);
      this.#edits = edits;
      this.#showKinds(edits.kinds);
      this.#show();
    } catch (error) {
      this.#said.textContent = error.message;
    }
  }

  /** What a drawn box can be; the first is what is looked for first. */
  #showKinds(kinds) {
    this.#kind.hidden = kinds.length < 2;
    if (this.#kind.childElementCount === kinds.length) return;
    this.#kind.replaceChildren(...kinds.map(({ model, class: index, name }) => h('option', { value: `${model} ${index}`, textContent: name })));
  }

  #show() {
    this.#timeline.show(this.#tracks, this.#selected);
    this.#player.selected = this.#selected;
    for (const name of ['accept', 'keep', 'only', 'split', 'join']) this.#buttons[name].disabled = this.#selected === null;
    // What goes by time means nothing in one picture.
    for (const name of ['split', 'join']) this.#buttons[name].hidden = this.#isStill;
    this.#buttons.undo.disabled = this.#edits.inForce.length === 0;
    this.#ranges.replaceChildren(...this.#edits.edits.filter((edit) => this.#edits.inForce.includes(edit.edit)).flatMap((edit) => {
      const kind = ['cover', 'mute', 'beep'].find((name) => edit[name]);
      return kind ? [h('li', {}, h('span', { textContent: `${kind}: ${timeOf(edit[kind].from)} to ${timeOf(edit[kind].to)}` }),
        h('button', { type: 'button', className: 'small-text', textContent: 'Take back', onclick: () => this.#edit({ undo: edit.edit }) }))] : [];
    }));
    this.#tell();
  }

  #tell() {
    const track = this.#tracks.find((one) => one.id === this.#selected);
    const shown = this.#tracks.filter((one) => one.kept).length;
    this.#what.textContent = this.#joins ? 'Now press the track that is the same person.'
      : this.#draws ? 'Drag on the picture. By keys: arrows move a box, with Alt they resize it; Enter draws it, Escape gives it up.'
      : this.#from !== null ? `From ${timeOf(this.#player.secondsOf(this.#from))}: go to the end, then press what is to happen.`
        : track ? `${track.class} ${track.id}: ${this.#isStill ? '' : `pictures ${track.first} to ${track.last}, `}${track.kept ? 'shown' : 'hidden'}.`
          : `${this.#tracks.length} ${this.#isStill ? 'finds' : 'tracks'}, ${this.#tracks.length - shown} hidden. The least certain come first.`;
  }

  #select(id, goes) {
    if (this.#joins && this.#selected !== null && id !== this.#selected) {
      this.#joins = false;
      this.#edit({ join: { track: this.#selected, with: id } });
      return;
    }
    this.#joins = false;
    this.#selected = id;
    this.#show();
    this.#timeline.reveal(id);
    const track = this.#tracks.find((one) => one.id === id);
    if (goes && track) this.#player.go(Math.floor((track.first + track.last) / 2));
    else this.#player.go(this.#player.number);
  }

  #next() {
    const index = this.#tracks.findIndex((one) => one.id === this.#selected);
    const next = this.#tracks[(index + 1) % this.#tracks.length];
    if (next) this.#select(next.id, true);
  }

  /** Says what becomes of the selected track, and goes on to the next in doubt. */
  async #switch(what) {
    const track = this.#tracks.find((one) => one.id === this.#selected);
    if (!track) return;
    if (track.kept !== (what === 'keep')) await this.#edit({ [what]: [track.id] });
    this.#next();
  }

  #draw(box) {
    this.#setDrawing(false);
    if (!box) return;
    const [model, index] = (this.#kind.value || '0 0').split(' ').map(Number);
    this.#edit({ box: { model, class: index, picture: this.#player.number, box } });
  }

  #range(kind) {
    if (this.#from === null) return;
    const [from, to] = [this.#from, this.#player.number].sort((a, b) => a - b);
    this.#from = null;
    this.#edit({ [kind]: { from: this.#player.secondsOf(from), to: this.#player.secondsOf(to + 1) } });
  }

  #undo() {
    const last = this.#edits.inForce.at(-1);
    if (last !== undefined) this.#edit({ undo: last });
  }

  async #edit(edit) {
    this.#said.textContent = '';
    try {
      await this.#job.edit(edit);
    } catch (error) {
      this.#said.textContent = error.message;
    }
    await this.#load();
    this.#player.refresh();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    const name = { d: 'next', h: 'accept', s: 'keep', a: 'only', x: 'split', j: 'join', b: 'draw', u: 'undo' }[event.key];
    if (name && !this.#buttons[name].hidden) this.#buttons[name].click();
  }
}
