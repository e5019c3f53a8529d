import { LINES, drawBoxesAlone, drawMarks, wordsOfMarks } from '../../ui/boxes.js';
import { byId, h } from '../../ui/dom.js';
import { Pager, button, bytes, day, filter, nothing, part, save, sureButton, when } from './parts.js';

const SIZE = 12;
const STATES = { waiting: 'Waiting', accepted: 'Accepted', rejected: 'Rejected', '': 'All' };
const CLASSES = ['face', 'person', 'plate', 'text', 'other'];

/** What people sent: a gallery to look, decide, export and delete. */
export class Corrections {
  static title = 'Corrections';
  #context;
  #state = 'waiting';
  #class = '';
  #list = h('ul', { className: 'gallery' });
  #empty = nothing('');
  #pager = new Pager(SIZE, () => this.show());
  #asked = 0;

  constructor(context) {
    this.#context = context;
    const look = context.mayLook
      ? 'Each look at a picture is written into the audit log, so pictures are shown when you ask for them.'
      : 'You see boxes alone: looking at pictures, deciding and exporting need a key that has the role review beside admin.';
    this.element = part('Corrections', `What people sent of their corrections on Files, with leave to keep it for a time. ${look}`,
      h('div', { className: 'filters' },
        filter('State', STATES, (value) => { this.#state = value; this.#again(); }),
        filter('With a', { '': 'any class', ...Object.fromEntries(CLASSES.map((name) => [name, name])) }, (value) => { this.#class = value; this.#again(); }),
        context.mayLook && button('Look at all of these', () => this.#lookAtAll()),
        context.mayLook && button('Export as COCO', () => this.#export('coco')),
        context.mayLook && button('Export as YOLO', () => this.#export('yolo'))),
      h('ul', { className: 'legend' }, Object.entries(LINES).map(([, { title, colour }]) => {
        const mark = h('i');
        mark.style.borderColor = colour;
        return h('li', {}, mark, title);
      })),
      this.#empty, this.#list, this.#pager.element);
  }

  async show() {
    const asked = this.#asked += 1;
    const query = new URLSearchParams({ skip: String(this.#pager.skip), limit: String(SIZE) });
    if (this.#state) query.set('state', this.#state);
    if (this.#class) query.set('class', this.#class);
    try {
      const { total, corrections } = await this.#context.api.json(`api/corrections?${query}`);
      if (asked !== this.#asked) return;
      if (corrections.length === 0 && this.#pager.skip > 0) {
        this.#again();
        return;
      }
      this.#list.replaceChildren(...corrections.map((one) => new Card(one, this.#context, () => this.show()).element));
      this.#empty.hidden = corrections.length > 0;
      this.#empty.textContent = this.#state || this.#class ? 'There is none of these.'
        : 'Nobody has sent a correction yet. People do so on Files, once they have drawn over what was missed.';
      this.#pager.show(total, corrections.length);
    } catch (error) {
      this.#context.report(error);
    }
  }

  #again() {
    this.#pager.reset();
    this.show();
  }

  #lookAtAll() {
    for (const card of this.#list.children) card.querySelector('.look-at')?.click();
  }

  async #export(format) {
    const { api, server, report } = this.#context;
    report(null);
    try {
      if (server.keyRequired) {
        const answer = await api.request(`api/corrections/export?format=${format}`);
        save(await answer.blob(), /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? `corrections-${format}.zip`);
        return;
      }
      // Where no key is needed, the browser writes it to the disk while it comes.
      const some = await api.json('api/corrections?state=accepted&limit=1');
      if (some.total === 0) throw new Error('No correction is accepted yet; accept some first.');
      h('a', { href: `/api/corrections/export?format=${format}`, download: '' }).click();
    } catch (error) {
      report(error);
    }
  }
}

class Card {
  #one;
  #context;
  #changed;
  #canvas = h('canvas', { role: 'img' });
  #decide = h('div', { className: 'controls' });

  constructor(one, context, changed) {
    this.#one = one;
    this.#context = context;
    this.#changed = changed;
    const words = wordsOfMarks(one.finds, one.drawn);
    drawBoxesAlone(this.#canvas, one.width, one.height, one.finds, one.drawn);
    this.#canvas.setAttribute('aria-label', `Boxes alone: ${words}.`);
    this.element = h('li', { className: 'card', dataset: { id: one.id, state: one.state } },
      this.#canvas,
      h('p', { textContent: `${words}. ${classesOf(one)}` }),
      h('p', { className: 'soft', textContent: `${when(one.created)}, ${one.width} × ${one.height}, ${bytes(one.bytes)}. Kept until ${day(one.expires)}.`
        + `${one.exports > 0 ? ` Exported ${one.exports === 1 ? 'once' : `${one.exports} times`}.` : ''}` }),
      this.#decide);
    this.#showControls(false);
  }

  #showControls(seen) {
    const { id, state } = this.#one;
    const name = `the correction of ${when(this.#one.created)}`;
    const decide = (title, className, next) => h('button', { type: 'button', className, textContent: title, 'aria-label': `${title} ${name}`, onclick: () => this.#set(next) });
    const controls = this.#context.mayLook ? [
      !seen && h('button', { type: 'button', className: 'look-at', textContent: 'Look at the picture', onclick: () => this.#look() }),
      seen && state !== 'accepted' && decide('Accept', 'accept', 'accepted'),
      seen && state !== 'rejected' && decide('Reject', 'reject', 'rejected'),
    ] : [];
    this.#decide.replaceChildren(...controls.filter(Boolean), sureButton('Delete for good', name, () => this.#do(() => this.#context.api.request(
      `api/corrections/${id}`, { method: 'DELETE' }))));
  }

  async #look() {
    this.#context.report(null);
    try {
      const answer = await this.#context.api.request(`api/corrections/${this.#one.id}/picture`);
      const picture = await createImageBitmap(await answer.blob());
      drawMarks(this.#canvas, picture, this.#one.finds, this.#one.drawn);
      picture.close();
      this.#canvas.setAttribute('aria-label', `The picture: ${wordsOfMarks(this.#one.finds, this.#one.drawn)}.`);
      this.#canvas.dataset.seen = 'true';
      this.#showControls(true);
      if (document.activeElement === document.body) this.#decide.querySelector('button')?.focus();
    } catch (error) {
      this.#context.report(error);
    }
  }

  #set(state) {
    return this.#do(() => this.#context.api.json(`api/corrections/${this.#one.id}/state`, { method: 'PUT', body: { state } }));
  }

  async #do(work) {
    this.#context.report(null);
    try {
      await work();
      byId('said').textContent = 'Done.';
    } catch (error) {
      this.#context.report(error);
    }
    this.#changed();
  }
}

function classesOf({ finds, drawn }) {
  const names = [...new Set([...finds, ...drawn].map((one) => one.class))];
  return names.length > 0 ? `Classes: ${names.join(', ')}.` : '';
}
