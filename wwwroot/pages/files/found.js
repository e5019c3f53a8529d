import { byId, h } from '../../ui/dom.js';

const SIDE = 44;
const MOST_ROWS = 200;

/** What was found in the picture: by class, and each by itself with a small picture, switched between hidden and shown. */
export class FoundPanel {
  #list = byId('found');
  #title = byId('found-count');
  #choice;
  #draft = null;
  #picture = null;
  #shown = null;
  #policy = null;
  #wanted = [];

  constructor(choice) {
    this.#choice = choice;
  }

  /** @param {any} draft @param {ImageBitmap | null} picture */
  open(draft, picture) {
    this.#draft = draft;
    this.#picture = picture;
    this.#shown = null;
    this.show();
  }

  show() {
    const finds = this.#draft?.finds ?? [];
    if (this.#shown !== finds || this.#policy !== this.#choice.whole) {
      this.#shown = finds;
      this.#policy = this.#choice.whole;
      this.#wanted = finds.filter((find) => this.#choice.hides(find));
      this.#list.replaceChildren(...this.#groups(finds));
    }
    const hidden = this.#wanted.filter((find) => !this.#draft.isKept(find)).length;
    this.#title.textContent = finds.length === 0 ? '' : `${finds.length}, ${hidden} hidden`;
    this.#list.querySelectorAll('[data-find]').forEach((row) => {
      const index = Number(row.dataset.find);
      const kept = this.#draft.isKept(finds[index]);
      row.classList.toggle('selected', this.#draft.selected?.find === index);
      const button = row.querySelector('.switch');
      if (button) this.#setSwitch(button, kept);
    });
    this.#list.querySelectorAll('.all').forEach((button) => {
      const kept = this.#group(finds, button.dataset.group).every((find) => this.#draft.isKept(find));
      button.textContent = kept ? 'Hide all' : 'Show all';
    });
  }

  #groups(finds) {
    const names = [...new Set(finds.map(groupOf))];
    let room = MOST_ROWS;
    return names.flatMap((name) => {
      const group = this.#group(finds, name);
      const wanted = group.filter((find) => this.#choice.hides(find));
      const all = wanted.length > 1 && h('button', {
        type: 'button', className: 'small-text all', dataset: { group: name }, textContent: 'Show all',
        onclick: () => this.#draft.keep(wanted, !wanted.every((find) => this.#draft.isKept(find))),
      });
      const shown = group.slice(0, room);
      room -= shown.length;
      return [
        h('li', { className: 'group' }, h('span', { textContent: `${title(group[0].class)} (${group.length})` }), all),
        ...shown.map((find, index) => this.#row(find, finds.indexOf(find), index + 1)),
        shown.length < group.length && h('li', { className: 'soft', textContent: `and ${group.length - shown.length} more on the picture` }),
      ].filter(Boolean);
    });
  }

  #group(finds, name) {
    return finds.filter((find) => groupOf(find) === name);
  }

  #row(find, index, number) {
    const name = `${title(find.class)} ${number}`;
    const small = h('canvas', { width: SIDE, height: SIDE, className: 'small-picture' });
    small.setAttribute('aria-hidden', 'true');
    if (this.#picture) drawFind(small, this.#picture, find.box);
    const look = h('button', { type: 'button', className: 'look', onclick: () => this.#draft.select({ find: index }) },
      small, h('span', { textContent: `${name} ` }), h('span', { className: 'soft', textContent: percent(find.score) }));
    const control = this.#choice.hides(find)
      ? h('button', { type: 'button', className: 'switch small-text', dataset: { name }, onclick: () => this.#draft.keep([find], !this.#draft.isKept(find)) })
      : h('span', { className: 'soft', textContent: 'no rule hides it' });
    return h('li', { dataset: { find: String(index) } }, look, control);
  }

  #setSwitch(button, kept) {
    button.textContent = kept ? 'Shown' : 'Hidden';
    button.setAttribute('aria-label', `${kept ? 'Shown' : 'Hidden'}: ${button.dataset.name}`);
    button.classList.toggle('shown', kept);
  }
}

const groupOf = ({ model, class: name }) => `${model} ${name}`;
const title = (name) => name[0].toUpperCase() + name.slice(1);
const percent = (score) => `${Math.round(score * 100)} %`;

function drawFind(canvas, picture, box) {
  const [x, y, width, height] = [box.x * picture.width, box.y * picture.height, box.width * picture.width, box.height * picture.height];
  const side = Math.max(width, height) * 1.2;
  canvas.getContext('2d').drawImage(picture, x + width / 2 - side / 2, y + height / 2 - side / 2, side, side, 0, 0, SIDE, SIDE);
}
