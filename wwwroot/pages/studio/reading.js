import { byId } from '../../ui/dom.js';
import { check } from '../../ui/rules.js';

const TRAITS = { age: 'Age, as a range', gender: 'Gender, or unsure', emotion: 'Emotion, or unsure' };

/** What is read of the faces in the picture and told with the detections: nothing, unless it is asked for here. */
export class ReadingPanel {
  #root = byId('reading');
  #update;
  #shown = '';

  constructor(update) {
    this.#update = update;
  }

  show({ read }) {
    const key = JSON.stringify(read);
    if (key === this.#shown) return;
    this.#shown = key;
    const focused = document.activeElement?.getAttribute('name');
    this.#root.replaceChildren(...Object.entries(TRAITS).map(([trait, title]) =>
      check(title, `read-${trait}`, read.includes(trait), (on) => this.#update((policy) => {
        policy.read = policy.read.filter((one) => one !== trait).concat(on ? [trait] : []);
      }))));
    if (focused) /** @type {any} */ (this.#root.querySelector(`[name="${focused}"]`))?.focus();
  }
}
