import { byId, h } from '../../ui/dom.js';
import { check, range } from '../../ui/rules.js';

const FLOOR = 'floor';

/** How careful the room is when the detector is behind, and below what nobody else may go. */
export class SafetyPanel {
  #root = byId('safety');
  #floor = byId('floor');
  #defaults;
  #update;
  #shown = '';

  /** `setFloor(policy)` is called with the floor that was chosen before, too; null is none. */
  constructor(presets, defaults, update, setFloor) {
    this.#defaults = defaults;
    this.#update = update;
    const hiding = presets.filter(({ policy }) => !policy.nothingHidden);
    this.#floor.replaceChildren(h('option', { value: '', textContent: 'Nothing' }),
      ...hiding.map(({ id, title }) => h('option', { value: id, textContent: title })));
    const chosen = localStorage.getItem(FLOOR) ?? '';
    if (hiding.some(({ id }) => id === chosen)) this.#floor.value = chosen;
    const change = () => setFloor(this.#floor.value ? { preset: this.#floor.value } : null);
    this.#floor.addEventListener('change', () => {
      localStorage.setItem(FLOOR, this.#floor.value);
      change();
    });
    change();
  }

  show(policy) {
    const key = JSON.stringify([policy.strict, policy.lookAheadFrames, policy.maximumAgeMs, policy.smallestFace, policy.cover]);
    if (key === this.#shown || this.#root.contains(document.activeElement)) return;
    this.#shown = key;
    const { policy: usual, bounds } = this.#defaults;
    const slider = (label, name, unit) => range(label, name, policy[name] ?? usual[name], bounds[name].least, bounds[name].most, set(name), unit,
      (policy[name] ?? null) === null ? 'usual' : null);
    const set = (name) => (value) => this.#update((draft) => { draft[name] = value; });
    this.#root.replaceChildren(
      check('Cover the whole picture', 'cover', policy.cover, set('cover')),
      check('Strict: every frame needs a detection of its own', 'strict', policy.strict, set('strict')),
      slider('Look ahead', 'lookAheadFrames', ' frames'),
      // Where nothing is promised, the sliders stand at what is usual in a picture of 640 by 480.
      slider('Oldest look', 'maximumAgeMs', ' ms'),
      slider('Smallest face', 'smallestFace', ' px'));
  }
}
