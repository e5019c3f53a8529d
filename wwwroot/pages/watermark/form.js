import { byId, h } from '../../ui/dom.js';

const PLACES = {
  tiled: 'Tiled', single: 'Once, in the middle', 'top-left': 'Top left', 'top-right': 'Top right', 'bottom-left': 'Bottom left', 'bottom-right': 'Bottom right',
};
const BLENDS = { normal: 'Normal', multiply: 'Darken (multiply)', screen: 'Lighten (screen)' };
const MOST_BYTES = 2 << 20;

/** The mark and how it is laid. Calls `change(settings)`, settings as `LiveFace.watermark` takes them. */
export class MarkForm {
  /** @type {File | null} */
  #mark = null;
  #change;

  constructor(change, report) {
    this.#change = change;
    byId('place').append(...options(PLACES));
    byId('blend').append(...options(BLENDS));
    byId('on').addEventListener('submit', (event) => event.preventDefault());
    byId('on').addEventListener('input', (event) => { if (event.target !== byId('mark-file')) this.#changed(); });
    byId('mark-file').addEventListener('change', () => {
      const file = byId('mark-file').files[0] ?? null;
      report(file && file.size > MOST_BYTES ? new Error('The mark has to be a picture of at most 2 MB.') : null);
      if (!file || file.size > MOST_BYTES) return;
      this.#mark = file;
      this.#changed();
    });
    byId('mark-clear').addEventListener('click', () => {
      this.#mark = null;
      byId('mark-file').value = '';
      this.#changed();
    });
    this.#show();
  }

  /** Null where there is nothing to put on. */
  get settings() {
    const text = byId('text').value.trim();
    if (!this.#mark && !text) return null;
    const what = this.#mark ? { mark: this.#mark } : { text, color: byId('color').value };
    const number = (name, scale) => byId(name).valueAsNumber / scale;
    return {
      ...what, place: byId('place').value, blend: byId('blend').value, size: number('size', 100), opacity: number('opacity', 100),
      angle: number('angle', 1), spacing: number('spacing', 100),
    };
  }

  #changed() {
    this.#show();
    this.#change(this.settings);
  }

  #show() {
    const words = { size: '%', opacity: '%', angle: '°', spacing: '%' };
    for (const [name, unit] of Object.entries(words)) byId('on').querySelector(`output[for="${name}"]`).textContent = `${byId(name).value}${unit}`;
    byId('text').disabled = !!this.#mark;
    byId('color-field').hidden = !!this.#mark;
    byId('mark-clear').hidden = !this.#mark;
    byId('spacing-field').hidden = byId('place').value !== 'tiled';
  }
}

const options = (all) => Object.entries(all).map(([value, textContent]) => h('option', { value, textContent }));
