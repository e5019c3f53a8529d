import { byId } from '../../ui/dom.js';

/** The picture as it came and as it becomes, one over the other, with a slider between them and a mask on top. */
export class Stage {
  #urls = { before: '', after: '', mask: '' };
  #split = 0.5;
  #compares = false;
  #masked = false;

  /** @param {Blob} picture */
  open(picture) {
    byId('drop').hidden = true;
    this.#put('before', picture);
    this.showAfter(null);
  }

  /** Shows the picture as it came, alone. */
  showBefore() {
    this.showAfter(null);
  }

  /** Shows what it becomes; with a mask, beside what it was. */
  showAfter(/** @type {Blob | null} */ after, /** @type {Blob | null} */ mask = null) {
    this.#put('after', after);
    this.#put('mask', mask);
    this.#compares = !!after && !!mask;
    byId('split-field').hidden = byId('show-mask').hidden = !this.#compares;
    this.#show();
  }

  /** What is under way, or nothing. */
  set words(text) {
    byId('over').textContent = text;
  }

  set split(part) {
    this.#split = part;
    this.#show();
  }

  set masked(on) {
    this.#masked = on;
    this.#show();
  }

  /** @param {'before' | 'after' | 'mask'} name @param {Blob | null} blob */
  #put(name, blob) {
    URL.revokeObjectURL(this.#urls[name]);
    this.#urls[name] = blob ? URL.createObjectURL(blob) : '';
    const image = byId(name);
    if (blob) image.src = this.#urls[name];
    else image.removeAttribute('src');
    image.hidden = !blob;
  }

  #show() {
    const after = byId('after');
    after.style.clipPath = this.#compares ? `inset(0 0 0 ${this.#place(after) * 100}%)` : '';
    byId('mask').hidden = !this.#compares || !this.#masked;
  }

  /** Where the slider's place in the picture lies on the stage, as a part of its width: the picture is fitted into it. */
  #place(image) {
    const { width, height } = image.getBoundingClientRect();
    const shown = image.naturalWidth ? Math.min(width, height * image.naturalWidth / image.naturalHeight) : width;
    return width ? ((width - shown) / 2 + shown * this.#split) / width : this.#split;
  }

  constructor() {
    byId('after').addEventListener('load', () => this.#show());
    addEventListener('resize', () => this.#show());
  }
}
