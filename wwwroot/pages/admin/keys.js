import { h } from '../../ui/dom.js';
import { nothing, part, sureButton, table, when } from './parts.js';

const ROLES = {
  publish: 'publish: send pictures, use Files', view: 'view: watch rooms', control: 'control: set what is hidden, share', join: 'join: take a place in a meeting',
  review: 'review: see pictures as they are', admin: 'admin: everything else',
};

/** Keys and links: made, looked at, taken back. */
export class Keys {
  static title = 'Keys and links';
  #context;
  #keys = h('div');
  #links = h('div');
  #made = h('div', { className: 'made', hidden: true });

  constructor(context) {
    this.#context = context;
    this.element = part('Keys and links', 'Keys are for people and programs that you trust with their roles; links are made from keys, with less and for a time. '
      + 'Whatever is taken back is void at once, with all that was made from it.', this.#form(), this.#made, this.#keys, this.#links);
  }

  async show() {
    const { api, report } = this.#context;
    try {
      const [keys, links] = await Promise.all([api.json('api/keys'), api.json('api/links')]);
      this.#keys.replaceChildren(keys.length === 0 ? nothing('There are no keys.') : table('Keys', ['Name', 'Roles', 'Rooms', 'Made', 'Until', ''], keys.map((key) => [
        key.name, key.roles.join(', '), h('code', { textContent: key.pattern }), when(key.created), when(key.expires) || 'it is deleted',
        sureButton('Take back', `the key ${key.name}`, () => this.#remove(`api/keys/${key.id}`)),
      ])));
      const names = new Map(keys.map((key) => [key.id, key.name]));
      const titles = ['Name', 'Kind', 'Roles', 'Rooms', 'Made from', 'Until', ''];
      this.#links.replaceChildren(links.length === 0 ? nothing('There are no links.') : table('Links and places in meetings', titles,
        links.map((link) => [
          link.name, link.kind, link.roles.join(', '), h('code', { textContent: link.pattern }), names.get(link.key) ?? link.key, when(link.expires),
          sureButton('Take back', `the link ${link.name} for ${link.pattern}`, () => this.#remove(`api/links/${link.id}`)),
        ])));
    } catch (error) {
      report(error);
    }
  }

  #form() {
    const name = h('input', { type: 'text', id: 'key-name', maxLength: 100, required: true });
    const pattern = h('input', { type: 'text', id: 'key-pattern', value: '*', required: true });
    const days = h('input', { type: 'number', id: 'key-days', min: 1, max: 3650, placeholder: 'for good' });
    const roles = Object.entries(ROLES).map(([role, title]) => [role, h('input', { type: 'checkbox', name: role }), title]);
    const submit = async (event) => {
      event.preventDefault();
      this.#context.report(null);
      try {
        const key = await this.#context.api.json('api/keys', {
          method: 'POST', body: {
            name: name.value, pattern: pattern.value, roles: roles.filter(([, box]) => box.checked).map(([role]) => role),
            expires: days.value ? new Date(Date.now() + Number(days.value) * 86_400_000).toISOString() : null,
          },
        });
        this.#showMade(key);
        name.value = '';
        await this.show();
      } catch (error) {
        this.#context.report(error);
      }
    };
    const field = (input, label) => h('div', { className: 'field' }, h('label', { for: input.id, textContent: label }), input);
    return h('details', { className: 'panel' }, h('summary', {}, h('h3', { textContent: 'Make a key' })), h('form', { className: 'make', onsubmit: submit },
      field(name, 'For whom'), field(pattern, 'Rooms'), field(days, 'Days'),
      h('fieldset', {}, h('legend', { textContent: 'What it may' }), roles.map(([, box, title]) => h('label', { className: 'check' }, box, title))),
      h('button', { type: 'submit', className: 'primary', textContent: 'Make it' })));
  }

  #showMade(key) {
    const text = h('input', { type: 'text', readOnly: true, value: key.key, id: 'made-key', onfocus: () => text.select() });
    this.#made.hidden = false;
    this.#made.replaceChildren(
      h('label', { for: 'made-key', textContent: `The key for ${key.name}. It is shown this once; the server keeps its hash alone.` }), text,
      h('button', { type: 'button', textContent: 'I have kept it', onclick: () => { this.#made.replaceChildren(); this.#made.hidden = true; } }));
    text.focus();
  }

  async #remove(path) {
    this.#context.report(null);
    try {
      await this.#context.api.request(path, { method: 'DELETE' });
    } catch (error) {
      this.#context.report(error);
    }
    await this.show();
  }
}
