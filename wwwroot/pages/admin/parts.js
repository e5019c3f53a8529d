import { h } from '../../ui/dom.js';

const SURE_MS = 5000;

/** A section's frame: its title, what it is for, and its parts. */
export function part(title, lead, ...children) {
  return h('section', { className: 'part' }, h('h2', { textContent: title }), lead && h('p', { className: 'lead', textContent: lead }), ...children);
}

/** A table that scrolls by itself where the screen is narrow. Cells are texts, elements, or numbers. */
export function table(caption, columns, rows) {
  const head = h('thead', {}, h('tr', {}, columns.map((title) => h('th', { scope: 'col', textContent: title }))));
  const body = h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((cell) => (
    typeof cell === 'number' ? h('td', { className: 'number', textContent: String(cell) }) : h('td', {}, cell ?? ''))))));
  return h('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': caption }, h('table', {}, h('caption', { textContent: caption }), head, body));
}

export const nothing = (words) => h('p', { className: 'nothing', textContent: words });

/** A button for what cannot be undone to `what`: it asks once more, and goes back by itself. */
export function sureButton(title, what, action) {
  let timer = 0;
  const button = h('button', {
    type: 'button', className: 'danger small-text', textContent: title, 'aria-label': `${title}: ${what}`, onclick: async () => {
      if (!timer) {
        button.textContent = `${title}: sure?`;
        button.setAttribute('aria-label', `${title}: sure? ${what}, press again to do it`);
        timer = setTimeout(back, SURE_MS);
        return;
      }
      back();
      await action();
    },
  });
  const back = () => {
    clearTimeout(timer);
    timer = 0;
    button.textContent = title;
    button.setAttribute('aria-label', `${title}: ${what}`);
  };
  return button;
}

export const button = (title, action, className = '') => h('button', { type: 'button', textContent: title, className, onclick: action });

/** A choice in a row of filters. */
export function filter(label, options, change) {
  const select = h('select', { onchange: () => change(select.value) }, Object.entries(options).map(([id, title]) => h('option', { value: id, textContent: title })));
  return h('label', {}, h('span', { textContent: label }), select);
}

/** Buttons to go through pages. `show()` says where one is. */
export class Pager {
  element = h('div', { className: 'controls' });
  #back = button('Newer', () => this.#go(-1));
  #next = button('Older', () => this.#go(1));
  #words = h('span', { className: 'soft', role: 'status' });
  #size;
  #change;
  skip = 0;

  constructor(size, change) {
    this.#size = size;
    this.#change = change;
    this.element.append(this.#back, this.#next, this.#words);
  }

  show(total, count) {
    this.#back.disabled = this.skip === 0;
    this.#next.disabled = this.skip + count >= total;
    this.#words.textContent = total === 0 ? '' : `${this.skip + 1} to ${this.skip + count} of ${total}`;
  }

  reset() {
    this.skip = 0;
  }

  #go(step) {
    this.skip = Math.max(0, this.skip + step * this.#size);
    this.#change();
  }
}

export const when = (time) => (time ? new Date(time).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }) : '');
export const day = (time) => (time ? new Date(time).toLocaleDateString([], { dateStyle: 'medium' }) : '');

export function bytes(count) {
  if (count === null || count === undefined) return '';
  const step = count === 0 ? 0 : Math.min(3, Math.floor(Math.log2(count) / 10));
  return `${(count / 2 ** (10 * step)).toFixed(step === 0 ? 0 : 1)} ${['B', 'kB', 'MB', 'GB'][step]}`;
}

/** Hands a file to the user. */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  h('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
