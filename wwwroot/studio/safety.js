import { byId } from './dom.js';
import { check, range } from './rules.js';

/** How careful the room is when the detector is behind. */
export class SafetyPanel {
  #root = byId('safety');
  #update;
  #shown = '';

  constructor(update) {
    this.#update = update;
  }

  show(policy) {
    const key = JSON.stringify([policy.strict, policy.lookAheadFrames, policy.maximumAgeMs, policy.cover]);
    if (key === this.#shown || this.#root.contains(document.activeElement)) return;
    this.#shown = key;
    const set = (name) => (value) => this.#update((draft) => { draft[name] = value; });
    this.#root.replaceChildren(
      check('Cover the whole picture', 'cover', policy.cover, set('cover')),
      check('Strict: every frame needs a detection of its own', 'strict', policy.strict, set('strict')),
      range('Look ahead', 'lookAheadFrames', policy.lookAheadFrames, 0, 5, set('lookAheadFrames'), ' frames'),
      range('Oldest mask', 'maximumAgeMs', policy.maximumAgeMs ?? 500, 50, 5000, set('maximumAgeMs'), ' ms'));
  }
}
