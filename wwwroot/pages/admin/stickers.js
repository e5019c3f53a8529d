import { h } from '../../ui/dom.js';
import { putSticker } from '../../ui/stickers.js';
import { bytes, nothing, part, sureButton } from './parts.js';

/** The pictures that may be laid over faces. */
export class Stickers {
  static title = 'Stickers';
  #context;
  #list = h('ul', { className: 'sticker-list' });
  #empty = nothing('There are no stickers: the drawn face takes their place.');

  constructor(context) {
    this.#context = context;
    const file = h('input', {
      type: 'file', id: 'new-sticker', accept: 'image/*', onchange: async () => {
        context.report(null);
        try {
          await putSticker(context.api, file.files[0]);
          file.value = '';
        } catch (error) {
          context.report(error);
        }
        await this.show();
      },
    });
    this.element = part('Stickers', 'Pictures that rooms and Files lay over faces. Any picture will do; it is made small and square enough.',
      h('div', { className: 'filters' }, h('label', { for: 'new-sticker', textContent: 'Add a picture' }), file), this.#empty, this.#list);
  }

  async show() {
    const { api, report } = this.#context;
    try {
      const stickers = await api.json('api/stickers');
      this.#empty.hidden = stickers.length > 0;
      this.#list.replaceChildren(...stickers.map((one) => {
        const picture = h('img', { alt: '', width: 72, height: 72 });
        api.request(`api/stickers/${encodeURIComponent(one.name)}`).then(async (answer) => { picture.src = URL.createObjectURL(await answer.blob()); }, report);
        return h('li', {}, picture, h('span', { textContent: one.name }), h('span', { className: 'soft', textContent: `${one.width} × ${one.height}, ${bytes(one.bytes)}` }),
          sureButton('Delete', `the sticker ${one.name}`, () => this.#remove(one)));
      }));
    } catch (error) {
      report(error);
    }
  }

  async #remove(one) {
    try {
      await this.#context.api.request(`api/stickers/${encodeURIComponent(one.name)}`, { method: 'DELETE' });
    } catch (error) {
      this.#context.report(error);
    }
    await this.show();
  }
}
